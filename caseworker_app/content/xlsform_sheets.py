"""The sheets of a form in a spreadsheet: rows of texts under the names of their columns.

What comes in is somebody else's file. Whatever is wrong with it as a file is said here, in plain
words; what its rows mean is not asked yet.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from openpyxl import load_workbook
from pyxform import aliases
from pyxform.parsing.sheet_headers import process_header

from caseworker_app.content.desk import Problem
from caseworker_app.i18n import N_

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_EMPTY = 60
"""After so many empty rows nothing more is expected; spreadsheet programs format whole columns."""

SURVEY, CHOICES, SETTINGS, SCALES = "survey", "choices", "settings", "scales"
OURS = "caseworker"
"""What the names of the columns begin with that only this program knows."""

Header = tuple[str, ...]
Cells = list[list[str]]
Place = tuple[int, int]

_ALIASES: Mapping[str, Mapping[str, Any]] = {
    SURVEY: aliases.survey_header,
    CHOICES: aliases.list_header,
    SETTINGS: aliases.settings_header,
    SCALES: {},
}
_TEXTS = ("label", "hint", "guidance_hint", "low", "middle", "high")
_OTHERS = ("version", "default_language", "first", "last", "faces")
_COLUMNS = frozenset(
    (*_TEXTS, "type", "name", "parameters", "default", "choice_filter", "disabled", *_OTHERS)
)
_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_ESCAPED = re.compile("_x((?!D[89A-F])[0-9A-F]{4})_", re.IGNORECASE)
"""How spreadsheet programs write what their files cannot hold, such as a carriage return."""

_NO_WORKBOOK = N_("This file is not an Excel workbook (.xlsx), or it is damaged.")
_TOO_LARGE = N_("This file is too large for a form.")


class Unreadable(Exception):
    """This file cannot be read, or not as it is meant; `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(len(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Row:
    """One row, by the number a spreadsheet program shows. Empty cells are not in `cells`."""

    number: int
    cells: Mapping[Header, str]

    def get(self, *header: str) -> str:
        """What stands in this column; nothing when it is empty or not there."""
        return self.cells.get(header, "")

    def ours(self, name: str) -> str:
        """What stands in a column that only this program knows."""
        return self.get(OURS, name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its columns, and those of its rows that hold anything."""

    name: str
    headers: tuple[Header, ...] = ()
    rows: tuple[Row, ...] = ()


def read_sheets(file: str, raw: bytes) -> dict[str, Sheet]:
    """The sheets a form is made of, those that are there. Unreadable names every mistake."""
    if refused := _refused(raw):
        raise Unreadable(Problem(file, 1, refused))
    try:
        tables = _tables(raw)
    except Exception as error:  # whatever a damaged file makes the library stumble over
        raise Unreadable(Problem(file, 1, _NO_WORKBOOK)) from error
    problems: list[Problem] = []
    sheets = {name: _sheet(file, name, *table, problems) for name, table in tables.items()}
    if problems:
        raise Unreadable(*problems)
    return sheets


def _refused(raw: bytes) -> str:
    """Why these bytes are not even handed to the library. Empty when they are."""
    if len(raw) > LARGEST:
        return _TOO_LARGE
    if raw.startswith(_OLD_EXCEL):
        if _PROTECTED in raw:
            return N_("This file is protected by a password. Please save it without one.")
        return N_("This is an old Excel file (.xls). Please save it as .xlsx.")
    if _OPEN_DOCUMENT in raw[:200]:
        return N_("This is an OpenDocument file. Please save it as .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return _NO_WORKBOOK
    return _TOO_LARGE if unpacked > LARGEST_UNPACKED else ""


def _tables(raw: bytes) -> dict[str, tuple[Cells, list[Place]]]:
    """The texts of each sheet, and where a formula stands that never came to anything."""
    tables = {}
    results: dict[str, Cells] = {}
    for name, (cells, formulas) in _read(raw, results=False).items():
        if formulas and not results:
            results = {name: found for name, (found, _none) in _read(raw, results=True).items()}
        lacking = []
        for row, column in formulas:
            cells[row][column] = _at(results[name], row, column)
            if not cells[row][column]:
                lacking.append((row, column))
        tables[name] = cells, lacking
    return tables


def _at(cells: Cells, row: int, column: int) -> str:
    return cells[row][column] if row < len(cells) and column < len(cells[row]) else ""


def _read(raw: bytes, *, results: bool) -> dict[str, tuple[Cells, list[Place]]]:
    """The texts of each sheet and where its formulas stand; with `results` what they came to."""
    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=results)
    try:
        names = {name.strip().lower(): name for name in book.sheetnames}
        if len(names) == 1:
            names = dict.fromkeys((SURVEY,), *names.values())
        return {
            name: _cells(book[names[name]].iter_rows(max_col=MOST_COLUMNS))
            for name in _ALIASES
            if name in names
        }
    finally:
        book.close()


def _cells(rows: Iterable[tuple[Any, ...]]) -> tuple[Cells, list[Place]]:
    """The texts up to the last row that holds any, and where the formulas stand."""
    found: Cells = []
    formulas = []
    empty = 0
    for number, row in enumerate(rows):
        found.append(["" if cell.data_type in "fe" else _text(cell.value) for cell in row])
        here = [(number, column) for column, cell in enumerate(row) if cell.data_type in "fe"]
        formulas += here
        empty = 0 if here or any(found[-1]) else empty + 1
        if empty > MOST_EMPTY or number > MOST_ROWS:
            break
    return found, formulas


def _text(value: object) -> str:
    """What a spreadsheet program shows in a cell, as far as it matters here."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), str(value).strip())


def _sheet(
    file: str, name: str, cells: Cells, lacking: list[Place], problems: list[Problem]
) -> Sheet:
    headers = _headers(name, cells[0] if cells else [])
    for column, header in enumerate(headers):
        if header and header in headers[:column]:
            message = N_("The column “{column}” stands here twice.")
            problems.append(Problem(file, 1, message, {"column": cells[0][column]}, name))
    for row, column in lacking:
        message = N_(
            "The formula in the column “{column}” has no result. Write a text there instead."
        )
        problems.append(Problem(file, row + 1, message, {"column": _at(cells, 0, column)}, name))
    if len(cells) > MOST_ROWS:
        message = N_("This sheet has more than {most} rows.")
        problems.append(Problem(file, MOST_ROWS, message, {"most": MOST_ROWS}, name))
    rows = (
        Row(number, {header: text for header, text in zip(headers, row, strict=False) if text})
        for number, row in enumerate(cells[1:], start=2)
    )
    used = tuple(header for header in headers if header)
    return Sheet(name, used, tuple(row for row in rows if row.cells))


def _headers(sheet: str, names: list[str]) -> list[Header]:
    """The columns as they are meant: "Relevance" is ("bind", "relevant"), "" is none."""
    doubled = any("::" in name for name in names)
    return [_header(sheet, name, doubled=doubled) for name in names]


def _header(sheet: str, name: str, *, doubled: bool) -> Header:
    ours = name.replace("::", "_").removeprefix(f"{OURS}_")
    if ours != name.replace("::", "_"):
        return (OURS, ours)
    if not name:
        return ()
    _same, tokens = process_header(name, doubled, _ALIASES[sheet], _COLUMNS)
    return tuple(tokens)
