"""Writes a guide as a form in XLSForm, the spreadsheet convention of ODK and KoboToolbox.

`xlsform_read` reads this very guide from it. Every cell is a text: whatever a text begins with, no
spreadsheet program takes it for a formula.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from caseworker_app.content.xlsform_rows import Line, rows
from caseworker_app.content.xlsform_sheets import CHOICES, OURS, SCALES, SURVEY
from caseworker_app.domain.guide import Guide
from caseworker_app.errors import TooLongForSheet

LONGEST = 32_767
"""Characters in one cell; spreadsheet programs cut off what is more."""

_FIRST = (
    "type",
    "list_name",
    "name",
    "first",
    "last",
    "faces",
    "form_title",
    "form_id",
    "version",
    "default_language",
)
_AFTER_TEXTS = ("relevant", "appearance", "parameters", "constraint")
_FROZEN = {SURVEY: "C2", CHOICES: "C2", SCALES: "B2"}
_WIDE, _USUAL, _NARROW = 44, 22, 14
_NOT_IN_FILES = re.compile(
    "[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_LIKE_FORMULAS = ("=", "+", "-", "@", "\t")

_HEAD = PatternFill("solid", fgColor="DDE6EA")
_OUR_HEAD = PatternFill("solid", fgColor="ECE7DC")
_GROUP = PatternFill("solid", fgColor="F3F6F7")


def write(guide: Guide) -> bytes:
    """The file. TooLongForSheet where a text does not fit in a cell."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "Caseworker"
    for name, lines in rows(guide).items():
        sheet = book.create_sheet(name)
        _fill(sheet, lines)
        sheet.freeze_panes = _FROZEN.get(name, "A2")
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _fill(sheet: Worksheet, lines: Sequence[Line]) -> None:
    columns = _columns(lines)
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(1, number)
        _put(cell, column)
        cell.font = Font(bold=True)
        cell.fill = _OUR_HEAD if column.startswith(f"{OURS}_") else _HEAD
        sheet.column_dimensions[get_column_letter(number)].width = _width(column)
    for place, line in enumerate(lines, start=2):
        is_group = line.get("type") in ("begin_group", "end_group")
        for number, column in enumerate(columns, start=1):
            cell = sheet.cell(place, number)
            if column in line:
                _put(cell, line[column])
            if is_group:
                cell.fill = _GROUP


def _columns(lines: Sequence[Line]) -> list[str]:
    """The columns that are used: as in every form first, what only this program knows last."""
    used = list(dict.fromkeys(column for line in lines for column in line))

    def place(column: str) -> tuple[int, int, str]:
        if column in _FIRST:
            return (0, _FIRST.index(column), "")
        if column in _AFTER_TEXTS:
            return (2, _AFTER_TEXTS.index(column), "")
        ours = column.startswith(f"{OURS}_")
        kinds = ("label", "low", "middle", "high", "hint")
        text = column.partition("::")[0]
        return (3, 0, "") if ours else (1, kinds.index(text), "")

    return sorted(used, key=place)


def _put(cell: Cell, text: str) -> None:
    """A text, and never anything else."""
    text = _NOT_IN_FILES.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
    if len(text) > LONGEST:
        raise TooLongForSheet(sheet=cell.parent.title, row=cell.row)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.quotePrefix = text.startswith(_LIKE_FORMULAS)


def _width(column: str) -> int:
    if "::" in column or column.startswith((f"{OURS}_label", f"{OURS}_purpose", f"{OURS}_never")):
        return _WIDE
    return _USUAL if column in (*_FIRST[:3], *_AFTER_TEXTS, "form_title") else _NARROW
