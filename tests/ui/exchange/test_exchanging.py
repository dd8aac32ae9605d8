"""Rounds in the background of a real window, against a real central store."""

from __future__ import annotations

import gc
import socket
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from caseworker_app import paths, settings
from caseworker_app.domain.exchange import Presence, Standing
from caseworker_app.domain.people import ContactNote
from caseworker_app.domain.sharing import Role
from caseworker_app.services import goals, people
from caseworker_app.services.exchange import colleagues, leaving, sharing
from caseworker_app.services.exchange.connecting import SERVER
from caseworker_app.services.exchange.view import view
from caseworker_app.settings import Settings
from caseworker_app.store.remembered import remember
from tests.builders import NOW, PASSPHRASE, a_case, a_store
from tests.ui.conftest import Showing
from tests.ui.exchange.at_a_server import Town, connected
from tests.ui.one_file import a_program, choose, sheet_of, shown
from tests.ui.program import Door
from ui import background, dialogs, exchanging
from ui.arriving import is_at_hand
from ui.context import App
from ui.exchanging import Exchanging
from ui.main_window import MainWindow
from ui.page import Route
from ui.pages.exchange_page import ExchangePage
from ui.pages.taken_page import TakenPage
from ui.routes import is_taken
from ui.widgets.rail import PressableCard


class Desk:
    """A main window at work, and what it has."""

    def __init__(self, app: App, qtbot: QtBot, showing: Showing) -> None:
        self.app, self.qtbot = app, qtbot
        self.window = MainWindow(app)
        self.window.resize(1280, 800)
        showing(self.window)
        self.settle()

    @property
    def exchanging(self) -> Exchanging:
        return self.window._exchanging

    def settle(self) -> None:
        both = (self.app.background, self.app.background.line)
        self.qtbot.waitUntil(lambda: not any(one.busy() for one in both), timeout=20_000)
        QApplication.processEvents()

    def exchange(self) -> None:
        self.exchanging.now()
        self.settle()

    def words(self) -> str:
        return shown(self.window).replace("\u2068", "").replace("\u2069", "")

    def close(self) -> None:
        self.window.close()
        self.settle()


@pytest.fixture(autouse=True)
def home_of_settings(home: Path) -> None:
    """Settings lie in a folder of the test."""


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication, town: Town) -> Iterator[App]:
    """The program around a store that is connected and confirmed."""
    with a_program(tmp_path) as program:
        connected(town, program.store)
        yield program


@pytest.fixture
def desk(app: App, qtbot: QtBot, showing: Showing) -> Iterator[Desk]:
    made = Desk(app, qtbot, showing)
    yield made
    made.close()


def test_a_round_runs_at_the_start_and_the_rail_says_so(app, qtbot, showing):
    a_case(app.store, "Wim Hoekstra")
    desk = Desk(app, qtbot, showing)
    assert view(app.store).changes_waiting == 0
    assert "Exchanged" in desk.words()
    desk.close()


def test_after_a_save_it_is_exchanged_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.exchanging._soon.setInterval(20)
    a_case(desk.app.store, "Wim Hoekstra")
    assert view(desk.app.store).changes_waiting > 0
    desk.qtbot.waitUntil(lambda: view(desk.app.store).changes_waiting == 0, timeout=10_000)
    desk.settle()
    assert desk.exchanging.view.standing is Standing.DONE
    assert not desk.exchanging._soon.isActive()  # a round saves, too: that asks for no other


def test_a_round_does_not_keep_the_coach_waiting(desk: Desk):
    seen: list[str] = []
    desk.exchanging.ended.connect(lambda _view: seen.append("round"))
    desk.exchanging.now()
    desk.app.background.run(desk.window, lambda: None, lambda _done: seen.append("coach"))
    desk.settle()
    assert seen == ["coach", "round"]


def test_asked_for_twice_it_runs_once_more_and_not_at_the_same_time(desk: Desk):
    ended: list[Standing] = []
    desk.exchanging.ended.connect(lambda seen: ended.append(seen.standing))
    for _ in range(3):
        desk.exchanging.now()
    desk.qtbot.waitUntil(lambda: len(ended) == 2)
    desk.settle()
    assert ended == [Standing.DONE, Standing.DONE]


def test_what_a_colleague_wrote_is_in_view_without_a_click(desk: Desk, town: Town):
    tom = town.laptop("Tom Beispiel")
    case = a_case(desk.app.store, "Wim Hoekstra")
    desk.exchange()
    sharing.invite(desk.app.store, case, tom.who, Role.WRITES, NOW)
    desk.exchange()
    desk.window.go(Route("goals", case))
    desk.settle()
    tom.exchange()
    goals.add_goal(tom.store, case, "Out into the fresh air", "L04", NOW)
    tom.exchange()
    desk.exchange()
    fields = [
        one.toPlainText() for one in desk.window.findChildren(QPlainTextEdit) if one.isVisible()
    ]
    assert "Out into the fresh air" in fields or "Out into the fresh air" in desk.words()
    desk.window.go(Route("exchange"))
    desk.settle()
    assert "from Tom Beispiel" in desk.words()
    tom.store.close()


