"""The overview of one person's file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import shiboken6
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caseworker_app.domain.case_view import DomainView, EventKind
from caseworker_app.domain.people import CaseStatus, ContactWay, Relation
from caseworker_app.services import answers, cases, goals, people, talks
from tests.builders import NOW, a_case, a_talk, say
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import choose, in_a_window, press, sheet_of, shown
from ui import theme
from ui.context import App
from ui.page import Route
from ui.pages.case_page import CasePage
from ui.widgets.boxes import VoiceBox
from ui.widgets.case_head import CaseHead, age
from ui.widgets.case_life import most_changed
from ui.widgets.round_check import RoundCheck


def a_page(app: App, case, showing: Showing, width: int = 1052) -> CasePage:
    page = CasePage(app, case)
    page.refresh()
    page.resize(width, 800)
    showing(page)
    return page


def a_full_case(app: App):
    """A file with everything its page can show."""
    case = a_case(
        app.store,
        "Wim Hoekstra",
        birth_date=date(1968, 3, 1),
        place="Oosterpark",
        good_to_know="Hears less on the left\nGood with his hands",
    )
    talk = a_talk(app.store, case)
    say(app.store, talk, "I want to be needed somewhere again.", "went-well")
    answers.rate(app.store, talk, "L04", NOW, satisfaction=4)
    talks.finish(app.store, talk, NOW + timedelta(minutes=55))
    cases.add_note(app.store, case, ContactWay.CALL, "Called De Deel.", NOW, NOW)
    goal = goals.add_goal(app.store, case, "Two days a week.", "L04", NOW)
    step = goals.add_step(app.store, goal, NOW)
    goals.save_step(
        app.store,
        replace(step, what="Call the workshop", who="Wim", due=date(2026, 11, 27)),
        step,
        NOW,
    )
    talks.plan_talk(app.store, case, NOW + timedelta(days=7), "at home", NOW)
    anouk = Relation(
        id=app.store.new_id(), case=case, name="Anouk Hoekstra", role="daughter", trusted=True
    )
    people.save_relation(app.store, anouk, None, NOW)
    return case


def test_the_head_says_whose_file_it_is(app: App, showing: Showing):
    page = a_page(app, a_full_case(app), showing)
    words = shown(page.findChild(CaseHead))
    assert "Wim Hoekstra" in words
    assert "58 years old" in words
    assert "Oosterpark" in words
    assert "file 2026-" in words


def test_everything_that_is_known_stands_on_one_page(app: App, showing: Showing):
    words = shown(a_page(app, a_full_case(app), showing))
    for part in (
        "“I want to be needed somewhere again.”",
        "Hears less on the left",
        "Anouk Hoekstra",
        "daughter",
        "trusted person",
        "Call the workshop",
        "at home",
        "Conversation, 55 minutes",
        "Called De Deel.",
        "File opened",
    ):
        assert part in words


def test_the_coachs_note_never_looks_like_the_participants_words(app: App, showing: Showing):
    page = a_page(app, a_full_case(app), showing)
    said = [box.words() for box in page.findChildren(VoiceBox)]
    assert "Called De Deel." in said
    assert "“Called De Deel.”" not in said


def test_an_empty_file_says_how_to_begin(app: App, showing: Showing):
    case = a_case(app.store)
    page = a_page(app, case, showing)
    assert "No conversation yet" in shown(page)
    assert "Nothing is agreed at the moment." in shown(page)


@pytest.mark.parametrize("way", ["click", "keys"])
def test_a_conversation_begins_with_the_guide_of_the_file(
    app: App, showing: Showing, qtbot: QtBot, way: str
):
    case = a_case(app.store)
    page = a_page(app, case, showing)
    with qtbot.waitSignal(page.went) as went:
        if way == "click":
            press(qtbot, page, "Begin conversation")
        else:
            qtbot.keyClick(page, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    running = cases.view(app.store, case).running
    assert running is not None
    assert running.guide == "meedoen"
    assert went.args == [Route("talk", case, running.id)]


def test_a_running_conversation_is_gone_on_with(app: App, showing: Showing, qtbot: QtBot):
    case = a_case(app.store)
    talk = a_talk(app.store, case)
    page = a_page(app, case, showing)
    with qtbot.waitSignal(page.went) as went:
        press(qtbot, page, "Go on with the conversation")
    assert went.args == [Route("talk", case, talk.id)]
    assert len(cases.view(app.store, case).conversations) == 1


def test_a_step_is_taken_from_the_overview_and_can_be_undone(
    app: App, showing: Showing, qtbot: QtBot
):
    case = a_full_case(app)
    page = a_page(app, case, showing)
    with qtbot.waitSignal(page.told) as told:
        qtbot.mouseClick(page.findChild(RoundCheck), Qt.MouseButton.LeftButton)
    assert cases.view(app.store, case).goals[0].steps[0].done_on == date(2026, 11, 23)
    assert "step taken by" in shown(page)
    told.args[1]()
    assert cases.view(app.store, case).goals[0].steps[0].done_on is None


def test_a_note_is_added_on_a_small_sheet(app: App, showing: Showing, qtbot: QtBot):
    case = a_case(app.store)
    page = a_page(app, case, showing)
    choose(page, "Add a note")
    sheet = sheet_of(page)
    qtbot.keyClicks(sheet.focusWidget(), "He rang himself.")
    with qtbot.waitSignal(page.told) as told:
        press(qtbot, sheet, "Add note")
    events = cases.view(app.store, case).events
    assert [(e.kind, e.words) for e in events if e.words] == [
        (EventKind.CONTACT, "He rang himself.")
    ]
    told.args[1]()
    assert not any(e.words for e in cases.view(app.store, case).events)


def test_a_note_half_written_is_kept_when_the_sheet_is_closed(
    app: App, showing: Showing, qtbot: QtBot
):
    case = a_case(app.store)
    page = a_page(app, case, showing)
    choose(page, "Add a note")
    sheet = sheet_of(page)
    qtbot.keyClicks(sheet.focusWidget(), "He rang")
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Escape)
    assert [e.words for e in cases.view(app.store, case).events if e.words] == ["He rang"]


def test_an_empty_note_asks_for_words(app: App, showing: Showing, qtbot: QtBot):
    page = a_page(app, a_case(app.store), showing)
    choose(page, "Add a note")
    press(qtbot, sheet_of(page), "Add note")
    assert "What would you like to note?" in shown(sheet_of(page))


def test_a_file_is_closed_and_opened_again(app: App, showing: Showing, qtbot: QtBot):
    case = a_case(app.store)
    page = a_page(app, case, showing)
    choose(page, "Close the file")
    assert people.file(app.store, case).status is CaseStatus.CLOSED
    assert "file closed" in shown(page)
    choose(page, "Open the file again")
    assert people.file(app.store, case).status is CaseStatus.OPEN


def test_a_file_is_removed_without_a_question_and_comes_back(
    app: App, showing: Showing, qtbot: QtBot
):
    case = a_case(app.store)
    page = CasePage(app, case)
    page.refresh()
    showing(in_a_window(page))
    with qtbot.waitSignal(page.told) as told, qtbot.waitSignal(page.went) as went:
        choose(page, "Remove the file")
    assert people.lines(app.store, NOW) == []
    assert went.args == [Route("people")]
    shiboken6.delete(page)
    told.args[1]()
    assert [line.case for line in people.lines(app.store, NOW)] == [case]


@pytest.mark.parametrize(
    ("words", "page_name"),
    [
        ("Read everything", "read"),
        ("Goals and steps", "goals"),
        ("Change household and network", "person"),
    ],
)
def test_the_links_lead_on(app: App, showing: Showing, qtbot: QtBot, words: str, page_name: str):
    case = a_full_case(app)
    page = a_page(app, case, showing)
    with qtbot.waitSignal(page.went) as went:
        press(qtbot, page, words)
    assert went.args == [Route(page_name, case)]


def test_control_and_tab_goes_to_the_next_part_of_the_file(
    app: App, showing: Showing, qtbot: QtBot
):
    case = a_case(app.store)
    page = a_page(app, case, showing)
    with qtbot.waitSignal(page.went) as went:
        qtbot.keyClick(page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert went.args == [Route("talks", case)]


@pytest.mark.parametrize(
    ("today", "years"), [(date(2026, 2, 27), 25), (date(2026, 2, 28), 25), (date(2026, 3, 1), 26)]
)
def test_somebody_born_on_a_leap_day_has_a_birthday_every_year(today: date, years: int):
    assert age(date(2000, 2, 29), today) == years


def test_what_changed_most_stands_first_and_what_is_missing_last():
    views = [
        DomainView("L01", 6, 6, None),
        DomainView("L02", None, 4, None),
        DomainView("L03", 5, None, None),
        DomainView("L04", 2, 7, None),
        DomainView("L05", 7, 5, None),
    ]
    assert [view.domain for view in most_changed(views)] == ["L04", "L05", "L01", "L03", "L02"]


LOOKS = [theme.Theme("light"), theme.Theme("contrast", 1.5), theme.Theme("dark", 2.0)]


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
@pytest.mark.parametrize("width", [480, 1052])
def test_everything_can_be_reached_and_named(app: App, showing: Showing, width: int):
    page = a_page(app, a_full_case(app), showing, width)
    assert problems(page) == []


@pytest.mark.parametrize("width", [420, 620, 1052])
def test_the_page_never_needs_to_be_pushed_sideways(app: App, showing: Showing, width: int):
    page = a_page(app, a_full_case(app), showing, width)
    assert page._sheet.horizontalScrollBar().maximum() == 0


def test_a_letter_of_the_day_before_came_yesterday(app: App, showing: Showing):
    case = a_case(app.store)
    cases.add_note(
        app.store, case, ContactWay.LETTER, "Came in.", datetime(2026, 11, 22, 12, tzinfo=UTC), NOW
    )
    assert "yesterday" in shown(a_page(app, case, showing))
