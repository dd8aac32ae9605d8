"""A coach decides what two people wrote differently, with real clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.domain.entity import Entity
from caseworker_app.domain.goals import Goal, GoalStatus, Step
from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import Statement
from caseworker_app.services import disputes, goals, removing
from caseworker_app.store import drafts
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case, a_profile, a_store, a_talk, say
from tests.store.test_exchange import entries, introduce, share, take_in_all
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import button, press, shown
from tests.ui.program import Door
from ui import theme
from ui.context import App
from ui.forms.dispute_side import SideCard
from ui.page import Route
from ui.pages.case_page import CasePage
from ui.pages.disputes_page import DisputesPage

MINE, THEIRS = "Two days a week.", "On Tuesday and Friday a week."
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Two:
    """This laptop and a colleague's, with one file and a goal in it."""

    def __init__(self, mine: Store, theirs: Store) -> None:
        self.mine, self.theirs = mine, theirs
        introduce(mine, theirs)
        introduce(theirs, mine)
        self.case = a_case(mine, "Wim Hoekstra")
        share(self.case, mine, theirs)
        self.goal = goals.add_goal(mine, self.case, "I want to be needed.", "L04", NOW)
        self.meet()

    def meet(self) -> None:
        take_in_all(self.theirs, entries(self.mine, self.case))
        take_in_all(self.mine, entries(self.theirs, self.case))

    def write(self, seen: Entity, mine: dict[str, object], theirs: dict[str, object]) -> None:
        """Both change the same thing, unseen by each other, and meet."""
        for store, new, minutes in ((self.mine, mine, 5), (self.theirs, theirs, 40)):
            with store.changing(NOW + timedelta(minutes=minutes)) as changing:
                changing.put(replace(seen, **new), seen)
        self.meet()

    def goal_at(self, store: Store) -> Goal:
        with store.reading() as reading:
            found = reading.get(Goal, self.goal.id)
        assert found
        return found


@pytest.fixture
def two(app: App, tmp_path: Path) -> Iterator[Two]:
    theirs = a_store(tmp_path / "theirs", a_profile("Dunja Demir"))
    yield Two(app.store, theirs)
    theirs.close()


def a_page(app: App, two: Two, showing: Showing, width: int = 1052) -> DisputesPage:
    page = DisputesPage(app, two.case)
    page.refresh()
    page.resize(width, 900)
    showing(page)
    return page


@pytest.fixture
def apart(two: Two) -> Two:
    two.write(two.goal, {"words": MINE}, {"words": THEIRS})
    return two


def cards(page: DisputesPage) -> list[SideCard]:
    return page.cards


def field(page: DisputesPage) -> QWidget:
    assert page.own
    return page.own.field.control


def test_both_texts_are_shown_with_who_when_where_and_what_was_before(
    app: App, apart: Two, showing: Showing
):
    page = a_page(app, apart, showing)
    words = shown(page)
    for part in (
        "You both changed this",
        "Nothing is lost. Choose what is right, best together with",
        "Goal 1",
        "Before: “I want to be needed.”",
        "You, on this laptop",
        "Somebody on another laptop",
        f"“{MINE}”",
        f"“{THEIRS}”",
        "own words. All of them stay in the history.",
    ):
        assert part in words
    assert "onflict" not in words
    assert problems(page) == []


def test_the_sides_weigh_the_same_and_nothing_is_dangerous(app: App, apart: Two, showing: Showing):
    page = a_page(app, apart, showing)
    kinds = {card.keep.property("kind") for card in cards(page)}
    assert kinds == {"secondary"}
    assert len({(card.width(), card.height()) for card in cards(page)}) == 1


def test_the_own_side_is_kept_with_a_click(app: App, apart: Two, showing: Showing, qtbot: QtBot):
    page = a_page(app, apart, showing)
    qtbot.mouseClick(cards(page)[0].keep, Qt.MouseButton.LeftButton)
    assert "Everything is decided" in shown(page)
    apart.meet()
    assert {apart.goal_at(store).words for store in (apart.mine, apart.theirs)} == {MINE}
    assert disputes.count(apart.theirs) == 0


