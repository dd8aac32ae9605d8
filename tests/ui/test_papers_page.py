"""The papers of one file: taken in encrypted, renamed, handed out as copies, removed and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from caseworker_app import errors, i18n
from caseworker_app.domain.plan import TextSize
from caseworker_app.services import cases, papers, plans
from tests.builders import NOW
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import choose, press, sheet_of, shown
from ui import theme
from ui.context import App
from ui.forms.paper_row import size_words
from ui.pages.papers_page import PapersPage

LETTER = b"%PDF-1.7 a letter"


def a_page(app: App, case, showing: Showing, width: int = 1052) -> PapersPage:
    page = PapersPage(app, case)
    page.refresh()
    page.resize(width, 800)
    showing(page)
    return page


def a_letter(app: App, case, name: str = "Letter.pdf"):
    with app.store.changing(NOW) as changing:
        return papers.put(changing, case, name, "application/pdf", LETTER, NOW)


def names(app: App, case) -> list[str]:
    return [one.name for one in cases.view(app.store, case).documents]


def test_without_papers_the_page_says_what_belongs_here(
    app: App, case, showing: Showing, qtbot: QtBot
):
    page = a_page(app, case, showing)
    assert "No papers added yet" in shown(page)
    assert "20 MB" in shown(page)


def test_a_file_is_chosen_and_taken_in(
    app: App, case, showing: Showing, qtbot: QtBot, tmp_path: Path
):
    file = tmp_path / "Certificate.pdf"
    file.write_bytes(LETTER)
    page = a_page(app, case, showing)
    press(qtbot, page, "Add a file")
    with qtbot.waitSignal(page.told) as told:
        page.findChild(QFileDialog).fileSelected.emit(str(file))
    document = cases.view(app.store, case).documents[0]
    assert (document.name, document.media_type) == ("Certificate.pdf", "application/pdf")
    assert papers.content(app.store, document) == LETTER
    assert page.rows[0].name.words() == "Certificate.pdf"
    told.args[1]()
    assert names(app, case) == []


def test_a_file_can_be_dropped_on_the_page(
    app: App, case, showing: Showing, qtbot: QtBot, tmp_path: Path
):
    file = tmp_path / "Photo.jpg"
    file.write_bytes(b"jpeg")
    page = a_page(app, case, showing)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(page.told):
        page.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, button, keys))
    assert names(app, case) == ["Photo.jpg"]


def test_a_file_that_is_too_large_is_refused_calmly(
    app: App, case, showing: Showing, qtbot: QtBot, tmp_path: Path
):
    file = tmp_path / "Film.mp4"
    with file.open("wb") as opened:
        opened.truncate(papers.MOST_MEGABYTES * 1_000_000 + 1)
    page = a_page(app, case, showing)
    page.add_file(file)
    qtbot.waitUntil(lambda: bool(page.findChildren(QFileDialog)) or _has_sheet(page))
    assert "This document is too large: more than 20 MB." in shown(sheet_of(page))
    assert names(app, case) == []


def _has_sheet(page: PapersPage) -> bool:
    try:
        return bool(sheet_of(page))
    except IndexError:
        return False


def test_a_paper_is_renamed_where_it_stands(app: App, case, showing: Showing, qtbot: QtBot):
    a_letter(app, case)
    page = a_page(app, case, showing)
    choose(page, "Rename")
    row = page.rows[0]
    assert row.name.hasFocus()
    qtbot.keyClicks(row.name, "Letter of the town hall.pdf")
    qtbot.waitUntil(lambda: names(app, case) == ["Letter of the town hall.pdf"])


def test_an_emptied_name_is_the_name_it_had(app: App, case, showing: Showing, qtbot: QtBot):
    a_letter(app, case)
    page = a_page(app, case, showing)
    row = page.rows[0]
    row.name.setFocus()
    row.name.selectAll()
    qtbot.keyClick(row.name, Qt.Key.Key_Delete)
    qtbot.keyClick(row.name, Qt.Key.Key_Return)
    assert row.name.words() == "Letter.pdf"
    assert names(app, case) == ["Letter.pdf"]


def test_a_copy_goes_where_the_coach_wants_it(
    app: App, case, showing: Showing, qtbot: QtBot, tmp_path: Path
):
    a_letter(app, case)
    page = a_page(app, case, showing)
    press(qtbot, page, "Save a copy")
    target = tmp_path / "for the court.pdf"
    with qtbot.waitSignal(page.told) as told:
        page.findChild(QFileDialog).fileSelected.emit(str(target))
    assert target.read_bytes() == LETTER
    assert told.args == ["Copy saved. This copy is not encrypted.", None]


def test_a_copy_that_cannot_be_written_is_told(app: App, case, tmp_path: Path):
    document = a_letter(app, case)
    with pytest.raises(errors.CaseworkerError):
        papers.save_copy(app.store, document, tmp_path / "no such folder" / "copy.pdf")


def test_a_removed_paper_comes_back(app: App, case, showing: Showing, qtbot: QtBot):
    a_letter(app, case)
    page = a_page(app, case, showing)
    with qtbot.waitSignal(page.told) as told:
        choose(page, "Remove")
    assert names(app, case) == []
    assert "No papers added yet" in shown(page)
    told.args[1]()
    assert names(app, case) == ["Letter.pdf"]
    assert page.rows[0].seen.sha256


def test_a_plan_that_was_handed_over_can_be_copied_but_not_removed(
    app: App, case, showing: Showing, qtbot: QtBot, tmp_path: Path
):
    content = plans.draft(app.store, case, "en", TextSize.NORMAL, NOW)
    version = plans.freeze(app.store, case, content, NOW)
    page = a_page(app, case, showing)
    assert "Plan, version 1" in shown(page)
    assert page.rows == []
    press(qtbot, page, "Save a copy: Plan, version 1")
    target = tmp_path / "plan.pdf"
    with qtbot.waitSignal(page.told):
        page.findChild(QFileDialog).fileSelected.emit(str(target))
    assert target.read_bytes() == plans.version_pdf(app.store, version)


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (240_400, "240 KB"), (2_400_000, "2.4 MB")]
)
def test_sizes_are_said_as_people_say_them(size: int, words: str):
    i18n.use("en")
    assert size_words(size) == words


LOOKS = [
    (theme.Theme("light"), 480),
    (theme.Theme("contrast", 1.5), 700),
    (theme.Theme("dark", 2.0), 1052),
]


@pytest.mark.parametrize(("look", "width"), LOOKS, indirect=["look"], ids=["light", "150", "200"])
def test_everything_can_be_reached_and_named(app: App, case, showing: Showing, width: int):
    a_letter(app, case, "A photo of the certificate with quite a long name from the phone.jpg")
    page = a_page(app, case, showing, width)
    assert problems(page) == []
    assert page._sheet.horizontalScrollBar().maximum() == 0
