"""The guides that ship with the program: one folder for each, one file for each of its versions.

A version never changes once a conversation was held with it, so a conversation names a guide and a
version and finds both again for ever.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from caseworker_app import paths
from caseworker_app.content.desk import Problem, is_id
from caseworker_app.content.guide_file import Built, build
from caseworker_app.content.toml_lines import TomlLines
from caseworker_app.domain.guide import Guide
from caseworker_app.errors import GuideInvalid, GuideMissing
from caseworker_app.i18n import N_

LARGEST = 2 * 1024 * 1024
MOST_REMEMBERED = 64


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

    The id may come from another laptop: it leads to no other place than a folder of this name.
    """
    return _guide_in(guide_path(guide_id, version, folder))


def guide_path(guide_id: str, version: int, folder: Path | None = None) -> Path:
    """Where this version of this guide lies. GuideMissing when it is not here."""
    path = (folder or guides_folder()) / guide_id / f"{version:d}.toml"
    if not (is_id(guide_id) and path.is_file()):
        raise GuideMissing(name=guide_id, version=version)
    return path


def read_guide(path: Path) -> Guide:
    """The guide in this file, wherever it lies. GuideInvalid names the first mistake."""
    return _sound(_read(path))


def read_text(name: str, text: str) -> Guide:
    """The guide in this text. GuideInvalid names the first mistake, and the text as `name`."""
    return _sound(_built(name, text))


def check_file(path: Path) -> list[Problem]:
    """Everything that is wrong with this file, from the top down. Empty when it can be used."""
    return list(_read(path)[1])


def check_folder(folder: Path) -> list[Problem]:
    """Everything that is wrong with the guides in a folder, and with where they lie in it."""
    built = [_in_place(path) for path in sorted(folder.glob("*/*.toml"))]
    return [problem for _guide, problems in built for problem in problems]


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
                sound = _guide_in(file)
                break
            except GuideInvalid as mistake:
                mistakes.append(mistake)
        yield sound, mistakes


def _guide_in(path: Path) -> Guide:
    return _sound(_in_place(path))


def _sound(built: Built) -> Guide:
    found, problems = built
    if found is None:
        first = problems[0]
        raise GuideInvalid(name=first.file, line=first.line, reason=first.reason)
    return found


def _in_place(path: Path) -> Built:
    """What is in the file; it must lie where its id and its version are looked for."""
    found, problems = _read(path)
    if found is None or (found.id, str(found.version)) == (path.parent.name, path.stem):
        return found, problems
    line = TomlLines(path.read_text("utf-8-sig")).line(("id",))
    message = N_("This file must be called “{version}.toml” and lie in a folder “{id}”.")
    fields: dict[str, str | int] = {"id": found.id, "version": found.version}
    return None, (Problem(_name(path), line, message, fields),)


def _read(path: Path) -> Built:
    try:
        about = path.stat()
    except OSError:
        return _refused(path, N_("This file cannot be opened."))
    return _unchanged(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=MOST_REMEMBERED)
def _unchanged(path: Path, _changed: int, size: int) -> Built:
    """A file is read again only when it has changed; a guide itself never does."""
    if size > LARGEST:
        return _refused(path, N_("This file is larger than 2 MB."))
    try:
        raw = path.read_bytes()
    except OSError:
        return _refused(path, N_("This file cannot be opened."))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _refused(path, N_("This file is not saved as UTF-8 text."), line)
    return build(_name(path), text)


@lru_cache(maxsize=MOST_REMEMBERED)
def _built(name: str, text: str) -> Built:
    if len(text) > LARGEST:
        return None, (Problem(name, 1, N_("This file is larger than 2 MB.")),)
    return build(name, text.removeprefix("\ufeff"))


def _refused(path: Path, message: str, line: int = 1) -> Built:
    return None, (Problem(_name(path), line, message),)


def _name(path: Path) -> str:
    return f"{path.resolve().parent.name}/{path.name}"
