"""Guides as files that people hand each other: text files (.toml) and spreadsheets (.xlsx)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from caseworker_app.content import guides as shipped
from caseworker_app.content.desk import Problem
from caseworker_app.content.guide_write import write as as_text
from caseworker_app.domain.guide import Guide
from caseworker_app.errors import GuideTaken
from caseworker_app.services import files, guides
from caseworker_app.store.store import Store

SPREADSHEET, TEXT = ".xlsx", ".toml"


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds: a guide and the text it is kept as, or else its mistakes.

    `notes` name what of a spreadsheet was not taken over.
    """

    guide: Guide | None
    source: str = ""
    mistakes: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def read(path: Path, language: str) -> Brought:
    """What is in this file. `language` is that of texts of which a spreadsheet does not say it."""
    if path.suffix.lower() == SPREADSHEET:
        return _of_spreadsheet(path, language)
    if mistakes := shipped.check_file(path):
        return Brought(None, mistakes=tuple(mistakes))
    return Brought(shipped.read_guide(path), path.read_text("utf-8-sig"))


def bring_in(store: Store, path: Path, language: str, now: datetime) -> Brought:
    """Keep the guide in this file beside the others. One with a mistake is not kept. GuideTaken."""
    brought = read(path, language)
    if brought.guide:
        guides.keep(store, brought.source, now, path.name)
    return brought


def is_own(guide: Guide) -> bool:
    """Whether the organisation brought this guide in; the others ship with the program."""
    return guide not in shipped.all_guides()


def take_out(store: Store, guide: Guide, path: Path) -> None:
    """Write a guide where the coach wants it, as what the file's name says."""
    if path.suffix.lower() == SPREADSHEET:
        files.write(path, as_spreadsheet(guide))
    else:
        files.write(path, guides.source(store, guide.id, guide.version).encode())


def as_spreadsheet(guide: Guide) -> bytes:
    """The guide as a form in XLSForm. TooLongForSheet."""
    from caseworker_app.content import xlsform_write  # noqa: PLC0415 - 0.2 s, for this alone

    return xlsform_write.write(guide)


def lay_down(folder: Path, brought: Brought) -> Path:
    """Write a guide where guides lie, in a folder of its name. GuideTaken by another one there."""
    guide = brought.guide
    assert guide is not None
    path = folder / guide.id / f"{guide.version}{TEXT}"
    if path.exists() and path.read_text("utf-8") != brought.source:
        raise GuideTaken(name=guide.id, version=guide.version)
    with files.writing():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(brought.source, "utf-8")
    return path


def _of_spreadsheet(path: Path, language: str) -> Brought:
    from caseworker_app.content import xlsform_read  # noqa: PLC0415 - 0.2 s, for this alone

    taken = xlsform_read.read(path, language)
    source = as_text(taken.guide) if taken.guide else ""
    return Brought(taken.guide, source, taken.mistakes, taken.notes)