def test_whoever_types_is_not_disturbed_and_sees_it_afterwards(desk: Desk, town: Town):
    tom = town.laptop("Tom Beispiel")
    case = a_case(desk.app.store, "Wim Hoekstra")
    desk.exchange()
    sharing.invite(desk.app.store, case, tom.who, Role.WRITES, NOW)
    desk.exchange()
    desk.window.go(Route("sharing", case))
    desk.settle()
    page = desk.window.page
    refreshed: list[int] = []
    page.refresh = lambda: refreshed.append(1)
    field = QLineEdit(page)
    field.show()
    field.setFocus()
    desk.qtbot.keyClicks(field, "half a wo")
    desk.exchange()
    assert is_at_hand(page)
    assert refreshed == []
    assert field.hasFocus()
    desk.qtbot.keyClicks(field, "rd")
    assert field.text() == "half a word"
    desk.window.rail.setFocus()
    next(one for one in desk.window.rail.findChildren(QAbstractButton)).setFocus()
    desk.qtbot.waitUntil(lambda: bool(refreshed))
    tom.store.close()


def test_a_file_handed_over_leaves_with_a_word(desk: Desk, town: Town):
    tom = town.laptop("Tom Beispiel")
    case = a_case(desk.app.store, "Wim Hoekstra")
    desk.exchange()
    sharing.invite(desk.app.store, case, tom.who, Role.WRITES, NOW)
    desk.exchange()
    tom.exchange()
    desk.window.go(Route("case", case))
    desk.settle()
    sharing.hand_over(desk.app.store, case, tom.who, NOW)
    for _ in range(3):
        desk.exchange()
        tom.exchange()
        if not people.lines(desk.app.store, NOW):
            break
    assert people.lines(desk.app.store, NOW) == []
    assert desk.window.route == Route("people")
    words = desk.window._toast.words().replace("\u2068", "").replace("\u2069", "")
    assert words == "Tom Beispiel leads the file of Wim Hoekstra now. It has left this laptop."
    assert [line.name for line in people.lines(tom.store, NOW)] == ["Wim Hoekstra"]
    tom.store.close()


def test_taken_out_the_file_says_so_at_once(desk: Desk, town: Town):
    tom = town.laptop("Tom Beispiel")
    me = next(one for one in _everybody(tom) if one.name == "Miriam Falk")
    case = a_case(tom.store, "Wim Hoekstra")
    tom.exchange()
    sharing.invite(tom.store, case, me, Role.WRITES, NOW)
    tom.exchange()
    desk.exchange()
    assert [line.name for line in people.lines(desk.app.store, NOW)] == ["Wim Hoekstra"]
    (member,) = (m for m in sharing.view(desk.app.store, case).members if m.is_me)
    assert member.presence is Presence.HERE
    desk.window.go(Route("case", case))
    desk.settle()
    sharing.take_out(tom.store, case, me, NOW)
    tom.exchange()
    desk.exchange()
    assert desk.window.route == Route("people")
    assert people.lines(desk.app.store, NOW) == []
    tom.store.close()


def test_a_file_that_waits_to_leave_shows_nothing_of_itself(desk: Desk, town: Town):
    case = a_case(desk.app.store, "Wim Hoekstra")
    desk.exchange()
    leaving.lock(desk.app.store, case, NOW)
    for page in ("case", "goals", "read", "sharing"):
        desk.window.go(Route(page, case))
        desk.settle()
        assert isinstance(desk.window.page, TakenPage)
        desk.window.go_back()
    assert is_taken(desk.app, Route("talk", case))
    assert not is_taken(desk.app, Route("people"))


def test_what_is_still_being_typed_is_kept_when_a_file_begins_to_leave(desk: Desk, town: Town):
    case = a_case(desk.app.store, "Wim Hoekstra")
    desk.exchange()
    desk.window.go(Route("case", case))
    desk.settle()
    choose(desk.window.page, "Add a note")
    field = sheet_of(desk.window.page).findChild(QPlainTextEdit)
    desk.qtbot.keyClicks(field, "Called De Deel")
    leaving.lock(desk.app.store, case, NOW)
    desk.exchanging.ended.emit(desk.exchanging.view, False)
    assert isinstance(desk.window.page, TakenPage)
    with desk.app.store.reading() as reading:
        assert [note.words for note in reading.all(ContactNote, case=case)] == ["Called De Deel"]


