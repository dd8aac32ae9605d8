"""A guide as a spreadsheet: it comes in again as the same guide, and ODK reads it."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from caseworker_app.content import guides
from caseworker_app.content.guide_file import build
from caseworker_app.content.xlsform_read import read_raw
from caseworker_app.content.xlsform_write import LONGEST, write
from caseworker_app.errors import TooLongForSheet
from tests.guide_texts import changed
from tests.made_guides import whole_guides

SHIPPED = sorted(guides.guides_folder().glob("*/*.toml"))
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tiny(*changes: tuple[str, str]):
    guide, problems = build("tiny", changed(*changes))
    assert problems == ()
    return guide


def cells(raw: bytes, sheet: str) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(raw))[sheet].iter_rows(values_only=True))


def column(raw: bytes, sheet: str, name: str) -> list[object]:
    head, *rows = cells(raw, sheet)
    return [row[head.index(name)] for row in rows]


@CALM
@given(whole_guides())
def test_what_is_written_is_read_as_the_same_guide(guide):
    taken = read_raw("form.xlsx", write(guide), "de")
    assert [problem.reason for problem in taken.mistakes] == []
    assert taken.guide == guide
    assert taken.notes == ()


@CALM
@given(whole_guides())
def test_the_programs_that_work_with_forms_accept_every_guide(guide):
    form = convert(write(guide), validate=False, file_type=".xlsx")
    assert f'id="{guide.id}" version="{guide.version}"' in form.xform


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_guide_that_ships_goes_out_and_comes_in_again(file):
    guide = guides.read_guide(file)
    raw = write(guide)
    taken = read_raw("form.xlsx", raw, "nl")
    assert taken.guide == guide
    assert taken.notes == ()
    form = convert(raw, validate=False, file_type=".xlsx")
    for language in ("Deutsch (de)", "Nederlands (nl)"):
        assert f'<translation lang="{language}"' in form.xform


def test_the_columns_stand_where_people_who_know_forms_look_for_them():
    head = cells(write(tiny()), "survey")[0]
    assert head[:3] == ("type", "name", "label::Deutsch (de)")
    assert head.index("label::Nederlands (nl)") == 3
    ours = [name.startswith("caseworker_") for name in head]
    assert ours == sorted(ours), "our own columns come last"


def test_the_head_of_every_sheet_stays_in_sight():
    book = load_workbook(io.BytesIO(write(tiny())))
    assert [(sheet.title, sheet.freeze_panes) for sheet in book] == [
        ("survey", "C2"),
        ("choices", "C2"),
        ("settings", "A2"),
    ]
    survey = book["survey"]
    assert survey.column_dimensions["C"].width >= 40
    assert survey["C1"].font.bold


@pytest.mark.parametrize(
    "words",
    ["=HYPERLINK(1)", "+49 30", "-5", "@SUM(A1)", "=1+1", "\u0009=1", "'=x", "=cmd|'/C'!A0"],
)
def test_no_text_becomes_a_formula(words):
    raw = write(tiny(("Wie geht es?", words.replace("\t", "\\t"))))
    sheet = load_workbook(io.BytesIO(raw))["survey"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == words.strip()]
    assert [cell.data_type for cell in found] == ["s"]
    assert found[0].quotePrefix is words.strip().startswith(("=", "+", "-", "@"))
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    taken = read_raw("form.xlsx", raw, "de")
    assert taken.guide.question("how").text.to("de") == words.strip()


def test_ids_become_names_that_every_program_accepts_and_come_back():
    changes = (('id = "how"', 'id = "2-how-are-you"'), ('id = "first"', 'id = "place"'))
    guide = tiny(*changes)
    raw = write(guide)
    assert column(raw, "survey", "name") == ["place_2", "_2_how_are_you", "place", None]
    assert column(raw, "survey", "caseworker_id") == ["place", None, None, None]
    assert read_raw("form.xlsx", raw, "de").guide == guide


def test_a_text_that_looks_like_a_name_to_fill_in_stays_as_it_is():
    changes = (("Wie geht es?", "Was heißt ${how}?"), ("Kurz", "${kurz}"), ("Kort", "$\u2060{"))
    guide = tiny(*changes)
    raw = write(guide)
    assert convert(raw, validate=False, file_type=".xlsx").xform
    taken = read_raw("form.xlsx", raw, "de")
    assert (taken.guide, taken.notes) == (guide, ())


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut_off():
    fits = "a" * LONGEST
    assert read_raw("form.xlsx", write(tiny(("Wie geht es?", fits))), "de").guide
    with pytest.raises(TooLongForSheet) as raised:
        write(tiny(("Wie geht es?", fits + "a")))
    assert raised.value.details == {"sheet": "survey", "row": 3}
