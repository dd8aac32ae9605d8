"""The reading guides on this laptop: one folder for each guide, one file for each of its versions.

A version never changes once a conversation was held with it, so a conversation names a guide and a
version and finds both again for ever.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from caseworker_app import paths
from caseworker_app.content.guide_file import Problem, build
from caseworker_app.content.toml_lines import TomlLines
from caseworker_app.domain.guide import Guide
from caseworker_app.errors import GuideInvalid, GuideMissing
from caseworker_app.i18n import N_

LARGEST = 2 * 1024 * 1024

_AT_LINE = re.compile(r"\(at line (\d+),")


def guides_folder() -> Path:
    """Where the guides lie that ship with the program."""
    return paths.resources() / "guides"


def all_guides(folder: Path | None = None) -> tuple[Guide, ...]:
    """The newest version of every guide in the folder; one with a mistake is passed over."""
    return tuple(guide for guide, _mistakes in _newest(folder) if guide)


def broken_guides(folder: Path | None = None) -> tuple[GuideInvalid, ...]:
    """What is wrong with the versions that `all_guides` would otherwise have given."""
    return tuple(mistake for _guide, mistakes in _newest(folder) for mistake in mistakes)


def guide(guide_id: str, version: int, folder: Path | None = None) -> Guide:
    """This version of this guide. GuideMissing if it is not here, GuideInvalid if it has a mistake.

    The id may come from another laptop: it is only ever looked for among the folders that are here.
    """
    for found in (folder or guides_folder()).glob(f"*/{version:d}.toml"):
        if found.parent.name == guide_id:
            return read_guide(found)
    raise GuideMissing(name=guide_id, version=version)


def read_guide(path: Path) -> Guide:
    """The guide in this file. GuideInvalid names the first mistake with its line."""
    found, problems = _read(path)
    if found is None:
        first = problems[0]
        raise GuideInvalid(name=first.file, line=first.line, reason=first.reason)
    return found


def check_file(path: Path) -> list[Problem]:
    """Everything that is wrong with this file, from the top down. Empty when it can be used."""
    return list(_read(path)[1])


def _newest(folder: Path | None) -> Iterator[tuple[Guide | None, list[GuideInvalid]]]:
    """Of every guide the newest version without a mistake, and the mistakes in newer ones."""
    versions: dict[str, list[Path]] = defaultdict(list)
    for file in (folder or guides_folder()).glob("*/*.toml"):
        if file.stem.isdecimal():
            versions[file.parent.name].append(file)
    for _name, files in sorted(versions.items()):
        sound, mistakes = None, []
        for file in sorted(files, key=lambda one: int(one.stem), reverse=True):
            try:
                sound = read_guide(file)
                break
            except GuideInvalid as mistake:
                mistakes.append(mistake)
        yield sound, mistakes


def _read(path: Path) -> tuple[Guide | None, tuple[Problem, ...]]:
    file = f"{path.resolve().parent.name}/{path.name}"
    try:
        with path.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
    except OSError:
        return None, (Problem(file, 1, N_("This file cannot be opened.")),)
    if len(raw) > LARGEST:
        return None, (Problem(file, 1, N_("This file is larger than 2 MB.")),)
    try:
        source = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, (Problem(file, line, N_("This file is not saved as UTF-8 text.")),)
    try:
        data, lines = tomllib.loads(source), TomlLines(source)
    except RecursionError:
        return None, (Problem(file, 1, N_("The brackets in this file are nested too deeply.")),)
    except ValueError as error:
        return None, (_not_toml(file, source, str(error)),)
    return build(file, data, lines, lies_in=(path.resolve().parent.name, path.stem))


def _not_toml(file: str, source: str, complaint: str) -> Problem:
    """The parser's complaint in plain words. It names a line, or it came to the end of the file."""
    found = _AT_LINE.search(complaint)
    line = int(found.group(1)) if found else source.rstrip().count("\n") + 1
    if complaint.startswith("Cannot"):
        return Problem(file, line, N_("This key or heading stands in the file a second time."))
    return Problem(
        file,
        line,
        N_("This line cannot be read. Is a quotation mark, a bracket or an equals sign missing?"),
    )
