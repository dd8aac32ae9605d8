"""The papers of one file: taken in encrypted, renamed, handed out as copies, removed and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar
from pytestqt.qtbot import QtBot

from caseworker_app import errors, i18n
from caseworker_app.domain.exchange import ExchangeView, Standing
from caseworker_app.domain.pieces import MOST_BYTES, Lying, Whereabouts
from caseworker_app.domain.plan import TextSize
from caseworker_app.services import cases, papers, plans
from tests.builders import NOW
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import choose, press, sheet_of, shown
from ui import theme
from ui.context import App
from ui.forms.paper_place import PaperPlace, place_words
from ui.forms.paper_row import size_words
from ui.forms.taking_in_row import TakingInRow
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
    assert "100 MB" in shown(page)


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
        opened.truncate(MOST_BYTES + 1)
    page = a_page(app, case, showing)
    page.add_file(file)
    qtbot.waitUntil(lambda: bool(page.findChildren(QFileDialog)) or _has_sheet(page))
    assert "This document is too large: more than 100 MB." in shown(sheet_of(page))
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


# --- on their way ---------------------------------------------------------------------------------


@pytest.fixture
def busy(app: App, qtbot: QtBot) -> Iterator[Event]:
    """The worker does something else until this is set."""
    free, owner = Event(), QObject()
    app.background.run(owner, free.wait, lambda _done: None)
    yield free
    free.set()
    qtbot.waitUntil(lambda: not app.background.busy())


def test_a_file_on_its_way_in_is_shown_and_can_be_stopped(
    app: App, case, showing: Showing, qtbot: QtBot, tmp_path: Path, busy: Event
):
    for name in ("Film.mp4", "Letter.pdf"):
        (tmp_path / name).write_bytes(LETTER)
    page = a_page(app, case, showing)
    page.add_file(tmp_path / "Film.mp4")
    page.add_file(tmp_path / "Letter.pdf")
    qtbot.waitUntil(lambda: "Letter.pdf" in shown(page))
    assert shown(page).count("Waiting") == 2
    assert problems(page) == []
    press(qtbot, page, "Stop adding Film.mp4")
    said: list[str] = []
    page.told.connect(lambda words, _undo: said.append(words))
    busy.set()
    qtbot.waitUntil(lambda: said == ["Stopped. Nothing was added.", "Paper added."])
    assert names(app, case) == ["Letter.pdf"]
    assert "Waiting" not in shown(page)


def test_how_far_a_file_is_can_be_read_and_heard():
    row = TakingInRow("Film.mp4")
    row.show_progress(26_214_400, 104_857_600)
    assert "26.2 MB of 104.9 MB encrypted and kept" in shown(row)
    bar = row.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (26_214_400, 104_857_600)
    assert bar.accessibleName() == "Adding Film.mp4"


def set_state(app: App, values: str) -> None:
    with app.store.changing(NOW) as changing:
        changing.connection.exec_driver_sql(f"UPDATE blob_state SET {values}")


def test_a_paper_that_is_not_here_can_be_fetched(
    app: App, case, showing: Showing, qtbot: QtBot, tmp_path: Path
):
    a_letter(app, case)
    set_state(app, "complete = 0, arrived = 0")
    page = a_page(app, case, showing)
    assert "not on this laptop yet" in shown(page)
    assert not page.findChild(PaperPlace)._copy.isVisible()
    page.rows[0].place._fetch.setFocus()
    with qtbot.waitSignal(page.exchange_wanted):
        press(qtbot, page, "Fetch: Letter.pdf")
    assert "fetching: 0 %" in shown(page)
    assert page.rows[0].place._stop.hasFocus()
    set_state(app, "arrived = size / 2")
    qtbot.waitUntil(lambda: "fetching: 50 %" in shown(page))
    set_state(app, "complete = 1, handed_over = 1, wanted = 0")
    qtbot.waitUntil(page.rows[0].place._copy.isVisible)
    qtbot.waitUntil(lambda: not page._watch.isActive())
    press(qtbot, page, "Save a copy")
    with qtbot.waitSignal(page.told):
        page.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "copy.pdf"))
    assert (tmp_path / "copy.pdf").read_bytes() == LETTER


def test_after_an_exchange_the_page_says_where_papers_are_now(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_letter(app, case)
    with app.store.changing(NOW) as changing:
        connected = "INSERT INTO organisation (org, handle, own) VALUES (zeroblob(16), 'office', 1)"
        changing.connection.exec_driver_sql(connected)
    page = PapersPage(app, case)
    page.hear(ExchangeView(Standing.DONE))
    page.refresh()
    showing(page)
    row = page.rows[0]
    assert "only on this laptop" in shown(page)
    set_state(app, "handed_over = 1")
    page.hear(ExchangeView(Standing.WORKING))
    assert "only on this laptop" in shown(page)
    page.hear(ExchangeView(Standing.DONE))
    assert "handed over" in shown(page)
    assert page.rows == [row]


def test_locking_does_not_wait_for_a_film(app: App, case, showing: Showing, tmp_path: Path):
    (tmp_path / "Film.mp4").write_bytes(LETTER)
    page, free = a_page(app, case, showing), Event()
    app.background.run(page, free.wait, lambda _done: None)
    page.add_file(tmp_path / "Film.mp4")
    taking = page._takings[0][1]
    assert not taking.is_over()
    free.set()
    app.background.close()
    assert taking.is_over()
    assert names(app, case) == []


def test_fetching_can_be_called_off(app: App, case, showing: Showing, qtbot: QtBot):
    a_letter(app, case)
    set_state(app, "complete = 0, arrived = 0")
    page = a_page(app, case, showing)
    press(qtbot, page, "Fetch: Letter.pdf")
    press(qtbot, page, "Do not fetch: Letter.pdf")
    assert "not on this laptop yet" in shown(page)
    qtbot.waitUntil(lambda: not page._watch.isActive())


def test_a_plan_that_is_not_here_can_be_fetched(app: App, case, showing: Showing, qtbot: QtBot):
    content = plans.draft(app.store, case, "en", TextSize.NORMAL, NOW)
    plans.freeze(app.store, case, content, NOW)
    set_state(app, "complete = 0, arrived = 0")
    page = a_page(app, case, showing)
    press(qtbot, page, "Fetch: Plan, version 1")
    assert "fetching: 0 %" in shown(page)


W = Whereabouts


@pytest.mark.parametrize(
    ("lying", "connected", "words"),
    [
        (Lying(W.ONLY_HERE), False, ""),
        (Lying(W.ONLY_HERE), True, "only on this laptop"),
        (Lying(W.ONLY_HERE, 300, 1000), True, "handing over: 30 %"),
        (Lying(W.HANDED_OVER, 10, 10), True, "handed over"),
        (Lying(W.HANDED_OVER, 10, 10), False, ""),
        (Lying(W.AWAY), True, "not on this laptop yet"),
        (Lying(W.AWAY, 300, 1000), False, "not on this laptop yet"),
        (Lying(W.COMING, 999, 1000), True, "fetching: 99 %"),
    ],
)
def test_where_a_paper_is_is_said_in_words(lying: Lying, connected: bool, words: str):
    assert place_words(lying, is_connected=connected) == words


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
