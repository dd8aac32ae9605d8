"""Turning the screen of a whole program: nothing of the coach's side is left, and a PIN leads back.

The store is full of other people, of the coach's notes, of words of others and words said alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app import i18n, paths, settings
from caseworker_app.domain.lines import PersonLine
from caseworker_app.domain.talk import Voice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.services import pins, stores, talks
from caseworker_app.services.find import PeopleIndex
from caseworker_app.settings import Settings
from tests.builders import NOW, PASSPHRASE, a_store
from tests.ui.all_words import alive, all_words
from tests.ui.conftest import Showing
from tests.ui.program import Door
from tests.ui.turned_guide import SECRETS, Room, a_room
from ui import theme
from ui.forms import pin_pad
from ui.main_window import MainWindow
from ui.page import Page, Route
from ui.pages.conversation_page import ConversationPage
from ui.pages.settings_page import SettingsPage
from ui.pages.turned_page import TurnedPage
from ui.widgets.shell_keys import EVERYWHERE, OF_PAGE
from ui.widgets.text import isolated

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PIN = "4829"
BACK = f"Back to {isolated('Miriam')}"
OF_THE_COACH = (MainWindow, ConversationPage, Talk, PersonLine, PeopleIndex)
KEYS_WITH_A_MEANING = {"F8", "Ctrl+L", "F9"}


class Turned(Door):
    """A program behind its door, and the room it is about."""

    room: Room

    @property
    def page(self) -> TurnedPage:
        assert isinstance(self.program.content, TurnedPage)
        return self.program.content

    def turn(self) -> TurnedPage:
        """Open the conversation as a coach does who came from elsewhere, and turn the screen."""
        self.window.go(Route("people"))
        self.window.go(Route("case", self.room.other))
        self.window.go(Route("case", self.room.case))
        self.window.go(Route("talk", self.room.case, self.room.conversation))
        self.wait(lambda: not self.window.app.background.busy())
        assert self.window.page is not None
        self.window.page.turned.emit(self.room.conversation)
        self.wait(lambda: isinstance(self.program.content, TurnedPage))
        QApplication.processEvents()
        return self.page

    def ask_back(self, pin: str) -> None:
        """Ask for the way back and type a number."""
        self.program.activateWindow()
        self.wait(self.program.isActiveWindow)
        if self.page.pad is None:
            self.press(BACK)
        for digit in pin:
            self.keys(Qt.Key(ord(digit)))
        self.keys(Qt.Key.Key_Return)
        self.wait(lambda: not self.program._background.busy())
        QApplication.processEvents()

    def leave(self) -> None:
        """Type the right PIN."""
        self.ask_back(PIN)
        self.wait(lambda: isinstance(self.program.content, MainWindow))


@pytest.fixture
def turned(
    qtbot: QtBot, qapp: QApplication, showing: Showing, home: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Turned]:  # fmt: skip
    """The program opened, with a PIN unless `indirect` says that there is none."""
    forget_what_was_before()
    settings.save(Settings(theme="light", less_motion=True))
    store = a_store(paths.store_folder())
    if getattr(request, "param", PIN):
        pins.set_pin(store, PIN, NOW)
    room = a_room(store)
    store.close()
    turned = Turned(qtbot, qapp, paths.store_folder())
    showing(turned.program)
    window = turned.open()
    turned.room = Room(window.app.store, room.case, room.other, room.conversation)
    del window
    yield turned
    turned.program.close()


BEFORE: list[object] = []
"""What other tests left alive; kept, so that nothing new is taken for it."""


def forget_what_was_before() -> None:
    QApplication.clipboard().clear()
    BEFORE[:] = [*QApplication.allWidgets(), *alive(Page, *OF_THE_COACH)]


def new(*kinds: type, collect: bool = True) -> list[object]:
    """What is alive of these kinds since the test began."""
    old = {id(one) for one in BEFORE}
    return [one for one in alive(*kinds, collect=collect) if id(one) not in old]


def windows() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def leaks() -> list[str]:
    words = all_words(BEFORE)
    return [secret for secret in SECRETS if secret in words]


# --- what is left of the coach's side ------------------------------------------------------------


def test_the_walk_would_find_what_stands_on_the_coachs_side(turned: Turned):
    turned.window.go(Route("talk", turned.room.case, turned.room.conversation))
    turned.wait(lambda: not turned.window.app.background.busy())
    assert {"SECRET", "Tobias", "Müller"} <= set(leaks())


def test_nothing_of_the_coachs_side_can_be_read_or_heard(turned: Turned):
    turned.turn()
    assert leaks() == []


def test_no_window_page_or_list_of_the_coachs_side_is_alive(turned: Turned):
    turned.turn()
    assert new(MainWindow, ConversationPage, collect=False) == []
    assert new(*OF_THE_COACH) == []
    assert [type(one) for one in new(Page)] == [TurnedPage]
    assert windows() == [turned.program]


def test_what_the_coach_copied_and_searched_is_gone(turned: Turned):
    turned.keys(Qt.Key.Key_K, CTRL)
    sheet = turned.window.findChild(QDialog)
    turned.wait(sheet.isActiveWindow)
    turned.qtbot.keyClicks(turned.window.findChildren(QLineEdit)[-1], "Leila")
    QGuiApplication.clipboard().setText("SECRET-COPIED")
    turned.turn()

    assert leaks() == []
    assert QGuiApplication.clipboard().text() == ""
    assert not [one for one in QApplication.allWidgets() if isinstance(one, QDialog | QMenu)]


def test_what_the_coach_was_still_typing_is_kept_and_not_shown(turned: Turned):
    turned.window.go(Route("talk", turned.room.case, turned.room.conversation))
    field = QApplication.focusWidget()
    turned.qtbot.keyClicks(field, " and SECRET-TYPED")
    turned.turn()

    assert leaks() == []
    drafts = [one.words for one in turned.room.talk.statements if one.draft]
    assert any("SECRET-TYPED" in words for words in drafts)


def test_at_every_stop_there_is_nothing_of_others(turned: Turned):
    page = turned.turn()
    seen = 0
    while True:
        assert leaks() == [], page.stop
        seen += 1
        buttons = [one for one in page.findChildren(QWidget) if one.accessibleName() == "Next"]
        if not any(one.isVisible() for one in buttons):
            break
        turned.press("Next")
    assert seen > 20


def test_the_window_names_nobody(turned: Turned):
    turned.turn()
    assert turned.program.windowTitle() == "Caseworker"


def test_the_choice_of_languages_and_the_way_back_show_nothing_of_others(turned: Turned):
    turned.turn()
    turned.press("Language: English")
    assert leaks() == []
    turned.press("Done")
    turned.press(BACK)
    assert leaks() == []
    assert all_words(BEFORE).count("Miriam") == all_words(BEFORE).count(BACK)


# --- no key leads out ----------------------------------------------------------------------------


def all_keys() -> list[str]:
    known = {keys for group in (EVERYWHERE, *OF_PAGE.values()) for keys, _words in group}
    more = {"Ctrl+S", "Ctrl+Z", "Ctrl+Y", "Esc", "Menu", "Shift+F10", "Alt+F", "Ctrl+W", "Ctrl+Q",
            "Ctrl+O", "Ctrl+N", "Ctrl+F", "Ctrl+A", "Ctrl+C", "Ctrl+X", "Ctrl+V", "F2", "F5", "F10",
            "F11", "F12", "Alt+Right", "Ctrl+Tab", "Ctrl+Shift+Tab", "Ctrl+Home", "Ctrl+End",
            "Ctrl+4", "Ctrl+5", "Back", "Forward", "Home Page", "Search", "Help"}  # fmt: skip
    return sorted((known | more) - KEYS_WITH_A_MEANING)


@pytest.mark.parametrize("on_the_pad", [False, True])
def test_no_key_of_the_program_leads_anywhere(turned: Turned, on_the_pad: bool):
    page = turned.turn()
    for keys in all_keys():
        if on_the_pad and page.pad is None:
            turned.press(BACK)
        combination = QKeySequence(keys)[0]
        target = QApplication.focusWidget() or turned.program
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()
        assert turned.program.content is page, keys
        assert QApplication.activePopupWidget() is None, keys
        assert windows() == [turned.program], keys
        assert leaks() == [], keys
    assert turned.restarts == []


def test_tab_goes_round_on_the_page_alone(turned: Turned):
    page = turned.turn()
    reached = []
    for _time in range(40):
        turned.keys(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert page.isAncestorOf(focused)
        reached.append(focused.accessibleName())
    assert {"Next", BACK, "Pause", "Language: English"} <= set(reached)


def test_the_mouse_has_no_way_back_and_no_menus(turned: Turned):
    page = turned.turn()
    for widget in [page, *page.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        for press in (Qt.MouseButton.BackButton, Qt.MouseButton.MiddleButton,
                      Qt.MouseButton.RightButton):  # fmt: skip
            QTest.mouseClick(widget, press)
        menu = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(2, 2), QPoint(2, 2))
        QApplication.sendEvent(widget, menu)
        assert QApplication.activePopupWidget() is None
        assert turned.program.content is page
    assert not [one for one in QApplication.allWidgets() if isinstance(one, QMenu)]
    assert leaks() == []


# --- the way back --------------------------------------------------------------------------------


def test_the_right_pin_leads_back_to_the_same_question(turned: Turned):
    turned.turn()
    for _stop in range(9):  # past what is asked about the day, to the third kind of question
        turned.press("Next")
    assert turned.page.stop.question == "choice"
    turned.leave()

    route = Route("talk", turned.room.case, turned.room.conversation)
    assert turned.window.route == route
    assert isinstance(turned.window.page, ConversationPage)
    assert talks.open_talk(turned.room.store, turned.room.conversation).question == "choice"
    assert not theme.current().is_turned
    assert turned.program.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert i18n.texts().language == "en"
    assert new(TurnedPage) == []
    turned.window.go_back()
    assert turned.window.route == Route("case", turned.room.case)


def test_the_language_of_the_page_is_remembered_for_the_next_time(turned: Turned):
    page = turned.turn()
    turned.press("Language: English")
    turned.press("العربية")
    assert page.layoutDirection() == Qt.LayoutDirection.RightToLeft
    turned.press("تم")
    turned.press(f"العودة إلى {isolated('Miriam')}")
    turned.leave()
    assert turned.window.layoutDirection() == Qt.LayoutDirection.LeftToRight

    turned.window.page.turned.emit(turned.room.conversation)
    turned.wait(lambda: isinstance(turned.program.content, TurnedPage))
    assert turned.page.tongue.tag == "ar"


def test_f9_asks_for_the_pin_too_and_large_keys_type_it(turned: Turned):
    turned.turn()
    turned.keys(Qt.Key.Key_F9)
    assert turned.page.pad is not None
    for digit in f"1{PIN}":
        turned.press(digit)
    for _digit in PIN:
        turned.press("Take the last digit back")
    turned.press("Take the last digit back")
    for digit in PIN:
        turned.press(digit)
    turned.press("Back to my side")

    turned.wait(lambda: isinstance(turned.program.content, MainWindow))


def test_whoever_touched_the_button_by_mistake_stays(turned: Turned):
    page = turned.turn()
    turned.press(BACK)
    turned.press("Stay here")
    assert page.pad is None
    turned.press(BACK)
    turned.keys(Qt.Key.Key_Escape)
    assert page.pad is None
    assert turned.program.content is page


def test_a_wrong_pin_waits_a_little_longer_each_time_and_five_lock(
    turned: Turned, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pin_pad, "SECOND", 150)
    page = turned.turn()
    waits = []
    for wrong in ("4820", "0000", "48291", "9284"):
        turned.ask_back(wrong)
        said = "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
        assert "That was not the right PIN." in said
        assert wrong not in all_words(BEFORE)
        waits.append(page.pad.waits)
        turned.keys(Qt.Key.Key_Escape)  # going away and coming back begins nothing anew
        turned.press(BACK)
        turned.wait(lambda: not page.pad.waits)
        assert turned.restarts == []
    turned.ask_back("5555")

    assert waits == sorted(set(waits))
    assert turned.restarts == [paths.store_folder()]
    assert not turned.program.isVisible()


def test_while_it_waits_even_the_right_pin_is_not_taken(turned: Turned):
    page = turned.turn()
    turned.ask_back("4820")
    assert page.pad.waits == 1
    for digit in PIN:
        turned.keys(Qt.Key(ord(digit)))
    turned.keys(Qt.Key.Key_Return)
    assert not turned.program._background.busy()
    assert turned.program.content is page


def test_a_forgotten_pin_locks(turned: Turned):
    turned.turn()
    turned.press(BACK)
    turned.press("PIN forgotten")
    assert turned.restarts == [paths.store_folder()]


# --- what goes on working ------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["F8", "Pause"])
def test_the_cover_hides_everything_at_once(turned: Turned, by: str):
    page = turned.turn()
    if by == "F8":
        turned.keys(Qt.Key.Key_F8)
    else:
        turned.press("Pause")
    assert not page.isVisible()
    visible = [one.text() for one in turned.program.findChildren(QLabel) if one.isVisible()]
    assert [words for words in visible if words] == [
        "Pause. Everything is covered. The Esc key shows it again."
    ]

    turned.keys(Qt.Key.Key_Escape)
    assert page.isVisible()
    assert turned.program.content is page


@pytest.mark.parametrize("way", ["Ctrl+L", "idle", "close"])
def test_what_is_typed_when_it_locks_or_closes_is_in_the_store(turned: Turned, way: str):
    turned.turn()
    turned.qtbot.keyClicks(QApplication.focusWidget(), "Nobody shall lose this.")
    if way == "Ctrl+L":
        turned.keys(Qt.Key.Key_L, CTRL)
    elif way == "idle":
        turned.program._idle.due.emit()
    else:
        assert turned.program.close()

    assert not turned.program.isVisible()
    assert turned.restarts == ([] if way == "close" else [paths.store_folder()])
    again = stores.unlock(paths.store_folder(), PASSPHRASE)
    said = talks.open_talk(again, turned.room.conversation).said("good-day")[-1]
    assert (said.words, said.voice) == ("Nobody shall lose this.", Voice.PARTICIPANT)
    again.close()


def test_larger_text_and_another_look_keep_it_turned(turned: Turned):
    page = turned.turn()
    turned.keys(Qt.Key.Key_Plus, CTRL)
    assert (theme.current().scale, theme.current().is_turned) == (1.25, True)
    turned.program._on_system_look()
    turned.program.again()
    assert turned.program.content is page
    assert theme.current().is_turned
    assert leaks() == []
    turned.leave()
    assert (theme.current().scale, theme.current().is_turned) == (1.25, False)


def test_wrong_pins_are_not_forgotten_when_everything_is_drawn_anew(
    turned: Turned, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pin_pad, "SECOND", 10)
    page = turned.turn()
    for _time in range(4):
        turned.ask_back("4820")
        turned.wait(lambda: not page.pad.waits)
    turned.program.again()
    turned.ask_back("4820")
    assert turned.restarts == [paths.store_folder()]


# --- the PIN -------------------------------------------------------------------------------------


@pytest.mark.parametrize("turned", [""], indirect=True)
def test_the_first_time_a_pin_is_chosen_and_then_the_screen_turns(turned: Turned):
    turned.window.go(Route("talk", turned.room.case, turned.room.conversation))
    turned.window.page.turned.emit(turned.room.conversation)
    turned.wait(lambda: turned.program.findChild(QDialog) is not None)
    turned.type("New PIN", "1234")
    turned.type("The same PIN once more", "1234")
    turned.press("Use this PIN")
    assert not pins.has_pin(turned.room.store)

    turned.type("New PIN", PIN)
    turned.type("The same PIN once more", "4820")
    turned.press("Use this PIN")
    assert not pins.has_pin(turned.room.store)
    turned.type("The same PIN once more", PIN)
    turned.press("Use this PIN")

    turned.wait(lambda: isinstance(turned.program.content, TurnedPage))
    assert pins.check_pin(turned.room.store, PIN)
    assert leaks() == []
    assert new(MainWindow) == []
    turned.leave()


@pytest.mark.parametrize("turned", [""], indirect=True)
def test_whoever_wants_no_pin_now_stays_on_the_coachs_side(turned: Turned):
    turned.window.go(Route("talk", turned.room.case, turned.room.conversation))
    turned.window.page.turned.emit(turned.room.conversation)
    turned.press("Not now")
    assert isinstance(turned.program.content, MainWindow)
    assert not pins.has_pin(turned.room.store)


def test_the_pin_is_changed_in_the_settings(turned: Turned):
    turned.window.go(Route("settings"))
    page = turned.window.page
    assert isinstance(page, SettingsPage)
    page.show_section("lock")
    turned.press("Choose a new PIN")
    turned.type("New PIN", "70618243")
    turned.type("The same PIN once more", "70618243")
    turned.press("Use this PIN")

    turned.wait(lambda: not turned.program._background.busy())
    assert pins.check_pin(turned.room.store, "70618243")
    assert not pins.check_pin(turned.room.store, PIN)


def test_a_key_released_late_changes_nothing(turned: Turned):
    """The key that turned the screen comes up again on the other side."""
    page = turned.turn()
    QTest.keyRelease(QApplication.focusWidget(), Qt.Key.Key_F9)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.pad is None
