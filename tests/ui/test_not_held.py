"""A visit that did not take place: noted without blame, kept as typed, with a new day at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from caseworker_app.domain.talk import Conversation, Hindrance, TalkStatus, Voice
from caseworker_app.services import cases, talks
from tests.builders import NOW, a_case
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import in_a_window, press, sheet_of, shown
from ui import theme
from ui.context import App
from ui.main_window import MainWindow
from ui.page import Route
from ui.pages.case_page import CasePage
from ui.pages.talks_page import TalksPage


class Agreed:
    """The conversations with Wim, with one agreed for a day."""

    def __init__(self, app: App, showing: Showing, qtbot: QtBot, days: int, page=TalksPage) -> None:
        self.app, self.qtbot = app, qtbot
        self.case = a_case(app.store, "Wim Hoekstra")
        talks.plan_talk(app.store, self.case, NOW + timedelta(days=days), "at home", NOW)
        self.page = page(app, self.case)
        self.told: list[tuple[str, object]] = []
        self.page.told.connect(lambda words, undo: self.told.append((words, undo)))
        self.page.refresh()
        showing(in_a_window(self.page))

    def talks(self) -> tuple[Conversation, ...]:
        return cases.view(self.app.store, self.case).conversations

    def open(self, words: str):
        press(self.qtbot, self.page, words)
        return sheet_of(self.page)


def test_each_choice_and_each_word_is_kept_as_it_comes(app, showing, qtbot):
    agreed = Agreed(app, showing, qtbot, days=3)
    sheet = agreed.open("It does not take place")
    assert "What came between" not in shown(sheet)
    press(qtbot, sheet, "\u2068Wim\u2069 called it off")
    press(qtbot, sheet, "ill")
    words = sheet.form.words.control
    words.setFocus()
    qtbot.keyClicks(words, "A cold. He is sorry.")
    qtbot.waitUntil(lambda: agreed.talks()[0].reason == "A cold. He is sorry.", timeout=2000)
    (talk,) = agreed.talks()
    assert (talk.status, talk.called_off_by) == (TalkStatus.CANCELLED, Voice.PARTICIPANT)
    assert talk.hindrance is Hindrance.ILL


def test_what_was_just_typed_is_kept_when_the_program_locks(app, showing, qtbot):
    case = a_case(app.store, "Wim Hoekstra")
    talks.plan_talk(app.store, case, NOW + timedelta(days=3), "at home", NOW)
    window = MainWindow(app, (Route("talks", case),))
    showing(window)
    press(qtbot, window, "It does not take place")
    sheet = sheet_of(window)
    press(qtbot, sheet, "I called it off")
    sheet.form.words.control.setFocus()
    qtbot.keyClicks(sheet.form.words.control, "The car broke")
    assert window.leave()  # what locking asks first
    (talk,) = cases.view(app.store, case).conversations
    assert talk.reason == "The car broke"
    assert "Called off by us · The car broke" in shown(window.page)
    window.close()


def test_nothing_has_happened_until_somebody_is_chosen(app, showing, qtbot):
    agreed = Agreed(app, showing, qtbot, days=3)
    sheet = agreed.open("It does not take place")
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert [one.status for one in agreed.talks()] == [TalkStatus.PLANNED]
    assert agreed.told == []


def test_nobody_was_there_can_only_be_said_afterwards(app, showing, qtbot):
    before = Agreed(app, showing, qtbot, days=3).open("It does not take place")
    assert "Nobody was there" not in shown_buttons(before)
    before.reject()
    after = Agreed(app, showing, qtbot, days=-1)
    sheet = after.open("It did not take place")
    press(qtbot, sheet, "Nobody was there")
    press(qtbot, sheet, "Done")
    (talk,) = after.talks()
    assert (talk.status, talk.called_off_by) == (TalkStatus.MISSED, None)
    assert "Nobody was there" in shown(after.page)


def test_a_new_day_is_agreed_on_the_same_sheet_and_one_click_takes_all_back(app, showing, qtbot):
    agreed = Agreed(app, showing, qtbot, days=-1)
    sheet = agreed.open("It did not take place")
    press(qtbot, sheet, "Nobody was there")
    fields = sheet.form.next_talk
    qtbot.keyClicks(fields.day.control, "3.12.2026")
    qtbot.keyClicks(fields.time.control, "10")
    press(qtbot, sheet, "Done")
    view = cases.view(app.store, agreed.case)
    assert view.next_talk.planned_for.astimezone().date() == date(2026, 12, 3)
    assert [one.status for one in view.conversations] == [TalkStatus.MISSED, TalkStatus.PLANNED]
    agreed.told[-1][1]()
    assert [one.status for one in agreed.talks()] == [TalkStatus.PLANNED]
    assert agreed.talks()[0].planned_for == NOW - timedelta(days=1)
    assert agreed.talks()[0].called_off_by is None


def test_the_overview_offers_it_too_and_the_timeline_tells_it_without_blame(app, showing, qtbot):
    agreed = Agreed(app, showing, qtbot, days=-1, page=CasePage)
    sheet = agreed.open("It did not take place")
    press(qtbot, sheet, "\u2068Wim\u2069 called it off")
    press(qtbot, sheet, "weather or transport")
    press(qtbot, sheet, "Done")
    words = shown(agreed.page)
    assert "The conversation did not take place" in words
    assert "called off by \u2068Wim\u2069 · weather or transport" in words


def test_a_number_that_must_not_be_kept_is_left_out_of_the_reason(app, showing, qtbot):
    agreed = Agreed(app, showing, qtbot, days=-1)
    sheet = agreed.open("It did not take place")
    press(qtbot, sheet, "Nobody was there")
    qtbot.keyClicks(sheet.form.words.control, "his BSN is 111222333")
    press(qtbot, sheet, "Done")
    assert [one.reason for one in agreed.talks()] == [""]


LOOKS = [theme.Theme("light"), theme.Theme("contrast", 1.5), theme.Theme("dark", 2.0)]


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
def test_the_sheet_can_be_used_without_eyes_and_without_a_mouse(app, showing, qtbot):
    agreed = Agreed(app, showing, qtbot, days=-1)
    sheet = agreed.open("It did not take place")
    press(qtbot, sheet, "Nobody was there")
    assert problems(sheet) == []
    assert sheet.height() <= agreed.page.window().height()


def shown_buttons(sheet) -> list[str]:
    return [made.text() for made in sheet.findChildren(QAbstractButton) if made.isVisibleTo(sheet)]
