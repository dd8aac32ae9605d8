"""The day: visits, promises, what waits to be written up, whom to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.domain.goals import Step
from caseworker_app.domain.talk import TalkStatus, Voice
from caseworker_app.services import cases, goals, talks, writing_up
from tests.builders import NOW, a_case, a_talk, say
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import choose, press, sheet_of, shown
from ui import theme
from ui.context import App
from ui.page import Route
from ui.pages.today_page import TodayPage
from ui.widgets.boxes import EmptyState
from ui.widgets.today_side import TodaySide
from ui.widgets.today_visits import DayLine, GoOnCard, VisitCard
from ui.widgets.today_words import greeting

LOOKS = [theme.Theme("light"), theme.Theme("contrast", 1.5), theme.Theme("dark", 2.0)]
TODAY = NOW.astimezone().date()


class Visit:
    """The page as the coach has it in front of them, and where it wanted to go."""

    def __init__(self, app: App, showing: Showing, qtbot: QtBot, width: int = 1280) -> None:
        self.qtbot, self.app = qtbot, app
        self.page = TodayPage(app)
        self.page.resize(width, 900)
        self.went: list[Route] = []
        self.told: list[tuple[str, object]] = []
        self.page.went.connect(self.went.append)
        self.page.told.connect(lambda words, undo: self.told.append((words, undo)))
        self.page.refresh()
        showing(self.page)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.app.background.busy())
        QApplication.processEvents()

    def press(self, words: str, inside: QWidget | None = None) -> None:
        press(self.qtbot, inside or self.page, words)
        self.settle()

    def names(self) -> list[str]:
        return [b.accessibleName() for b in self.page.findChildren(QAbstractButton)]


def a_visit(app: App, name: str, at: datetime, where: str = "", **more):
    case = a_case(app.store, name, **more)
    talks.plan_talk(app.store, case, at, where, NOW)
    return case


def a_promise(app: App, case, what: str, due: date | None, who: str = "Miriam Falk") -> Step:
    goal = goals.add_goal(app.store, case, "Needed somewhere", "L04", NOW)
    step = goals.add_step(app.store, goal, NOW)
    return goals.save_step(app.store, replace(step, what=what, due=due, who=who), step, NOW)


def wim(app: App):
    case = a_visit(
        app,
        "Wim Hoekstra",
        NOW + timedelta(minutes=40),
        "at home",
        street="Bloemstraat 14",
        postcode="1013",
        place="Oosterpark",
        good_to_know="Hears less on the left\nGood with his hands",
    )
    talk = a_talk(app.store, case, NOW - timedelta(days=200))
    say(app.store, talk, "I want to be needed.", now=NOW - timedelta(days=200))
    talks.finish(app.store, talk, NOW - timedelta(days=200))
    return case


def test_the_next_visit_is_open_with_what_to_know_before_ringing(app, showing, qtbot):
    wim(app)
    visit = Visit(app, showing, qtbot)
    words = shown(visit.page.findChild(VisitCard))
    assert "Wim Hoekstra" in words
    assert "in 40 minutes" in words
    assert "Conversation · at home" in words
    assert "Bloemstraat 14, 1013 Oosterpark" in words
    assert "Hears less on the left" in words
    assert "Good with his hands" not in words
    assert "“I want to be needed.”" in words


def test_later_visits_stand_below_it_in_their_order_and_open_the_file(app, showing, qtbot):
    later = a_visit(app, "Jeroen Bakker", NOW + timedelta(hours=6))
    soon = a_visit(app, "Samira El Idrissi", NOW + timedelta(minutes=50))
    a_visit(app, "Tomorrow Person", NOW + timedelta(days=1))
    visit = Visit(app, showing, qtbot)
    cards = visit.page.findChildren(VisitCard)
    assert len(cards) == 1
    assert "Samira El Idrissi" in shown(cards[0])
    assert "First conversation" in shown(cards[0])
    assert "Tomorrow Person" not in shown(visit.page)
    at = (NOW + timedelta(hours=6)).astimezone().strftime("%H:%M")
    visit.press(f"Jeroen Bakker, {at}")
    visit.press("Prepare")
    assert visit.went == [Route("case", later), Route("prepare", soon)]


def test_a_visit_long_past_gives_way_to_the_one_to_come(app, showing, qtbot):
    a_visit(app, "Samira El Idrissi", NOW - timedelta(hours=3))
    a_visit(app, "Jeroen Bakker", NOW + timedelta(hours=2))
    visit = Visit(app, showing, qtbot)
    assert "Jeroen Bakker" in shown(visit.page.findChild(VisitCard))


def test_the_conversation_begins_from_the_card(app, showing, qtbot):
    case = wim(app)
    visit = Visit(app, showing, qtbot)
    visit.press("Begin conversation")
    went = visit.went[-1]
    assert (went.page, went.case) == ("talk", case)
    assert talks.open_talk(app.store, went.value).person.name == "Wim Hoekstra"


def test_a_promise_is_ticked_done_and_undone(app, showing, qtbot):
    case = wim(app)
    step = a_promise(app, case, "Call the workshop", TODAY)
    a_promise(app, case, "In a month", TODAY + timedelta(days=30))
    a_promise(app, case, "Not mine", TODAY, who="Wim")
    visit = Visit(app, showing, qtbot)
    side = visit.page.findChild(TodaySide)
    assert "Promised this week" in shown(side)
    assert "for \u2068Wim Hoekstra\u2069 · today" in shown(side)
    assert "In a month" not in shown(side)
    assert "Not mine" not in shown(side)
    visit.press("Call the workshop", side)
    assert goals.cards(app.store, case)[0].steps[0].done_on == TODAY
    assert "Call the workshop" not in shown(side)
    words, undo = visit.told[-1]
    assert words == "Step taken."
    undo()
    visit.settle()
    assert goals.cards(app.store, case)[0].steps[0].done_on is None
    assert step.what in shown(side)


def test_a_step_on_the_card_is_ticked_off_again(app, showing, qtbot):
    case = wim(app)
    step = a_promise(app, case, "One coffee at De Deel", TODAY - timedelta(days=3), who="Wim")
    goals.set_done(app.store, step, TODAY - timedelta(days=2), NOW)
    visit = Visit(app, showing, qtbot)
    visit.press("One coffee at De Deel", visit.page.findChild(VisitCard))
    assert goals.cards(app.store, case)[0].steps[0].done_on is None
    visit.told[-1][1]()
    assert goals.cards(app.store, case)[0].steps[0].done_on == TODAY - timedelta(days=2)


def test_a_promise_leads_to_the_goals_of_its_person(app, showing, qtbot):
    case = wim(app)
    a_promise(app, case, "Call the workshop", TODAY)
    visit = Visit(app, showing, qtbot)
    name = next(one for one in visit.names() if one.startswith("Call the workshop. "))
    visit.press(name)
    assert visit.went == [Route("goals", case)]


def test_an_unfinished_conversation_waits_to_be_written_up(app, showing, qtbot):
    case = a_case(app.store, "Gerda van der Velde")
    talk = a_talk(app.store, case, NOW - timedelta(days=1))
    visit = Visit(app, showing, qtbot)
    assert "Still to write up" in shown(visit.page)
    name = next(one for one in visit.names() if one.startswith("Gerda van der Velde, begun yest"))
    assert name.endswith("2 things still open")
    visit.press(name)
    assert visit.went == [Route("writeup", case, talk.id)]


def test_a_conversation_held_lately_waits_until_nothing_is_open(app, showing, qtbot):
    case = a_case(app.store, "Gerda van der Velde")
    talk = a_talk(app.store, case, NOW - timedelta(days=3))
    talks.finish(app.store, talk, NOW - timedelta(days=3))
    visit = Visit(app, showing, qtbot)
    assert "Still to write up" in shown(visit.page)
    for point in writing_up.write_up(app.store, talk.id).points:
        writing_up.leave(app.store, talk, point, NOW)
    visit.page.refresh()
    visit.settle()
    assert "Still to write up" not in shown(visit.page)


def test_what_was_held_three_weeks_ago_is_not_named_any_more(app, showing, qtbot):
    talk = a_talk(app.store, a_case(app.store, "Gerda van der Velde"), NOW - timedelta(days=21))
    talks.finish(app.store, talk, NOW - timedelta(days=21))
    assert "Still to write up" not in shown(Visit(app, showing, qtbot).page)


def test_what_was_begun_is_gone_on_with_before_the_next_visit(app, showing, qtbot):
    wim(app)
    case = a_case(app.store, "Gerda van der Velde")
    talk = a_talk(app.store, case, NOW - timedelta(days=7))
    visit = Visit(app, showing, qtbot)
    card = visit.page.findChild(GoOnCard)
    assert "Gerda van der Velde" in shown(card)
    assert "Conversation begun November 16" in shown(card)
    both = (card, visit.page.findChild(VisitCard))
    tops = [one.mapTo(visit.page, QPoint(0, 0)).y() for one in both]
    assert tops == sorted(tops)
    primary = [
        b.text() for b in visit.page.findChildren(QAbstractButton)
        if b.property("kind") == "primary" and b.isVisible()
    ]  # fmt: skip
    assert primary == ["Go on with the conversation"]
    visit.press("Go on with the conversation")
    assert visit.went == [Route("talk", case, talk.id)]


def test_a_visit_that_does_not_take_place_is_noted_from_its_card(app, showing, qtbot):
    case = wim(app)
    visit = Visit(app, showing, qtbot)
    choose(visit.page, "It does not take place")
    sheet = sheet_of(visit.page)
    press(qtbot, sheet, "I called it off")
    press(qtbot, sheet, "Done")
    visit.settle()
    assert "No visits today." in shown(visit.page)
    talks_so_far = cases.view(app.store, case).conversations
    cancelled = next(one for one in talks_so_far if one.planned_for)
    assert (cancelled.status, cancelled.called_off_by) == (TalkStatus.CANCELLED, Voice.COACH)
    visit.told[-1][1]()
    visit.settle()
    assert "Wim Hoekstra" in shown(visit.page.findChild(VisitCard))


def test_the_file_opens_from_the_card(app, showing, qtbot):
    case = wim(app)
    visit = Visit(app, showing, qtbot)
    choose(visit.page, "Open file")
    assert visit.went == [Route("case", case)]


def test_whoever_was_not_spoken_with_for_a_year_is_named(app, showing, qtbot):
    case = a_case(app.store, "Jeroen Bakker")
    talk = a_talk(app.store, case, NOW - timedelta(days=400))
    talks.finish(app.store, talk, NOW - timedelta(days=400))
    visit = Visit(app, showing, qtbot)
    assert "13 months without a talk" in shown(visit.page.findChild(TodaySide))
    visit.press("Jeroen Bakker, 13 months without a talk")
    assert visit.went == [Route("case", case)]


def test_the_first_day_proposes_the_first_person(app, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    assert "No visits today." not in shown(visit.page)
    visit.press("Add a person")
    assert visit.went == [Route("person")]


def test_a_day_without_visits_proposes_a_call(app, showing, qtbot):
    a_case(app.store, "Wim Hoekstra")
    visit = Visit(app, showing, qtbot)
    assert "No visits today." in shown(visit.page)
    assert not visit.page.findChild(DayLine).isVisible()
    visit.press("Choose somebody", visit.page.findChild(EmptyState))
    assert visit.went == [Route("people")]


@pytest.mark.parametrize("width", [560, 900, 1280])
def test_the_search_leads_to_the_people_at_every_width(app, showing, qtbot, width):
    wim(app)
    visit = Visit(app, showing, qtbot, width)
    visit.press("Find a person")
    assert visit.went == [Route("people")]


def test_in_a_narrow_window_the_time_stands_in_the_card(app, showing, qtbot):
    wim(app)
    at = (NOW + timedelta(minutes=40)).astimezone().strftime("%H:%M")
    narrow = Visit(app, showing, qtbot, 600)
    assert f"{at}, in 40 minutes" in shown(narrow.page.findChild(VisitCard))
    narrow.page.resize(1280, 900)
    narrow.settle()
    assert f"{at}, in 40 minutes" not in shown(narrow.page)
    assert at in shown(narrow.page)


def test_the_greeting_follows_the_day_and_uses_the_first_name(app, showing, qtbot):
    day = datetime(2026, 11, 23).astimezone()
    assert greeting("Miriam", day.replace(hour=8)) == "Good morning, Miriam"
    assert greeting("Miriam", day.replace(hour=13)) == "Good afternoon, Miriam"
    assert greeting("", day.replace(hour=20)) == "Good evening"
    assert ", Miriam" in shown(Visit(app, showing, qtbot).page)


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
def test_everything_on_the_page_has_a_name_a_size_and_a_tab_stop(app, showing, qtbot):
    case = wim(app)
    a_visit(app, "Jeroen Bakker", NOW + timedelta(hours=6))
    a_promise(app, case, "Call the workshop", TODAY)
    visit = Visit(app, showing, qtbot, 1400)
    qtbot.waitUntil(lambda: problems(visit.page) == [], timeout=2000)
    assert visit.page.isVisible()
