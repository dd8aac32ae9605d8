"""Answering: a fitting field for each kind of question, no answer at a touch, and last time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QRadioButton

from caseworker_app.content import guides
from caseworker_app.domain.talk import Missing
from caseworker_app.services import answers, talks
from tests.builders import NOW
from tests.ui.conversation.talking import (
    LEFT,
    begun,
    click,
    composer,
    go_to,
    kept,
    kitchen,
    named,
    said_before,
    say,
    seen_in,
    texts_in,
)
from ui.widgets.choices import NoAnswer
from ui.widgets.rating import FaceScale, RatingScale

LATER = NOW + timedelta(days=200)


def value(app, talk, name: str) -> str:
    answer = kept(app, talk).answer(name)
    return answer.value if answer else ""


# --- no answer ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("not asked", Missing.NOT_ASKED),
        ("would rather not say", Missing.NOT_SAID),
        ("does not apply", Missing.NOT_RELEVANT),
        ("does not know", Missing.NOT_KNOWN),
    ],
)
def test_a_reason_for_no_answer_takes_one_touch_and_another_takes_it_back(
    app, page, talk, qtbot, words, reason
):
    choice = next(
        one for one in page._desk.no_answer.findChildren(QRadioButton) if one.text() == words
    )
    qtbot.mouseClick(choice, LEFT, pos=QPoint(20, 20))
    assert kept(app, talk).answer("monday").missing is reason
    qtbot.mouseClick(choice, LEFT, pos=QPoint(20, 20))
    assert kept(app, talk).answer("monday").missing is None


def test_the_participants_words_take_the_reason_for_having_none_away(app, page, talk, qtbot):
    page._desk.no_answer.chosen.emit(Missing.NOT_ASKED)
    say(qtbot, page, "Well, Mondays")
    assert kept(app, talk).answer("monday").missing is None
    assert page.findChild(NoAnswer).value() is None


def test_a_reason_for_no_answer_takes_the_value_out_of_the_field(app, page, talk, qtbot):
    go_to(qtbot, page, "boss")
    qtbot.keyClicks(named(page, "What about boss?", QPlainTextEdit), "Mrs Lind")
    page._desk.flush()
    click(qtbot, page._desk.no_answer, "would rather not say", QRadioButton)
    assert value(app, talk, "boss") == ""
    qtbot.waitUntil(lambda: named(page, "What about boss?", QPlainTextEdit).toPlainText() == "")


# --- each kind ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words", "given"),
    [("paid", "Yes", "yes"), ("paid", "No", "no"), ("way", "Bike", "bike")],
)
def test_one_of_a_few_is_chosen_at_a_touch_and_taken_back_by_another(
    app, page, talk, qtbot, name, words, given
):
    go_to(qtbot, page, name)
    click(qtbot, page._desk.answer, words, QRadioButton)
    assert value(app, talk, name) == given
    click(qtbot, page._desk.answer, words, QRadioButton)
    assert value(app, talk, name) == ""


def test_several_may_be_true_and_stand_in_the_order_of_the_guide(app, page, talk, qtbot):
    go_to(qtbot, page, "gladly")
    for words in ("Sing", "Cook"):
        click(qtbot, page, words, QCheckBox)
    assert value(app, talk, "gladly") == "cook\nsing"


@pytest.mark.parametrize(
    ("name", "kind", "typed", "given"),
    [
        ("since", QLineEdit, "1.3.2025", "2025-03-01"),
        ("since", QLineEdit, "spring", "spring"),
        ("hours", QLineEdit, "12", "12"),
        ("boss", QPlainTextEdit, "Mrs Lind", "Mrs Lind"),
        ("story", QPlainTextEdit, "It began in May.", "It began in May."),
    ],
)
def test_what_is_typed_is_kept_within_half_a_second_and_stands_there_again(
    app, page, opened, talk, qtbot, name, kind, typed, given
):
    go_to(qtbot, page, name)
    qtbot.keyClicks(named(page, f"What about {name}?", kind), typed)
    qtbot.waitUntil(lambda: value(app, talk, name) == given, timeout=700)
    page.leave()
    again = named(opened(talk), f"What about {name}?", kind)
    shown = again.text() if kind is QLineEdit else again.toPlainText()
    assert shown in (typed, given)


def test_a_long_text_has_room_for_several_lines(page, qtbot):
    go_to(qtbot, page, "boss")
    short = named(page, "What about boss?", QPlainTextEdit).height()
    go_to(qtbot, page, "story")
    assert named(page, "What about story?", QPlainTextEdit).height() > 2 * short


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("a lot", "Please write a number here, for example 12."),
        ("41", "Please write a number from 2 to 40."),
        ("1", "Please write a number from 2 to 40."),
        ("7", "This goes in steps of 2."),
        ("1e999", "Please write a number here, for example 12."),
    ],
)
def test_a_number_that_does_not_fit_stays_with_a_sentence(app, page, talk, qtbot, typed, problem):
    go_to(qtbot, page, "hours")
    line = named(page, "What about hours?", QLineEdit)
    line.setFocus()
    qtbot.keyClicks(line, typed)
    assert problem not in seen_in(page)
    composer(page).setFocus()
    assert problem in seen_in(page)
    assert line.text() == typed
    assert value(app, talk, "hours") == typed
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "8,0")
    composer(page).setFocus()
    assert value(app, talk, "hours") == "8"
    assert problem not in seen_in(page)


@pytest.mark.parametrize(
    ("name", "kind", "point", "low", "high"),
    [
        ("strength", RatingScale, 10, "not at all", "very"),
        ("mood", RatingScale, 4, "gloomy", "sunny"),
        ("smile", FaceScale, 5, "not at all", "very"),
    ],
)
def test_a_scale_has_its_own_points_and_words(
    app, page, opened, talk, qtbot, name, kind, point, low, high
):
    go_to(qtbot, page, name)
    scale = page._desk.answer.findChild(kind)
    assert {low, high} <= seen_in(scale)
    assert max(scale._marks) == point
    qtbot.mouseClick(scale._marks[point], LEFT)
    assert value(app, talk, name) == str(point)
    page.leave()
    assert opened(talk)._desk.answer.findChild(kind).value() == point


# --- last time ---------------------------------------------------------------------------------


@pytest.fixture
def second(app, kitchen_guide) -> object:
    """A talk half a year after another one; by now a guide in which the bus is gone."""
    first = begun(app.store, "Tobias Brandt")
    about = kept(app, first).conversation
    said_before(app.store, first, ("week", "monday"), "Mondays are long.")
    for name, given in (
        ("paid", "no"),
        ("way", "bus"),
        ("gladly", "cook\nsing"),
        ("since", "2025-03-01"),
        ("hours", "12.5"),
        ("strength", "7"),
        ("boss", "Mrs Lind"),
    ):
        answers.set_value(app.store, about, name, given, NOW)
    answers.set_missing(app.store, about, "tuesday", Missing.NOT_SAID, NOW)
    talks.finish(app.store, about, NOW)
    new = kitchen(2, ("tram", "bike")).replace('scale = "0-10"', 'scale = "mood"')
    (kitchen_guide / "2.toml").write_text(new, "utf-8")
    return talks.begin(app.store, about.case, guides.guide("kitchen", 2), LATER)


def test_last_times_words_stand_beside_today(page_of_second, qtbot):
    page = page_of_second
    assert "“Mondays are long.”" in seen_in(page._desk.side)
    click(qtbot, page, "Next")
    assert "“Mondays are long.”" not in texts_in(page)
    assert "would rather not say" in seen_in(page._desk.side)


@pytest.fixture
def page_of_second(opened, second):
    return opened(second)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("paid", "No"),
        ("way", "Bus"),
        ("gladly", "Cook, Sing"),
        ("since", "March 1, 2025"),
        ("hours", "12.5"),
        ("strength", "7 (0 = not at all, 10 = very)"),
        ("boss", "Mrs Lind"),
    ],
)
def test_last_times_value_is_told_in_the_words_of_its_own_guide(page_of_second, qtbot, name, words):
    go_to(qtbot, page_of_second, name)
    assert words in seen_in(page_of_second._desk.side)


def test_a_number_on_another_scale_is_not_compared(page_of_second, qtbot):
    note = "on another scale: not comparable"
    go_to(qtbot, page_of_second, "hours")
    assert note not in seen_in(page_of_second._desk.side)
    go_to(qtbot, page_of_second, "strength")
    assert note in seen_in(page_of_second._desk.side)
    scale = page_of_second._desk.answer.findChild(RatingScale)
    assert not any(mark.is_last for mark in scale._marks.values())


# --- forms -------------------------------------------------------------------------------------


def test_the_guide_speaks_as_this_person_likes_it(app, opened):
    page = opened(begun(app.store, "Ida Berg", informal=True))
    seen = seen_in(page)
    assert {"Hey, what about monday?", "Week, hey"} <= seen
    assert "What about monday?" not in texts_in(page)
    plain = opened(begun(app.store, "Ole Berg", plain=True))
    assert "monday: how is it?" in seen_in(plain)