def test_the_other_side_is_kept_with_the_keyboard(
    app: App, apart: Two, showing: Showing, qtbot: QtBot
):
    page = a_page(app, apart, showing)
    cards(page)[0].keep.setFocus()
    qtbot.keyClick(cards(page)[0].keep, Qt.Key.Key_Tab)
    assert cards(page)[1].keep.hasFocus()
    qtbot.keyClick(cards(page)[1].keep, Qt.Key.Key_Return)
    assert apart.goal_at(apart.mine).words == THEIRS


def test_tab_goes_left_right_own_sentence_later(
    app: App, apart: Two, showing: Showing, qtbot: QtBot
):
    page = a_page(app, apart, showing)
    assert page.own
    cards(page)[0].keep.setFocus()
    order = []
    for _step in range(5):
        focused = cast("QWidget", QApplication.focusWidget())
        order.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert order[:4] == [cards(page)[0].keep, cards(page)[1].keep, field(page), page.own.use]
    assert order[4] is button(page, "Decide later")


def test_a_sentence_of_ones_own_stands_over_both(
    app: App, apart: Two, showing: Showing, qtbot: QtBot
):
    page = a_page(app, apart, showing)
    edit = field(page)
    assert isinstance(edit, QPlainTextEdit)
    edit.selectAll()
    qtbot.keyClicks(edit, "Two days, Tuesday and Friday.")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert "Everything is decided" in shown(page)
    apart.meet()
    assert apart.goal_at(apart.theirs).words == "Two days, Tuesday and Friday."


def test_an_empty_sentence_is_not_taken(app: App, apart: Two, showing: Showing, qtbot: QtBot):
    page = a_page(app, apart, showing)
    edit = field(page)
    assert isinstance(edit, QPlainTextEdit)
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    press(qtbot, page, "Use this sentence")
    assert "Please fill this in, or keep one of the sides." in shown(page)
    assert disputes.count(apart.mine) == 1


def test_what_differs_is_marked(app: App, apart: Two, showing: Showing):
    page = a_page(app, apart, showing)
    for card, words in zip(cards(page), ("Two days", "On Tuesday and Friday"), strict=True):
        (label,) = [one for one in card.findChildren(QWidget) if getattr(one, "_marks", ())]
        assert [label.text()[start : start + length] for start, length in label._marks] == [words]


def test_several_come_one_at_a_time_and_what_is_being_written_stays(
    app: App, apart: Two, showing: Showing, qtbot: QtBot
):
    step = goals.add_step(apart.mine, apart.goal, NOW)
    apart.meet()
    apart.write(step, {"due": date(2026, 12, 1)}, {"due": date(2026, 12, 4)})
    page = a_page(app, apart, showing)
    assert "1 of 2" in shown(page)
    edit = field(page)
    assert isinstance(edit, QPlainTextEdit)
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_End)
    qtbot.keyClicks(edit, " Really.")
    press(qtbot, page, "Next difference")
    assert "2 of 2" in shown(page)
    assert "Tuesday, December 1, 2026" in shown(page)
    assert "Or choose another day" in shown(page)
    assert problems(page) == []
    press(qtbot, page, "Previous difference")
    assert page.own
    assert page.own.field.value() == f"{MINE} Really."
    page.refresh()
    assert page.own.field.value() == f"{MINE} Really."


def test_what_was_begun_is_kept_when_the_page_goes_and_forgotten_when_it_is_decided(
    app: App, apart: Two, showing: Showing, qtbot: QtBot
):
    page = a_page(app, apart, showing)
    edit = field(page)
    assert isinstance(edit, QPlainTextEdit)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "Two days, and")
    assert page.leave()
    assert disputes.count(apart.mine) == 1
    again = a_page(app, apart, showing)
    assert again.own
    assert again.own.field.value() == "Two days, and"
    qtbot.mouseClick(cards(again)[0].keep, Qt.MouseButton.LeftButton)
    with apart.mine.reading() as reading:
        assert drafts.drafts(reading, apart.case) == {}


