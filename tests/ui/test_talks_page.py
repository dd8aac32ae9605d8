"""The conversations with one person, and reading everything that was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from caseworker_app.content import guides
from caseworker_app.domain.talk import Voice
from caseworker_app.i18n import texts
from caseworker_app.services import answers, cases, talks
from tests.builders import NOW, a_talk
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import press, shown
from ui import theme
from ui.context import App
from ui.page import Route
from ui.pages.talks_page import TalksPage

GUIDE = guides.guide("meedoen", 1)
FIRST, SECOND = GUIDE.sections[0], GUIDE.sections[1]


def said(app: App, talk, section, words: str, voice: Voice = Voice.PARTICIPANT, speaker: str = ""):
    place = (section.id, section.questions[0].id)
    return answers.add_words(app.store, talk, place, (voice, speaker, words), talk.started)


def a_held_talk(app: App, case, days_ago: int = 20, minutes: int = 55):
    began = NOW - timedelta(days=days_ago)
    talk = a_talk(app.store, case, began)
    talk = talks.save_talk(app.store, replace(talk, place="at home", present="Anouk"), talk, began)
    said(app, talk, FIRST, f"I like the market, {days_ago} days ago.")
    said(app, talk, SECOND, "He repairs bikes.", Voice.THIRD, "Anouk, daughter")
    said(app, talk, SECOND, "Talks more than in spring.", Voice.COACH)
    return talks.finish(app.store, talk, began + timedelta(minutes=minutes))


def day_of(days_ago: int) -> str:
    return texts().weekday_year((NOW - timedelta(days=days_ago)).astimezone().date())


def a_page(app: App, case, showing: Showing, width: int = 1052) -> TalksPage:
    page = TalksPage(app, case)
    page.refresh()
    page.resize(width, 800)
    showing(page)
    return page


def test_the_list_says_when_where_how_long_with_whom_and_about_what(
    app: App, case, showing: Showing
):
    a_held_talk(app, case)
    words = shown(a_page(app, case, showing))
    for part in (day_of(20), "at home", "55 minutes", "Anouk", FIRST.title.to("en")):
        assert part in words
    assert "I like the market" not in words


def test_the_newest_conversation_stands_on_top(app: App, case, showing: Showing):
    a_held_talk(app, case, days_ago=200)
    a_held_talk(app, case, days_ago=20)
    page = a_page(app, case, showing)
    assert day_of(20) in shown(page.cards[0])
    assert day_of(200) in shown(page.cards[1])


def test_a_conversation_is_opened_and_closed_where_it_stands(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_held_talk(app, case)
    page = a_page(app, case, showing)
    qtbot.mouseClick(page.cards[0].read, Qt.MouseButton.LeftButton)
    words = shown(page.cards[0])
    assert "“I like the market, 20 days ago.”" in words
    assert "“He repairs bikes.”" in words
    assert "Talks more than in spring." in words
    assert "“Talks more than in spring.”" not in words
    qtbot.mouseClick(page.cards[0].read, Qt.MouseButton.LeftButton)
    assert "I like the market" not in shown(page.cards[0])


def test_the_agreed_conversation_is_moved_to_another_day(
    app: App, case, showing: Showing, qtbot: QtBot
):
    talks.plan_talk(app.store, case, NOW + timedelta(days=3), "at home", NOW)
    page = a_page(app, case, showing)
    assert "at home" in shown(page)
    press(qtbot, page, "Change")
    assert page.next_talk is not None
    page.next_talk.day.control.selectAll()
    qtbot.keyClicks(page.next_talk.day.control, "3.12.2026")
    page.next_talk.time.setFocus()
    planned = cases.view(app.store, case).next_talk
    assert planned is not None
    assert planned.planned_for is not None
    assert planned.planned_for.astimezone().date() == date(2026, 12, 3)
    assert texts().weekday(date(2026, 12, 3)) in shown(page)


def test_only_the_last_conversation_can_be_gone_on_with(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_held_talk(app, case, days_ago=200)
    last = a_held_talk(app, case, days_ago=20)
    page = a_page(app, case, showing)
    words = "Go on with this conversation"
    buttons = [b for b in page.findChildren(QAbstractButton) if b.text() == words]
    assert len(buttons) == 1
    with qtbot.waitSignal(page.went) as went:
        press(qtbot, page, words)
    assert went.args == [Route("talk", case, last.id)]
    running = cases.view(app.store, case).running
    assert running is not None
    assert running.id == last.id


def test_without_a_conversation_the_page_says_how_to_begin(
    app: App, case, showing: Showing, qtbot: QtBot
):
    page = a_page(app, case, showing)
    assert "No conversation yet" in shown(page)
    with qtbot.waitSignal(page.went) as went:
        press(qtbot, page, "Begin conversation")
    assert went.args[0].page == "talk"


LOOKS = [
    (theme.Theme("light"), 480),
    (theme.Theme("contrast", 1.5), 700),
    (theme.Theme("dark", 2.0), 1052),
]


@pytest.mark.parametrize(("look", "width"), LOOKS, indirect=["look"], ids=["light", "150", "200"])
def test_everything_can_be_reached_and_named(
    app: App, case, showing: Showing, qtbot: QtBot, width: int
):
    a_held_talk(app, case)
    talks.plan_talk(app.store, case, NOW + timedelta(days=3), "at home", NOW)
    page = a_page(app, case, showing, width)
    press(qtbot, page, "Change")
    qtbot.mouseClick(page.cards[0].read, Qt.MouseButton.LeftButton)
    assert problems(page) == []
    assert page._sheet.horizontalScrollBar().maximum() == 0
