"""Choices and scales: by mouse and by keyboard, one value or none, and a name that says it all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.domain.talk import Missing
from tests.ui.conftest import Showing
from ui.widgets.chips import FilterChips
from ui.widgets.choices import NoAnswer, Option, Segmented
from ui.widgets.fold import Fold
from ui.widgets.navigation import NavRow
from ui.widgets.rail import Place, Rail
from ui.widgets.rating import FaceScale, RatingScale
from ui.widgets.scale_words import ScaleWords
from ui.widgets.shares import Share
from ui.widgets.tabs import Tabs

LEFT = Qt.MouseButton.LeftButton


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scale(showing: Showing, clock: Clock) -> RatingScale:
    made = RatingScale(
        "Satisfaction", "not at all", "very", last=4, last_when="in March", clock=clock
    )
    made.resize(600, 100)
    showing(made)
    made.focus()
    return made


def press(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_a_click_rates_and_says_so(scale: RatingScale, qtbot: QtBot):
    with qtbot.waitSignal(scale.rated) as told:
        qtbot.mouseClick(scale._marks[7], LEFT)
    assert told.args == [7]
    assert scale.value() == 7
    assert scale.accessibleName() == "Satisfaction, 7 of 10, in March 4"
    assert scale._marks[7].accessibleName() == "Satisfaction, 7 of 10, in March 4"
    assert scale._marks[6].accessibleName() == "Satisfaction, 6 of 10"


def test_one_and_zero_at_once_is_ten(scale: RatingScale, clock: Clock, qtbot: QtBot):
    press(qtbot, Qt.Key.Key_1)
    assert scale.value() == 1
    clock.now += 0.5
    press(qtbot, Qt.Key.Key_0)
    assert scale.value() == 10


def test_one_and_a_late_zero_is_zero(scale: RatingScale, clock: Clock, qtbot: QtBot):
    press(qtbot, Qt.Key.Key_1)
    clock.now += 0.7
    press(qtbot, Qt.Key.Key_0)
    assert scale.value() == 0


def test_arrows_move_and_stop_at_the_ends(scale: RatingScale, qtbot: QtBot):
    for key, value in (
        (Qt.Key.Key_9, 9),
        (Qt.Key.Key_Right, 10),
        (Qt.Key.Key_Right, 10),
        (Qt.Key.Key_Left, 9),
        (Qt.Key.Key_Down, 8),
        (Qt.Key.Key_Up, 9),
    ):
        press(qtbot, key)
        assert scale.value() == value
    assert QApplication.focusWidget() is scale._marks[9]


def test_backspace_takes_the_rating_back(scale: RatingScale, qtbot: QtBot):
    press(qtbot, Qt.Key.Key_5)
    with qtbot.waitSignal(scale.rated) as told:
        press(qtbot, Qt.Key.Key_Backspace)
    assert told.args == [None]
    assert scale.value() is None
    assert not any(mark.isChecked() for mark in scale._marks.values())
    assert scale.accessibleName() == "Satisfaction, nothing chosen, in March 4"


def test_showing_a_rating_is_not_told(scale: RatingScale):
    told = []
    scale.rated.connect(told.append)
    scale.set_value(3)
    scale.set_value(None)
    assert told == []


def test_ctrl_and_a_digit_is_no_rating(scale: RatingScale, qtbot: QtBot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert scale.value() is None


def test_tab_comes_to_the_value_and_goes_on_after_the_scale(showing: Showing, qtbot: QtBot):
    page = QWidget()
    before, scale, after = QLineEdit(), RatingScale("x", "low", "high"), QLineEdit()
    layout = QVBoxLayout(page)
    for one in (before, scale, after):
        layout.addWidget(one)
    showing(page)
    scale.set_value(7)
    before.setFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is scale._marks[7]
    press(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


@pytest.mark.parametrize("last", range(11))
def test_the_date_of_last_time_never_covers_the_words_at_the_ends(last: int, showing: Showing):
    scale = RatingScale(
        "x", "gar nicht zufrieden", "sehr zufrieden", last=last, last_when="im März"
    )
    scale.resize(500, 140)
    showing(scale)
    (words,) = scale.findChildren(ScaleWords)
    assert not words._when.geometry().intersects(words._low.geometry())
    assert not words._when.geometry().intersects(words._high.geometry())
    assert words.rect().contains(words._when.geometry())


def test_faces_know_five_points_only(showing: Showing, qtbot: QtBot):
    scale = FaceScale("Mood", ("bad", "so so", "good"))
    showing(scale)
    scale.focus()
    press(qtbot, Qt.Key.Key_7)
    assert scale.value() is None
    press(qtbot, Qt.Key.Key_4)
    assert scale.accessibleName() == "Mood, 4 of 5"


def test_a_segment_is_chosen_by_click_and_by_arrow(showing: Showing, qtbot: QtBot):
    choice = Segmented("View", [Option("picture", "Picture"), Option("table", "Table")])
    showing(choice)
    choice.choose("picture")
    told = []
    choice.chosen.connect(told.append)
    buttons = choice.findChildren(QAbstractButton)
    qtbot.mouseClick(buttons[1], LEFT)
    qtbot.mouseClick(buttons[1], LEFT)
    qtbot.keyClick(buttons[1], Qt.Key.Key_Left)
    assert told == ["table", "picture"]
    assert choice.value() == "picture"


def test_segments_stand_below_each_other_where_it_is_narrow(showing: Showing):
    choice = Segmented("View", [Option(1, "A very long option"), Option(2, "Another long one")])
    page = QWidget()
    QVBoxLayout(page).addWidget(choice)
    page.resize(900, 300)
    showing(page)
    first, second = choice.findChildren(QAbstractButton)
    assert first.y() == second.y()
    page.resize(260, 300)
    QApplication.processEvents()
    assert first.y() < second.y()
    assert second.geometry().bottom() <= choice.height()


def test_the_reason_for_no_answer_can_be_taken_back(showing: Showing, qtbot: QtBot):
    none = NoAnswer()
    showing(none)
    told = []
    none.chosen.connect(told.append)
    second = none.findChildren(QAbstractButton)[1]
    qtbot.mouseClick(second, LEFT)
    qtbot.mouseClick(second, LEFT)
    qtbot.mouseClick(second, LEFT)
    qtbot.keyClick(second, Qt.Key.Key_Backspace)
    assert told == [Missing.NOT_SAID, None, Missing.NOT_SAID, None]
    assert none.value() is None
    assert not second.isChecked()


def test_the_participant_is_not_offered_not_asked(qtbot: QtBot):
    turned = NoAnswer(turned=True)
    qtbot.addWidget(turned)
    assert set(turned._buttons) == {Missing.NOT_KNOWN, Missing.NOT_SAID, Missing.NOT_RELEVANT}


def test_a_filter_tells_what_was_chosen(showing: Showing, qtbot: QtBot):
    filters = FilterChips("Filters", [("all", "All 42"), ("week", "This week 6")])
    showing(filters)
    assert filters.value() == "all"
    with qtbot.waitSignal(filters.chosen) as told:
        qtbot.mouseClick(filters.findChildren(QAbstractButton)[1], LEFT)
    assert told.args == ["week"]
    assert filters.value() == "week"


def test_tabs_are_changed_by_arrow_and_round_and_round(showing: Showing, qtbot: QtBot):
    tabs = Tabs("File", [("a", "Overview"), ("b", "Talks"), ("c", "Plan")])
    showing(tabs)
    told = []
    tabs.went.connect(told.append)
    tabs.set_current("b")
    assert told == []
    qtbot.keyClick(tabs._bar, Qt.Key.Key_Right)
    tabs.next()
    tabs.next(-1)
    assert told == ["c", "a", "c"]


@pytest.fixture
def rail(showing: Showing) -> Rail:
    made = Rail(
        "Teilhabe Nord",
        [Place("today", "Today", "sun"), Place("people", "People", "users")],
        [Place("lock", "Lock", "lock", checkable=False)],
        "Miriam Falk",
    )
    made.set_current("today")
    made.show_sync("cloud-off", "Offline", "3 changes wait")
    made.resize(228, 700)
    showing(made)
    return made


def test_the_rail_leads_by_mouse_and_by_keyboard(rail: Rail, qtbot: QtBot):
    told = []
    rail.went.connect(told.append)
    today, people, lock = rail.findChildren(NavRow)
    qtbot.mouseClick(lock, LEFT)
    today.setFocus()
    qtbot.keyClick(today, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is people
    assert told == ["lock"]
    qtbot.keyClick(people, Qt.Key.Key_Return)
    assert told == ["lock", "people"]


def test_a_compact_rail_says_the_same_names(rail: Rail, qtbot: QtBot):
    rail.set_count("today", 3)
    wide = [one.accessibleName() for one in rail.findChildren(QAbstractButton)]
    rail.set_compact(True)
    QApplication.processEvents()
    assert rail.width() == 76
    narrow = [one for one in rail.findChildren(QAbstractButton) if one.isVisible()]
    assert sorted(one.accessibleName() for one in narrow) == sorted(wide)
    assert all(one.toolTip() for one in narrow)
    with qtbot.waitSignal(rail.sync_pressed):
        qtbot.mouseClick(rail._sync, LEFT)
    with qtbot.waitSignal(rail.own_pressed):
        qtbot.mouseClick(
            next(one for one in narrow if one.accessibleName() == "You: Miriam Falk"), LEFT
        )


# --- scales of other sizes, shares, and choices that can be taken back --------------------------


def test_a_scale_has_the_points_it_was_given(showing: Showing, qtbot: QtBot):
    scale = RatingScale("Mood", "low", "high", first=1, most=4)
    showing(scale)
    scale.focus()
    press(qtbot, Qt.Key.Key_9)
    assert scale.value() is None
    for _step in range(9):
        press(qtbot, Qt.Key.Key_Right)
    assert scale.value() == 4
    assert scale.accessibleName() == "Mood, 4 of 4"


def test_one_scale_asks_for_one_thing_after_the_other(scale: RatingScale):
    scale.set_value(7)
    scale.show_asked("Importance", 2, last=9, last_when="in May")
    assert scale.value() == 2
    assert [mark.number for mark in scale._marks.values() if mark.is_last] == [9]
    assert scale.accessibleName() == "Importance, 2 of 10, in May 9"
    assert scale._marks[7].accessibleName() == "Importance, 7 of 10"
    scale.show_asked("Peace", None)
    assert scale.accessibleName() == "Peace, nothing chosen"
    assert not any(mark.is_last or mark.isChecked() for mark in scale._marks.values())


def test_a_share_is_taken_back_by_a_second_click(showing: Showing, qtbot: QtBot):
    share = Share()
    share.ask("Own strength")
    showing(share)
    for number, value in ((3, 3), (3, None), (0, 0), (0, None)):
        with qtbot.waitSignal(share.rated) as rated:
            qtbot.mouseClick(share._marks[number], LEFT)
        assert rated.args == [value]


def test_an_optional_segment_is_taken_back_by_a_second_click(showing: Showing, qtbot: QtBot):
    choice = Segmented("Change?", [Option("yes", "Yes"), Option("no", "No")], optional=True)
    showing(choice)
    yes = choice.findChildren(QAbstractButton)[0]
    told = []
    choice.chosen.connect(told.append)
    qtbot.mouseClick(yes, LEFT)
    qtbot.mouseClick(yes, LEFT)
    qtbot.mouseClick(yes, LEFT)
    qtbot.keyClick(yes, Qt.Key.Key_Backspace)
    assert told == ["yes", None, "yes", None]
    assert not yes.isChecked()


def test_without_room_only_the_chosen_segment_has_words(showing: Showing, qtbot: QtBot):
    names = ("Somebody says something", "I notice something", "Others say something")
    options = [Option(name, name, "users") for name in names]
    choice = Segmented("Who", options)
    choice.resize(900, 60)
    showing(choice)
    buttons = choice.findChildren(QAbstractButton)
    assert [one.text() for one in buttons] == list(names)
    choice.resize(400, 60)
    qtbot.mouseClick(buttons[1], LEFT)
    assert [one.text() for one in buttons] == ["", names[1], ""]
    assert [one.accessibleName() for one in buttons] == list(names)
    assert len({one.y() for one in buttons}) == 1
    choice.resize(900, 60)
    assert [one.text() for one in buttons] == list(names)


def test_a_fold_opens_and_closes_what_lies_in_it(showing: Showing, qtbot: QtBot):
    inside: list[QLineEdit] = []

    def make() -> QLineEdit:
        inside.append(QLineEdit())
        return inside[0]

    fold = Fold("More", make)
    showing(fold)
    assert inside == []
    line = fold.findChild(QAbstractButton)
    qtbot.mouseClick(line, LEFT)
    assert inside[0].isVisible()
    qtbot.mouseClick(line, LEFT)
    assert not inside[0].isVisible()
    fold.open(True)
    assert (len(inside), inside[0].isVisible(), fold.is_open()) == (1, True, True)
