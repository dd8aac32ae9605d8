"""Files that nobody should bring in: each ends in a plain sentence, and none in a trace."""

# ruff: noqa: E501 - tables are wide

from __future__ import annotations

import io
import time
import zipfile
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from caseworker_app.content import guides
from caseworker_app.content.guide_file import build
from caseworker_app.content.guide_write import write as write_toml
from caseworker_app.content.xlsform_read import read, read_raw
from caseworker_app.content.xlsform_sheets import LARGEST, LARGEST_UNPACKED, MOST_ROWS
from caseworker_app.content.xlsform_write import write
from tests.guide_texts import TINY
from tests.xlsforms import said, workbook

SHEET = "xl/worksheets/sheet1.xml"
DAMAGED = "This file is not an Excel workbook (.xlsx), or it is damaged."
TOO_LARGE = "This file is too large for a form."
SIMPLE = "| survey |\n| | type | name | label |\n| | text | a | A |"
LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'


def saved(book: Workbook) -> bytes:
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def zipped(**members: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return raw.getvalue()


def changed_part(raw: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same workbook with something else in one of its parts."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(found, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new) if name == part else content)
    return found.getvalue()


def reason(raw: bytes) -> str:
    taken = read_raw("form.xlsx", raw, "en")
    assert taken.guide is None
    return taken.mistakes[0].reason


GOOD = workbook(SIMPLE)
NO_WORKBOOKS = {
    "nothing": b"",
    "a text": b"type,name,label\ntext,a,A\n",
    "a guide of ours": TINY.encode(),
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 400,
    "a paper": b"%PDF-1.7\n" + b"0" * 400,
    "another archive": zipped(a=b"hello"),
    "half of a workbook": GOOD[: len(GOOD) // 2],
    "the end of a workbook": GOOD[200:],
    "noise behind the signature": b"PK\x03\x04" + bytes(range(256)) * 4,
}


@pytest.mark.parametrize("name", NO_WORKBOOKS)
def test_what_is_no_workbook_is_said_to_be_none(name):
    assert reason(NO_WORKBOOKS[name]) == DAMAGED


def test_other_spreadsheets_are_told_from_each_other():
    old = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000
    assert reason(old) == "This is an old Excel file (.xls). Please save it as .xlsx."
    locked = old + "EncryptedPackage".encode("utf-16-le")
    assert reason(locked) == "This file is protected by a password. Please save it without one."
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert reason(raw.getvalue()) == "This is an OpenDocument file. Please save it as .xlsx."


def test_a_file_that_is_not_there_or_a_folder_is_said_to_be_unreadable(tmp_path):
    for path in (tmp_path / "none.xlsx", tmp_path):
        taken = read(path, "en")
        assert taken.mistakes[0].reason == "This file cannot be opened."


def test_an_archive_that_would_unpack_without_end_is_not_unpacked():
    bomb = zipped(**{"xl/workbook.xml": b"\0" * (LARGEST_UNPACKED + 1)})
    assert len(bomb) < 100_000
    begun = time.monotonic()
    assert reason(bomb) == TOO_LARGE
    assert time.monotonic() - begun < 1
    assert reason(b"PK" + b"\0" * LARGEST) == TOO_LARGE


def test_a_part_that_says_it_is_smaller_than_it_is_does_not_unpack_further():
    bomb = bytearray(zipped(**{"xl/workbook.xml": b"<a>" * 10_000_000}))
    directory = bomb.index(b"PK\x01\x02")
    bomb[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert reason(bytes(bomb)) == DAMAGED


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b"<t>A</t>", b"<t>&a10;</t>"),
        ("xl/workbook.xml", b'name="survey"', b'name="&a10;"'),
        ("[Content_Types].xml", b"<Override ", b"&a10;<Override "),
    ],
)
def test_texts_that_grow_out_of_themselves_are_refused(part, old, new):
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        content = archive.read(part)
    laughing = LAUGHS.encode() + content.replace(old, new, 1)
    begun = time.monotonic()
    taken = read_raw("form.xlsx", changed_part(GOOD, part, content, laughing), "en")
    assert time.monotonic() - begun < 2
    assert "ha" * 8 not in repr(taken)
    assert part != SHEET or taken.mistakes[0].reason == DAMAGED


def test_a_workbook_without_its_parts_is_damaged():
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"):
        assert reason(changed_part(GOOD, part, b"<", b"<<")) == DAMAGED


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("| answers |\n| | a |\n| | b |\n| more |\n| | a |\n| | b |", "There is no sheet “survey”"),
        ("| survey |\n| | type | name |\n| | text | a |", "There is no column “label”"),
        ("| survey |\n| | label | name |\n| | A | a |", "There is no column “type”"),
        (
            "| survey |\n| | type | name | label | label |\n| | text | a | A | B |",
            "stands here twice",
        ),
        ("| survey |\n| | type | name | label |", "This guide names no language."),
        (
            "| survey |\n| | type | name | label |\n| | note | a | A |",
            "This guide has no sections.",
        ),
    ],
)
def test_what_a_form_lacks_is_named(table, expected):
    assert expected in reason(workbook(table))


def form_book() -> tuple[Workbook, object]:
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    sheet.append(["type", "name", "label"])
    return book, sheet


def test_a_formula_counts_for_what_it_came_to_and_one_without_a_result_is_named():
    book, sheet = form_book()
    sheet.append(["text", "a", '="A"&"B"'])
    sheet["A3"] = ArrayFormula("A3:A4", "=A2")
    taken = read_raw("form.xlsx", saved(book), "en")
    message = "The formula in the column “{}” has no result. Write a text there instead."
    assert said(taken.mistakes) == [
        ("survey", 2, message.format("label")),
        ("survey", 3, message.format("type")),
    ]
    with_result = changed_part(saved(form_with_formula()), SHEET, b"<v></v>", b"<v>7</v>")
    assert read_raw("form.xlsx", with_result, "en").guide.question("a").text.to("en") == "7"