def test_whoever_types_in_a_file_that_leaves_is_told(desk: Desk, town: Town):
    tom = town.laptop("Tom Beispiel")
    me = next(one for one in _everybody(tom) if one.name == "Miriam Falk")
    case = a_case(tom.store, "Wim Hoekstra")
    tom.exchange()
    sharing.invite(tom.store, case, me, Role.WRITES, NOW)
    tom.exchange()
    desk.exchange()
    sharing.take_out(tom.store, case, me, NOW)
    tom.exchange()
    desk.window.go(Route("person", case))
    desk.settle()
    field = desk.window.page.findChild(QLineEdit)
    field.setFocus()
    desk.qtbot.keyClicks(field, "pje")
    desk.exchange()
    assert desk.window.route == Route("people")
    (sheet,) = (one for one in desk.window.findChildren(dialogs.Sheet) if one.isVisible())
    assert "What you typed last is not kept." in shown(sheet)
    sheet.accept()
    tom.store.close()


def test_a_page_is_left_alone_when_nothing_came(desk: Desk):
    case = a_case(desk.app.store, "Wim Hoekstra")
    desk.window.go(Route("case", case))
    desk.settle()
    refreshed: list[int] = []
    desk.window.page.refresh = lambda: refreshed.append(1)
    desk.exchange()
    assert refreshed == []


def test_without_a_server_it_is_offline_and_tried_again_later_and_later(
    app: App, qtbot: QtBot, showing: Showing, monkeypatch: pytest.MonkeyPatch
):
    with app.store.changing(NOW) as changing:
        remember(changing, SERVER, "http://127.0.0.1:9")
    desk = Desk(app, qtbot, showing)
    assert desk.exchanging.view.standing is Standing.OFFLINE
    assert "No connection to the server" in desk.words()
    pauses = [desk.exchanging._next.interval()]
    for _ in range(8):
        desk.exchanging._run()
        desk.settle()
        pauses.append(desk.exchanging._next.interval())
    assert pauses == sorted(pauses)
    assert pauses[0] == exchanging.FIRST_MISS
    assert pauses[-1] == exchanging.LONGEST
    desk.exchanging._soon.setInterval(10)
    a_case(app.store, "Wim Hoekstra")
    qtbot.waitUntil(lambda: desk.exchanging.view.changes_waiting > 0)
    assert desk.exchanging.view.standing is Standing.OFFLINE  # counted, and not tried
    desk.settle()
    desk.close()


def test_the_card_of_the_rail_and_a_key_lead_to_the_page(desk: Desk):
    cards = desk.window.rail.findChildren(PressableCard)
    card = next(one for one in cards if one.accessibleName().startswith("Exchanged"))
    desk.qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert isinstance(desk.window.page, ExchangePage)
    desk.window.go_back()
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(desk.window.page, ExchangePage)


def test_signed_off_the_program_ends_and_says_what_was_handed_in(
    qtbot: QtBot, qapp: QApplication, showing: Showing, town: Town
):
    settings.save(Settings(theme="light", less_motion=True))
    folder = paths.store_folder()
    store = a_store(folder)
    connected(town, store)
    a_case(store, "Tobias Brandt")
    town.revoke(store)
    store.close()
    door = Door(qtbot, qapp, folder)
    showing(door.program)
    door.type("Passphrase", PASSPHRASE)
    qtbot.keyClick(door.line("Passphrase"), Qt.Key.Key_Return)
    door.wait(lambda: door.restarts == [folder])
    door.program.close()

    after = Door(qtbot, qapp, folder)
    showing(after.program)
    words = shown(after.program).replace("\u2068", "").replace("\u2069", "")
    assert "has signed this laptop off." in words
    assert "All keys and all files were erased here." in words
    after.press("Set this laptop up anew")
    assert after.line("Your name").isVisible()
    after.program.close()


def test_the_lock_does_not_wait_for_a_server_that_never_answers(
    qtbot: QtBot,
    qapp: QApplication,
    showing: Showing,
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(background, "PATIENCE", 0.1)
    settings.save(Settings(theme="light", less_motion=True))
    store = a_store(paths.store_folder())
    connected(town, store)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        with store.changing(NOW) as changing:
            remember(changing, SERVER, f"http://127.0.0.1:{deaf.getsockname()[1]}")
        store.close()
        door = Door(qtbot, qapp, paths.store_folder())
        showing(door.program)
        window = door.open()
        door.wait(window._exchanging.is_at_work)
        begun = monotonic()
        door.keys(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert door.restarts == [paths.store_folder()]
        assert monotonic() - begun < 5  # far less than the answer of a server is waited for
    line = window.app.background.line
    door.wait(lambda: not line.busy())
    gc.enable()  # the process would have ended by now; this one goes on with other tests


def _everybody(laptop):
    laptop.exchange()
    with laptop.store.reading() as reading:
        return colleagues.all_of_them(reading).values()
