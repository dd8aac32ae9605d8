"""Forms for tests, written as the tables that people who know forms show each other."""

from __future__ import annotations

import io
from pathlib import Path

from pyxform.xls2json_backends import md_table_to_workbook

from caseworker_app.content.xlsform_read import Taken, read_raw
from caseworker_app.domain.guide import Guide, Question

FORMS = Path(__file__).parent / "data" / "xlsforms"


def workbook(table: str) -> bytes:
    """The spreadsheet of a table: "| survey |", and below it the rows, each with an empty cell."""
    raw = io.BytesIO()
    md_table_to_workbook(table).save(raw)
    return raw.getvalue()


def taken(table: str, language: str = "en") -> Taken:
    return read_raw("form.xlsx", workbook(table), language)


def guide_of(table: str) -> Guide:
    """The guide of a form that has no mistake."""
    found = taken(table)
    assert found.guide is not None, [problem.reason for problem in found.mistakes]
    return found.guide


def question_of(row: str, head: str = "type | name | label", choices: str = "") -> Question:
    """The only question of a form with this row."""
    (section,) = guide_of(f"| survey |\n| | {head} |\n| | {row} |\n{choices}").sections
    (question,) = section.questions
    return question


def said(problems: tuple) -> list[tuple[str, int, str]]:
    """Sheet, row and reason of each."""
    return [(one.sheet, one.line, one.reason) for one in problems]