def test_what_is_being_typed_is_kept_in_the_pauses(
    app: App, apart: Two, showing: Showing, qtbot: QtBot
):
    page = a_page(app, apart, showing)
    edit = field(page)
    edit.setFocus()
    qtbot.keyClicks(edit, "And ")
    qtbot.waitUntil(lambda: "And " in disputes.listed(apart.mine)[0].draft)
    for _letter in "And ":
        qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: disputes.listed(apart.mine)[0].draft == "")


def test_ctrl_down_and_up_go_from_one_to_the_next(
    app: App, apart: Two, showing: Showing, qtbot: QtBot
):
    apart.write(apart.goal_at(apart.mine), {"sign": "a"}, {"sign": "b"})
    page = a_page(app, apart, showing)
    cards(page)[0].keep.setFocus()
    qtbot.keyClick(cards(page)[0].keep, Qt.Key.Key_Down, CONTROL)
    assert "2 of 2" in shown(page)
    qtbot.keyClick(cards(page)[0].keep, Qt.Key.Key_Up, CONTROL)
    assert "1 of 2" in shown(page)


def test_a_day_is_chosen(app: App, two: Two, showing: Showing, qtbot: QtBot):
    step = goals.add_step(two.mine, two.goal, NOW)
    two.meet()
    two.write(step, {"due": date(2026, 12, 1)}, {"due": date(2026, 12, 4)})
    page = a_page(app, two, showing)
    edit = field(page)
    assert isinstance(edit, QLineEdit)
    qtbot.keyClicks(edit, "2026-12-02")
    press(qtbot, page, "Use this day")
    with two.mine.reading() as reading:
        assert reading.all(Step, case=two.case)[0].due == date(2026, 12, 2)


def test_one_of_a_few_is_chosen(app: App, two: Two, showing: Showing, qtbot: QtBot):
    two.write(two.goal, {"status": GoalStatus.REACHED}, {"status": GoalStatus.NOT_NOW})
    page = a_page(app, two, showing)
    assert "What has become of the goal" in shown(page)
    combo = field(page)
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(place) for place in range(combo.count())] == [
        "Open",
        "Reached",
        "Not now",
    ]
    qtbot.keyClick(combo, Qt.Key.Key_Up)
    press(qtbot, page, "Use this")
    assert two.goal_at(two.mine).status is GoalStatus.OPEN


def test_a_phone_number_is_no_sentence(app: App, two: Two, showing: Showing):
    with two.mine.reading() as reading:
        person = reading.all(Person, case=two.case)[0]
    two.write(person, {"phone": "030 1"}, {"phone": "030 2"})
    page = a_page(app, two, showing)
    assert "Phone" in shown(page)
    assert "Or write something else" in shown(page)
    assert "Before, nothing stood here." in shown(page)
    assert button(page, "Use this")
    assert problems(page) == []


def test_the_persons_words_bring_the_question(app: App, two: Two, showing: Showing):
    talk = a_talk(two.mine, two.case)
    say(two.mine, talk, "I like it here.", "went-well")
    two.meet()
    with two.mine.reading() as reading:
        said = reading.all(Statement, case=two.case)[0]
    two.write(said, {"words": "I liked it here."}, {"words": "I like it there."})
    words = shown(a_page(app, two, showing))
    assert "What \u2068Wim\u2069 said" in words
    assert "\u2068Wim\u2069’s own words" in words


@pytest.mark.parametrize(("choice", "gone"), [(0, False), (1, True)])
def test_what_was_changed_here_and_removed_there_stays_or_goes(
    app: App, two: Two, showing: Showing, qtbot: QtBot, choice: int, gone: bool
):
    goals.save_goal(two.mine, replace(two.goal, words=MINE), two.goal, NOW)
    removing.remove(two.theirs, two.goal, NOW)
    two.meet()
    page = a_page(app, two, showing)
    words = shown(page)
    assert "Changed and removed at the same time" in words
    assert MINE in words
    assert "Removed" in words
    assert page.own is None
    assert problems(page) == []
    qtbot.mouseClick(cards(page)[choice].keep, Qt.MouseButton.LeftButton)
    two.meet()
    assert [two.goal_at(store).removed for store in (two.mine, two.theirs)] == [gone, gone]
    assert disputes.count(two.mine) == disputes.count(two.theirs) == 0


