"""Everything that was agreed and waits to be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from caseworker_app.domain.goals import GoalStatus
from caseworker_app.services import goals, people
from tests.builders import NOW, a_case
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import press, shown
from ui import theme
from ui.context import App
from ui.page import Route
from ui.pages.agreements_page import AT_ONCE, AgreementsPage
from ui.widgets.promise_row import PromiseRow
from ui.widgets.round_check import RoundCheck

LOOKS = [theme.Theme("light"), theme.Theme("contrast", 1.5), theme.Theme("dark", 2.0)]
TODAY = NOW.astimezone().date()


class Visit:
    """The page as the coach has it in front of them, and where it wanted to go."""

    def __init__(self, app: App, showing: Showing, qtbot: QtBot) -> None:
        self.qtbot, self.app = qtbot, app
        self.page = AgreementsPage(app)
        self.page.resize(1052, 900)
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

    def press(self, words: str) -> None:
        press(self.qtbot, self.page, words)
        self.settle()

    def lines(self) -> list[str]:
        """What can be read, from the top down, without the marks around names."""
        return shown(self.page).replace("\u2068", "").replace("\u2069", "").split("\n")


def a_step(app: App, case, what: str, due: date | None, who: str = "Miriam Falk"):
    goal = goals.add_goal(app.store, case, "Needed somewhere", "L04", NOW)
    step = goals.add_step(app.store, goal, NOW)
    goals.save_step(app.store, replace(step, what=what, due=due, who=who), step, NOW)
    return goal


@pytest.fixture
def wim(app: App):
    case = a_case(app.store, "Wim Hoekstra")
    a_step(app, case, "Someday", None)
    a_step(app, case, "Call the workshop", TODAY + timedelta(days=6))
    a_step(app, case, "Bring the letter", TODAY - timedelta(days=2))
    a_step(app, case, "Buy gloves", TODAY + timedelta(days=7))
    a_step(app, case, "Pour coffee", TODAY, who="Wim Hoekstra")
    return case


def test_what_is_most_urgent_stands_on_top(app, wim, showing, qtbot):
    lines = Visit(app, showing, qtbot).lines()
    wanted = [
        "The day is over",
        "Bring the letter",
        "This week",
        "Call the workshop",
        "Later",
        "Buy gloves",
        "Without a day",
        "Someday",
    ]
    assert [line for line in lines if line in wanted] == wanted
    assert "for Wim Hoekstra · since November 21" in lines


def test_first_the_coach_sees_their_own_steps_then_all(app, wim, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    assert "Pour coffee" not in visit.lines()
    visit.press("All 5")
    assert "Pour coffee" in visit.lines()
    assert "Wim Hoekstra does it · today" in visit.lines()
    visit.press("Mine 4")
    assert "Pour coffee" not in visit.lines()


def test_a_step_is_ticked_done_and_undone(app, wim, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    visit.press("Bring the letter")
    done = [s.what for card in goals.cards(app.store, wim) for s in card.steps if s.done_on]
    assert done == ["Bring the letter"]
    assert "The day is over" not in visit.lines()
    visit.told[-1][1]()
    visit.settle()
    assert not any(s.done_on for card in goals.cards(app.store, wim) for s in card.steps)
    assert "Bring the letter" in visit.lines()


def test_undo_works_when_the_page_is_no_longer_in_view(app, wim, qtbot):
    page, told = AgreementsPage(app), []
    page.told.connect(lambda _words, undo: told.append(undo))
    page.refresh()
    qtbot.waitUntil(lambda: bool(page.findChildren(RoundCheck)))
    page.findChildren(RoundCheck)[0].click()
    qtbot.waitUntil(lambda: not app.background.busy())
    delete(page)
    told[0]()
    assert not any(s.done_on for card in goals.cards(app.store, wim) for s in card.steps)


def test_a_line_leads_to_the_goals_of_its_person(app, wim, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    names = [one.accessibleName() for one in visit.page.findChildren(QAbstractButton)]
    visit.press(next(name for name in names if name.startswith("Someday. ")))
    assert visit.went == [Route("goals", wim)]


def test_goals_put_aside_and_closed_files_do_not_wait(app, showing, qtbot):
    wim = a_case(app.store, "Wim Hoekstra")
    aside = a_step(app, wim, "Not now", TODAY)
    goals.save_goal(app.store, replace(aside, status=GoalStatus.NOT_NOW), aside, NOW)
    gerda = a_case(app.store, "Gerda van der Velde")
    a_step(app, gerda, "Long over", TODAY)
    people.close_file(app.store, gerda, NOW)
    visit = Visit(app, showing, qtbot)
    assert "Nothing waits here" in visit.lines()
    assert "Not now" not in visit.lines()
    assert "Long over" not in visit.lines()


def test_a_long_group_is_shown_in_portions(app, showing, qtbot):
    case = a_case(app.store, "Wim Hoekstra")
    for number in range(AT_ONCE + 3):
        a_step(app, case, f"Step {number}", TODAY + timedelta(days=40 + number))
    visit = Visit(app, showing, qtbot)
    assert len(visit.page.findChildren(PromiseRow)) == AT_ONCE
    visit.press("Show 3 more")
    qtbot.waitUntil(lambda: f"Step {AT_ONCE + 2}" in visit.lines())


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
def test_everything_on_the_page_has_a_name_a_size_and_a_tab_stop(app, wim, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    visit.press("All 5")
    qtbot.waitUntil(lambda: problems(visit.page) == [], timeout=2000)
    assert len(visit.page.findChildren(PromiseRow)) >= 5
