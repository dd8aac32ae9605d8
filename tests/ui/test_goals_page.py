"""Goals and steps of one person, written where they stand and kept while typing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time
from threading import Event, Thread

import pytest
import shiboken6
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caseworker_app.domain.goals import GoalStatus
from caseworker_app.domain.people import Relation
from caseworker_app.domain.talk import Voice
from caseworker_app.services import answers, cases, goals, people, talks
from tests.builders import NOW, a_talk
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import button, choose, in_a_window, press, sheet_of, shown
from ui import theme
from ui.context import App
from ui.forms.next_talk import read_time
from ui.page import Route
from ui.pages.goals_page import GoalsPage


def a_page(app: App, case, showing: Showing, width: int = 1052) -> GoalsPage:
    page = GoalsPage(app, case)
    page.refresh()
    page.resize(width, 900)
    showing(page)
    return page


def a_goal(app: App, case, words: str = "I want to be needed two days a week."):
    return goals.add_goal(app.store, case, words, "L04", NOW)


def a_step(app: App, goal, **values: object):
    step = goals.add_step(app.store, goal, NOW)
    return goals.save_step(app.store, replace(step, **values), step, NOW)


def kept_goal(app: App, case, place: int = 0):
    return goals.cards(app.store, case)[place].goal


def kept_step(app: App, case):
    return goals.cards(app.store, case)[0].steps[0]


@contextmanager
def another_window_writing(app: App) -> Iterator[None]:
    """Somebody else holds the store for writing meanwhile."""
    holding, done = Event(), Event()

    def write() -> None:
        with app.store.changing(NOW):
            holding.set()
            done.wait(30)

    writer = Thread(target=write)
    writer.start()
    holding.wait(30)
    yield
    done.set()
    writer.join()


def test_without_a_goal_the_page_asks_for_the_first_one(
    app: App, case, showing: Showing, qtbot: QtBot
):
    page = a_page(app, case, showing)
    assert "What should be different in half a year?" in shown(page)
    press(qtbot, page, "Add goal")
    assert len(page.forms) == 1
    assert page.forms[0].words.hasFocus()


def test_what_is_typed_is_kept_when_typing_pauses(app: App, case, showing: Showing, qtbot: QtBot):
    a_goal(app, case, "")
    page = a_page(app, case, showing)
    page.forms[0].words.setFocus()
    qtbot.keyClicks(page.forms[0].words, "I want to go to the market")
    assert kept_goal(app, case).words == ""
    qtbot.waitUntil(lambda: kept_goal(app, case).words == "I want to go to the market")


def test_what_is_typed_is_kept_when_the_field_is_left(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_goal(app, case)
    page = a_page(app, case, showing)
    page.forms[0].sign.setFocus()
    qtbot.keyClicks(page.forms[0].sign, "They ask for me")
    qtbot.keyClick(page.forms[0].sign, Qt.Key.Key_Return)
    assert kept_goal(app, case).sign == "They ask for me"


def test_what_is_typed_is_kept_when_the_page_is_left(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_step(app, a_goal(app, case), what="Call")
    page = a_page(app, case, showing)
    row = page.forms[0].rows[0]
    row.what.selectAll()
    qtbot.keyClicks(row.what, "Write to De Deel")
    assert page.leave()
    assert kept_step(app, case).what == "Write to De Deel"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # offscreen, the list of names
def test_a_step_says_who_with_whom_and_by_when(app: App, case, showing: Showing, qtbot: QtBot):
    dunja = Relation(id=app.store.new_id(), case=case, name="Dunja", role="De Deel")
    people.save_relation(app.store, dunja, None, NOW)
    a_goal(app, case)
    page = a_page(app, case, showing)
    press(qtbot, page, "Add step")
    row = page.forms[0].rows[0]
    assert row.what.hasFocus()
    qtbot.keyClicks(row.what, "Pour coffee once")
    who = [row.who.control.itemText(n) for n in range(row.who.control.count())]
    assert who == ["Wim", "Miriam Falk", "Dunja"]
    row.who.control.setCurrentIndex(0)
    row.who.control.activated.emit(0)
    row.with_whom.control.setFocus()
    qtbot.keyClicks(row.with_whom.line, "a neighbour")
    row.due.control.setFocus()
    qtbot.keyClicks(row.due.control, "27.11.2026")
    row.what.setFocus()
    step = kept_step(app, case)
    assert (step.what, step.who, step.with_whom) == ("Pour coffee once", "Wim", "a neighbour")
    assert step.due == date(2026, 11, 27)


def test_a_long_name_is_shown_by_its_first_words_until_somebody_writes_there(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_step(app, a_goal(app, case), what="Call", who="Anna-Lena von der Recke-Hohenstein")
    who = a_page(app, case, showing).forms[0].rows[0].who
    assert who.line.shown() == "Anna-Lena von"
    assert who.value() == who.line.toolTip() == "Anna-Lena von der Recke-Hohenstein"
    who.setFocus()
    qtbot.waitUntil(lambda: who.line.shown() == "Anna-Lena von der Recke-Hohenstein")


def test_a_day_that_does_not_exist_leaves_the_day_kept_before(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_step(app, a_goal(app, case), what="Call", due=date(2026, 11, 27))
    page = a_page(app, case, showing)
    row = page.forms[0].rows[0]
    row.due.control.setFocus()
    row.due.control.selectAll()
    qtbot.keyClicks(row.due.control, "31.11.2026")
    row.what.setFocus()
    assert "Did you mean" in row.due.problem()
    assert kept_step(app, case).due == date(2026, 11, 27)


def test_an_emptied_day_is_no_day(app: App, case, showing: Showing, qtbot: QtBot):
    a_step(app, a_goal(app, case), what="Call", due=date(2026, 11, 27))
    page = a_page(app, case, showing)
    row = page.forms[0].rows[0]
    row.due.control.setFocus()
    row.due.control.selectAll()
    qtbot.keyClick(row.due.control, Qt.Key.Key_Delete)
    row.what.setFocus()
    assert kept_step(app, case).due is None


def test_one_click_and_a_step_is_taken_another_and_it_is_not(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_step(app, a_goal(app, case), what="Call")
    page = a_page(app, case, showing)
    qtbot.mouseClick(page.forms[0].rows[0].check, Qt.MouseButton.LeftButton)
    assert kept_step(app, case).done_on == date(2026, 11, 23)
    assert "Steps taken: 1 of 1" in shown(page)
    qtbot.keyClick(page.forms[0].rows[0].check, Qt.Key.Key_Space)
    assert kept_step(app, case).done_on is None


def test_words_typed_just_before_the_check_are_kept_with_it(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_step(app, a_goal(app, case), what="Call")
    page = a_page(app, case, showing)
    row = page.forms[0].rows[0]
    row.what.selectAll()
    qtbot.keyClicks(row.what, "Called the workshop")
    qtbot.mouseClick(row.check, Qt.MouseButton.LeftButton)
    step = kept_step(app, case)
    assert (step.what, step.done_on) == ("Called the workshop", date(2026, 11, 23))


def test_a_removed_step_comes_back(app: App, case, showing: Showing, qtbot: QtBot):
    a_step(app, a_goal(app, case), what="Call")
    page = a_page(app, case, showing)
    with qtbot.waitSignal(page.told) as told:
        press(qtbot, page, "Remove this step")
    assert goals.cards(app.store, case)[0].steps == ()
    assert told.args[0] == "Step removed."
    told.args[1]()
    assert kept_step(app, case).what == "Call"
    assert page.forms[0].rows[0].what.words() == "Call"


def test_undo_works_after_its_page_has_gone(app: App, case, showing: Showing, qtbot: QtBot):
    a_step(app, a_goal(app, case), what="Call")
    page = GoalsPage(app, case)
    page.refresh()
    showing(in_a_window(page))
    with qtbot.waitSignal(page.told) as step_removed:
        press(qtbot, page, "Remove this step")
    with qtbot.waitSignal(page.told) as goal_reached:
        choose(page, "This goal is reached")
    assert goals.cards(app.store, case)[0].steps == ()
    undo_step, undo_goal = step_removed.args[1], goal_reached.args[1]
    shiboken6.delete(page)
    undo_step()
    undo_goal()
    assert kept_step(app, case).what == "Call"
    assert kept_goal(app, case).status is GoalStatus.OPEN


def test_how_sure_somebody_is_goes_from_0_to_10_and_may_be_open(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_goal(app, case)
    page = a_page(app, case, showing)
    combo = page.forms[0].confidence.control
    assert combo.currentText() == "not said yet"
    qtbot.keyClick(combo, Qt.Key.Key_End)
    assert kept_goal(app, case).confidence == 10
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    assert kept_goal(app, case).confidence is None


def test_not_now_is_an_outcome_with_a_reason_and_can_be_taken_up_again(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_goal(app, case, "Sort out the debts")
    page = a_page(app, case, showing)
    choose(page, "Not now, because …")
    sheet = sheet_of(page)
    qtbot.keyClicks(sheet.focusWidget(), "my sister does it")
    press(qtbot, sheet, "Put aside")
    goal = kept_goal(app, case)
    assert (goal.status, goal.reason) == (GoalStatus.NOT_NOW, "my sister does it")
    assert page.forms == []
    assert "my sister does it" in shown(page)
    press(qtbot, page, "Now after all")
    assert kept_goal(app, case).status is GoalStatus.OPEN
    assert page.forms[0].words.words() == "Sort out the debts"


def test_a_reached_goal_is_told_and_can_be_opened_again(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_goal(app, case)
    page = a_page(app, case, showing)
    with qtbot.waitSignal(page.told) as told:
        choose(page, "This goal is reached")
    assert kept_goal(app, case).status is GoalStatus.REACHED
    assert "Reached: " in shown(page)
    told.args[1]()
    assert kept_goal(app, case).status is GoalStatus.OPEN


def test_the_life_domain_is_chosen_from_its_pictogram(app: App, case, showing: Showing):
    a_goal(app, case)
    page = a_page(app, case, showing)
    choose(page.forms[0].domain, "Getting around")
    assert kept_goal(app, case).domain == "L06"
    assert page.forms[0].domain.accessibleName() == "Life domain: Getting around"


def test_what_was_remembered_in_the_last_talk_can_be_taken_up(
    app: App, case, showing: Showing, qtbot: QtBot
):
    talk = a_talk(app.store, case)
    section = talks.open_talk(app.store, talk.id).guide.sections[1]
    place = (section.id, section.questions[0].id)
    words = (Voice.PARTICIPANT, "", "Repair bikes again")
    said = answers.add_words(app.store, talk, place, words, NOW)
    answers.save_statement(app.store, replace(said, for_goals=True), said, NOW)
    page = a_page(app, case, showing)
    assert "“Repair bikes again”" in shown(page)
    press(qtbot, page, "Take up as a goal")
    goal = kept_goal(app, case)
    assert goal.words == "Repair bikes again"
    assert goal.domain == (section.domains[0] if section.domains else "")
    assert "“Repair bikes again”" not in shown(page)


def test_more_than_three_goals_bring_a_calm_hint(app: App, case, showing: Showing):
    for number in range(3):
        a_goal(app, case, f"Goal {number}")
    page = a_page(app, case, showing)
    hint = "One to three goals are enough to begin with. What can wait?"
    assert hint not in shown(page)
    a_goal(app, case, "Goal 4")
    page.refresh()
    assert hint in shown(page)


def test_a_step_without_person_or_day_brings_a_hint(app: App, case, showing: Showing):
    hint = "A step works best with a person and a day."
    step = a_step(app, a_goal(app, case), what="Call", who="Wim")
    page = a_page(app, case, showing)
    assert hint in shown(page)
    goals.save_step(app.store, replace(step, due=date(2026, 12, 1)), step, NOW)
    page.refresh()
    assert hint not in shown(page)


def test_a_hint_goes_as_soon_as_it_is_followed(app: App, case, showing: Showing, qtbot: QtBot):
    hint = "A step works best with a person and a day."
    a_step(app, a_goal(app, case), what="Call", who="Wim")
    page = a_page(app, case, showing)
    row = page.forms[0].rows[0]
    row.due.control.setFocus()
    qtbot.keyClicks(row.due.control, "1.12.2026")
    assert hint in shown(page)
    row.what.setFocus()
    assert hint not in shown(page)


def test_when_the_participant_has_no_step_the_page_asks_for_one(app: App, case, showing: Showing):
    a_step(app, a_goal(app, case), what="Call", who="Miriam Falk", due=date(2026, 12, 1))
    assert "step will \u2068Wim\u2069 take?" in shown(a_page(app, case, showing))


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # offscreen, the list of names
def test_the_next_talk_is_agreed_by_day_time_and_place(
    app: App, case, showing: Showing, qtbot: QtBot
):
    page = a_page(app, case, showing)
    form = page.next_talk
    assert form is not None
    form.day.control.setFocus()
    qtbot.keyClicks(form.day.control, "3.12.2026")
    form.time.control.setFocus()
    assert cases.view(app.store, case).next_talk is None
    qtbot.keyClicks(form.time.control, "9.30")
    form.where.control.setFocus()
    qtbot.keyClicks(form.where.line, "at home")
    assert page.leave()
    planned = cases.view(app.store, case).next_talk
    assert planned is not None
    assert planned.planned_for is not None
    local = planned.planned_for.astimezone()
    assert (local.date(), local.time(), planned.place) == (
        date(2026, 12, 3),
        time(9, 30),
        "at home",
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("930", time(9, 30)),
        ("14 Uhr", time(14)),
        ("24:00", None),
        ("10:75", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_write_it(written: str, meant: time | None):
    assert read_time(written) == meant


def test_what_was_begun_and_left_empty_goes_without_a_word(
    app: App, case, showing: Showing, qtbot: QtBot
):
    page = a_page(app, case, showing)
    press(qtbot, page, "Add goal")
    press(qtbot, page, "Add step")
    assert page.leave()
    assert goals.cards(app.store, case) == ()


def test_a_step_that_only_has_a_person_stays(app: App, case, showing: Showing, qtbot: QtBot):
    a_step(app, a_goal(app, case), who="Wim")
    assert a_page(app, case, showing).leave()
    assert kept_step(app, case).who == "Wim"


def test_when_the_store_cannot_be_written_the_text_stays_and_is_kept_later(
    app: App, case, showing: Showing, qtbot: QtBot
):
    a_goal(app, case)
    page = a_page(app, case, showing)
    words = page.forms[0].words
    words.setFocus()
    with another_window_writing(app):
        words.selectAll()
        qtbot.keyClicks(words, "I want to go to the market")
        qtbot.keyClick(words, Qt.Key.Key_Return)
        assert "Another window of Caseworker is writing at this moment." in shown(page)
        assert words.words() == "I want to go to the market"
    qtbot.waitUntil(
        lambda: kept_goal(app, case).words == "I want to go to the market", timeout=8000
    )
    qtbot.waitUntil(lambda: "Another window" not in shown(page))


def test_the_plan_is_one_click_away(app: App, case, showing: Showing, qtbot: QtBot):
    page = a_page(app, case, showing)
    with qtbot.waitSignal(page.went) as went:
        press(qtbot, page, "See the plan")
    assert went.args == [Route("plan", case)]


LOOKS = [
    (theme.Theme("light"), 480),
    (theme.Theme("contrast", 1.5), 700),
    (theme.Theme("dark", 2.0), 1052),
]


@pytest.mark.parametrize(("look", "width"), LOOKS, indirect=["look"], ids=["light", "150", "200"])
def test_everything_can_be_reached_and_named(app: App, case, showing: Showing, width: int):
    goal = a_goal(app, case)
    a_step(app, goal, what="Call", who="Wim", due=date(2026, 11, 20))
    a_step(app, goal, what="Write a very long letter to somebody", who="Anna-Lena von der Recke")
    page = a_page(app, case, showing, width)
    assert problems(page) == []
    assert page._sheet.horizontalScrollBar().maximum() == 0


def test_the_fields_come_in_the_order_in_which_they_are_read(app: App, case, showing: Showing):
    goal = a_goal(app, case)
    a_step(app, goal, what="Call", who="Wim")
    form = a_page(app, case, showing).forms[0]
    row = form.rows[0]
    wanted = [form.words, form.sign, form.confidence.control, row.check, row.what]
    wanted += [row.who.control, row.with_whom.control, row.due.control, form.add]
    order, one = [], form.words
    while one is not form.add:
        order.append(one)
        one = one.nextInFocusChain()
    places = [order.index(part) for part in wanted[:-1]]
    assert places == sorted(places)
    assert button(form, "Add step") is form.add