def test_what_arrived_meanwhile_is_shown_instead_of_overwritten(
    app: App, apart: Two, showing: Showing, qtbot: QtBot
):
    page = a_page(app, apart, showing)
    seen = replace(apart.goal_at(apart.theirs), words=THEIRS)
    goals.save_goal(apart.theirs, replace(seen, words="Every Tuesday."), seen, NOW)
    apart.meet()
    press(qtbot, page, "Keep this text: \u2068You, on this laptop\u2069")
    words = shown(page)
    assert "Something new has arrived meanwhile" in words
    assert "“Every Tuesday.”" in words
    assert disputes.count(apart.mine) == 1
    qtbot.mouseClick(cards(page)[0].keep, Qt.MouseButton.LeftButton)
    assert "Everything is decided" in shown(page)


def test_later_leaves_it_and_goes_back(app: App, apart: Two, showing: Showing, qtbot: QtBot):
    page = a_page(app, apart, showing)
    with qtbot.waitSignal(page.back):
        press(qtbot, page, "Decide later")
    assert disputes.count(apart.mine) == 1


def test_nothing_to_decide_is_said_calmly(app: App, two: Two, showing: Showing, qtbot: QtBot):
    page = a_page(app, two, showing)
    assert "There is nothing to decide here" in shown(page)
    assert problems(page) == []


def test_where_the_room_is_short_the_sides_stand_below_each_other(
    app: App, apart: Two, showing: Showing
):
    page = a_page(app, apart, showing, width=420)
    one, other = (card.mapTo(page, card.rect().topLeft()) for card in cards(page))
    assert one.x() == other.x()
    assert one.y() < other.y()
    assert problems(page) == []


def test_the_next_one_is_read_from_its_top(app: App, apart: Two, showing: Showing, qtbot: QtBot):
    apart.write(apart.goal_at(apart.mine), {"sign": "a"}, {"sign": "b"})
    page = a_page(app, apart, showing, width=420)
    page.resize(420, 300)
    bar = page._sheet.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    page.refresh()
    assert bar.value() > 0
    qtbot.mouseClick(cards(page)[0].keep, Qt.MouseButton.LeftButton)
    assert bar.value() == 0


@pytest.mark.parametrize("look", [theme.Theme(motion=False, scale=2.0)], indirect=True)
def test_nothing_is_cut_off_at_twice_the_size(app: App, apart: Two, showing: Showing):
    page = a_page(app, apart, showing)
    assert page._sheet.horizontalScrollBar().maximum() == 0


def test_the_file_says_it_and_leads_there(app: App, apart: Two, showing: Showing, qtbot: QtBot):
    page = CasePage(app, apart.case)
    page.refresh()
    showing(page)
    assert "In this file two people have written different things" in shown(page)
    assert problems(page) == []
    with qtbot.waitSignal(page.went) as went:
        press(qtbot, page, "Have a look")
    assert went.args == [Route("disputes", apart.case)]


def test_a_whole_way_through_the_program(qtbot: QtBot, qapp: QApplication, tmp_path: Path):
    mine, theirs = a_store(tmp_path / "mine"), a_store(tmp_path / "theirs")
    two = Two(mine, theirs)
    two.write(two.goal, {"words": MINE}, {"words": THEIRS})
    mine.close()
    door = Door(qtbot, qapp, tmp_path / "mine")
    qtbot.addWidget(door.program)
    door.program.show()
    window = door.open()
    window.go(Route("case", two.case))
    door.press("Have a look")
    assert isinstance(window.page, DisputesPage)
    qtbot.mouseClick(window.page.cards[1].keep, Qt.MouseButton.LeftButton)
    assert "Everything is decided" in shown(window.page)
    window.go_back()
    assert isinstance(window.page, CasePage)
    assert "two people" not in shown(window.page)
    window.go(Route("disputes"))
    assert "There is nothing to decide here" in shown(window.page)
    theirs.close()