def form_with_formula() -> Workbook:
    book, sheet = form_book()
    sheet.append(["text", "a", '=LEN("a label")'])
    return book


def test_merged_cells_numbers_dates_and_other_sheets_do_no_harm():
    book, sheet = form_book()
    sheet.append(["text", "a", "A"])
    sheet.merge_cells("A3:C3")
    sheet["A3"] = "text"
    sheet.append(["text", 2026, 3.0])
    sheet.append(["text", "b", datetime(2026, 1, 31)])  # noqa: DTZ001 - cells know no zone
    sheet.append(["text", "c", True])
    sheet["D1"] = 17
    book.create_sheet("notes").append(["anything"])
    taken = read_raw("form.xlsx", saved(book), "en")
    assert said(taken.mistakes) == [("survey", 3, "A row needs a “type” and a “name”.")]
    sheet.unmerge_cells("A3:C3")
    sheet["A3"] = None
    asked = read_raw("form.xlsx", saved(book), "en").guide.sections[0].questions
    assert [(one.id, one.text.to("en")) for one in asked] == [
        ("a", "A"),
        ("2026", "3"),
        ("b", "2026-01-31"),
        ("c", "TRUE"),
    ]


def test_a_cell_at_the_far_end_of_the_sheet_costs_no_time():
    book, sheet = form_book()
    sheet.append(["text", "a", "A"])
    sheet["XFD1048576"] = "far"
    begun = time.monotonic()
    taken = read_raw("form.xlsx", saved(book), "en")
    assert time.monotonic() - begun < 2
    assert taken.guide.question("a")


def test_empty_rows_between_are_no_end_and_many_of_them_are():
    book, sheet = form_book()
    sheet.append(["text", "a", "A"])
    sheet.append(["text", "b", "B"])
    sheet.move_range("A3:C3", rows=30)
    sheet["A500"], sheet["B500"], sheet["C500"] = "text", "c", "C"
    asked = read_raw("form.xlsx", saved(book), "en").guide.sections[0].questions
    assert [one.id for one in asked] == ["a", "b"]


def test_too_many_rows_are_refused():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("survey")
    sheet.append(["type", "name", "label"])
    for number in range(MOST_ROWS + 5):
        sheet.append(["note", f"n{number}", "N"])
    assert reason(saved(book)) == f"This sheet has more than {MOST_ROWS} rows."


def test_two_thousand_questions_simply_work():
    rows = "\n".join(
        f"| | select_one l | q{n} | Question {n}? | {f'${{q{n - 1}}} = ' + chr(39) + 'a' + chr(39) if n else ''} |"
        for n in range(2000)
    )
    raw = workbook(
        f"| survey |\n| | type | name | label | relevant |\n{rows}\n"
        "| choices |\n| | list_name | name | label |\n| | l | a | A |\n| | l | b | B |"
    )
    begun = time.monotonic()
    taken = read_raw("form.xlsx", raw, "en")
    took = time.monotonic() - begun
    assert taken.mistakes == ()
    assert sum(len(section.questions) for section in taken.guide.sections) == 2000
    assert took < 10
    assert read_raw("form.xlsx", write(taken.guide), "en").guide == taken.guide


def test_a_megabyte_of_text_simply_works():
    rows = "\n".join(f"| | text | q{n} | {'word ' * 2000}{n} |" for n in range(100))
    taken = read_raw("form.xlsx", workbook(f"| survey |\n| | type | name | label |\n{rows}"), "en")
    assert len(taken.guide.sections[0].questions) == 100
    assert len(write_toml(taken.guide)) < guides.LARGEST


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_never_ends_in_a_trace(data):
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    taken = read_raw("form.xlsx", bytes(raw), "en")
    assert taken.guide or taken.mistakes


NAMED = """
    text integer range date note start calculate begin_group end_group begin_repeat end_repeat
    select_one|l select_multiple|l select_one|l|or_other rank|l nothing a b c yes no talk rating
    ${a}|!=|'' ${b}|>|1 selected(${c},'x') ${ ((( =1+1 start=0|end=5 start=a L04 L13
"""
WORDS = st.sampled_from([word.replace("|", " ") for word in NAMED.split()]) | st.just("")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(*[WORDS] * 8), max_size=12), st.lists(st.tuples(*[WORDS] * 3), max_size=5)
)
def test_whatever_stands_in_the_rows_ends_in_a_guide_or_in_mistakes(rows, choices):
    book, sheet = form_book()
    for number, name in enumerate(
        ("relevant", "parameters", "caseworker_kind", "caseworker_domains", "label::de (de)"),
        start=4,
    ):
        sheet.cell(1, number, name)
    for row in rows:
        sheet.append(list(row))
    lists = book.create_sheet("choices")
    lists.append(["list_name", "name", "label"])
    for row in choices:
        lists.append(["l", *row[1:]])
    for one in (sheet, lists):
        for cell in (cell for row in one.iter_rows() for cell in row if cell.value):
            cell.data_type = "s"
    taken = read_raw("form.xlsx", saved(book), "en")
    assert all(problem.reason for problem in (*taken.mistakes, *taken.notes))
    assert bool(taken.guide) is not bool(taken.mistakes)
    if taken.guide:
        assert build("again", write_toml(taken.guide))[0] == taken.guide
        assert read_raw("form.xlsx", write(taken.guide), "en").guide == taken.guide
