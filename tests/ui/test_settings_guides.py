"""Guides in the settings: a file comes in, is looked at, and goes out again, by clicks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app import paths, settings
from caseworker_app.content import guides as shipped
from caseworker_app.content.xlsform_read import read_raw
from caseworker_app.services import guides
from caseworker_app.settings import Settings
from tests.builders import a_store
from tests.guide_texts import TINY, changed
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.program import Door
from tests.xlsforms import FORMS, workbook
from ui.dialogs import Sheet
from ui.forms.guide_report import GuideReport
from ui.guide_shelf import GuideShelf
from ui.page import Route
from ui.widgets.text import Text

BROKEN = """
| survey |
| | type | name | label |
| | text | a | A |
| | tekst | b | B |
| | select_one people | who | Who? |
"""


@pytest.fixture
def door(qtbot: QtBot, qapp: QApplication, showing: Showing) -> Iterator[Door]:
    settings.save(Settings(theme="light", less_motion=True))
    a_store(paths.store_folder()).close()
    door = Door(qtbot, qapp, paths.store_folder())
    showing(door.program)
    door.open().go(Route("settings"))
    door.press("Guides")
    yield door
    door.program.close()


def shelf(door: Door) -> GuideShelf:
    return door.window.page.findChild(GuideShelf)


def said(widget: QWidget) -> str:
    return "\n".join(text.text() for text in widget.findChildren(Text) if text.isVisible())


def choose(door: Door, file: Path) -> None:
    """Type the way to a file into the dialog that is open, and press Enter."""
    door.wait(lambda: bool(shelf(door).findChildren(QFileDialog)))
    dialog = shelf(door).findChild(QFileDialog)
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    field.setText(str(file))
    door.qtbot.keyClick(field, Qt.Key.Key_Return)
    door.wait(lambda: not door.window.app.background.busy())


def bring_in(door: Door, file: Path) -> str:
    before = shelf(door).findChildren(GuideReport)

    def is_told() -> bool:
        reports = shelf(door).findChildren(GuideReport)
        return any(one.isVisible() for one in reports if one not in before)

    door.press("Bring in a guide")
    choose(door, file)
    door.wait(is_told)
    return said(shelf(door))


def press_in_menu(door: Door, button: str, words: str) -> None:
    door.press(button)
    menu = next(menu for menu in shelf(door).findChildren(QMenu) if menu.isVisible())
    action = next(action for action in menu.actions() if action.text() == words)
    door.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def kept(door: Door) -> list[str]:
    """The guides that are offered beside those that ship."""
    ships = shipped.all_guides()
    return [one.id for one in guides.offered(door.window.app.store) if one not in ships]


def test_every_guide_that_can_be_talked_with_stands_there(door: Door):
    words = said(shelf(door))
    for guide in shipped.all_guides():
        assert guide.title.to("en") in words
        assert guide.purpose.to("en") in words
    assert words.count("Comes with the program") == len(shipped.all_guides())
    assert "Version 2 · German, Dutch, English" in words
    assert problems(door.window.page) == []


def test_what_a_talk_never_asks_unfolds(door: Door):
    guide = next(one for one in shipped.all_guides() if one.id == "meedoen")
    first = guide.never.to("en").split("\n")[0]
    assert first not in said(shelf(door))
    door.press(f"What “{guide.title.to('en')}” never asks")
    assert first in said(shelf(door))


def test_a_spreadsheet_comes_in_and_what_stays_behind_is_listed_with_its_rows(door: Door):
    words = bring_in(door, FORMS / "household_visit.xlsx")
    assert kept(door) == ["household-visit"]
    assert "“Household visit”, version 2026112301, is here." in words
    assert "7 things of the spreadsheet stay behind" in words
    assert "Sheet “survey”, row 15" in words
    assert "“where” is left out: a talk has no question of the type “geopoint”." in words
    assert words.index("Household visit\nVersion") < words.index("Comes with the program")
    assert "From your organisation" in words
    assert problems(door.window.page) == []


def test_a_text_file_comes_in(door: Door, tmp_path: Path):
    file = tmp_path / "tiny.toml"
    file.write_text(TINY, "utf-8")
    words = bring_in(door, file)
    assert kept(door) == ["tiny"]
    assert "From now on a talk can begin with it." in words


def test_mistakes_are_listed_and_nothing_is_kept(door: Door, tmp_path: Path):
    file = tmp_path / "visit.xlsx"
    file.write_bytes(workbook(BROKEN))
    words = bring_in(door, file)
    assert kept(door) == []
    assert "“visit.xlsx” cannot be taken over like this." in words
    assert "correct these 2 places" in words
    assert "Sheet “survey”, row 3\nThere is no type of question “tekst”." in words
    assert "Sheet “survey”, row 4\nThere is no list “people” in the sheet “choices”." in words
    assert problems(door.window.page) == []


def test_a_mistake_in_a_text_file_is_listed_with_its_line(door: Door, tmp_path: Path):
    file = tmp_path / "tiny.toml"
    file.write_text(changed(('kind = "choice"', 'kind = "choise"')), "utf-8")
    words = bring_in(door, file)
    assert "Line 23\nThere is no kind of question “choise”. The nearest one is “choice”." in words


def test_hundreds_of_mistakes_fill_no_page(door: Door, tmp_path: Path):
    rows = "\n".join(f"| | tekst | q{n} | Q |" for n in range(300))
    file = tmp_path / "visit.xlsx"
    file.write_bytes(workbook(f"| survey |\n| | type | name | label |\n| | text | a | A |\n{rows}"))
    words = bring_in(door, file)
    assert words.count("Sheet “survey”") == 60
    assert "and 240 more" in words


def test_another_guide_of_the_same_name_and_version_is_refused_calmly(door: Door, tmp_path: Path):
    file = tmp_path / "tiny.toml"
    file.write_text(TINY, "utf-8")
    bring_in(door, file)
    file.write_text(changed(("Wie geht es?", "Was gibt es?")), "utf-8")
    door.press("Bring in a guide")
    choose(door, file)
    door.wait(lambda: bool(shelf(door).findChildren(Sheet)))
    sheet = shelf(door).findChild(Sheet)
    assert "already another guide “tiny” with the version 1" in sheet.accessibleName()
    door.press("All right")
    assert "Reading" not in said(shelf(door))


def test_a_guide_can_be_looked_at_in_each_of_its_languages(door: Door):
    guide = next(one for one in shipped.all_guides() if one.id == "meedoen")
    door.press(f"Look at “{guide.title.to('en')}”")
    door.wait(lambda: bool(shelf(door).findChildren(Sheet)))
    sheet = shelf(door).findChild(Sheet)
    first = guide.sections[0]
    door.wait(lambda: first.questions[0].text.to("en") in said(sheet))
    assert first.title.to("en") in said(sheet)
    assert problems(sheet) == []

    languages = sheet.findChild(QComboBox)
    languages.setFocus()
    door.qtbot.keyClicks(languages, "Dutch")
    door.wait(lambda: first.questions[0].text.to("nl") in said(sheet))
    door.press("All right")
    door.wait(lambda: not shelf(door).findChildren(Sheet))


@pytest.mark.parametrize(
    ("words", "name"), [("Save as a spreadsheet", "out.xlsx"), ("Save as a text file", "out.toml")]
)
def test_a_guide_goes_out_and_would_come_in_as_the_same(
    door: Door, tmp_path: Path, words: str, name: str
):
    guide = next(one for one in shipped.all_guides() if one.id == "meedoen")
    press_in_menu(door, f"More for “{guide.title.to('en')}”", words)
    choose(door, tmp_path / name)
    door.wait((tmp_path / name).exists)
    if name.endswith(".xlsx"):
        assert read_raw(name, (tmp_path / name).read_bytes(), "en").guide == guide
    else:
        assert shipped.read_guide(tmp_path / name) == guide
