"""Where a conversation stands: any order, one key to a topic, and questions that open and hide."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QRadioButton

from caseworker_app.domain.talk import TopicState
from caseworker_app.services import answers
from tests.builders import NOW
from tests.ui.conversation.talking import (
    ALT,
    CTRL,
    LEFT,
    asked,
    click,
    composer,
    go_to,
    kept,
    named,
    say,
    seen_in,
    texts_in,
    topic,
    topics,
    write,
)

# --- any order ---------------------------------------------------------------------------------


def test_a_conversation_goes_on_exactly_where_it_was_left(app, page, opened, talk, qtbot):
    qtbot.mouseClick(topic(page, "Work"), LEFT)
    click(qtbot, page, "Next")
    page.leave()
    again = opened(talk)
    assert (again._talk.section, again._talk.question) == ("work", "paid")
    assert topic(again, "Work").isChecked()


def test_where_it_stands_is_written_down_a_moment_later(app, page, talk, qtbot):
    click(qtbot, page, "Next")
    qtbot.waitUntil(lambda: kept(app, talk).question == "tuesday", timeout=500)


def test_ctrl_left_and_right_pass_words_in_a_text_and_questions_in_an_empty_composer(page, qtbot):
    qtbot.keyClick(composer(page), Qt.Key.Key_Right, CTRL)
    assert asked(page) == "tuesday"
    qtbot.keyClick(composer(page), Qt.Key.Key_Left, CTRL)
    assert asked(page) == "monday"
    qtbot.keyClicks(composer(page), "two words")
    qtbot.keyClick(composer(page), Qt.Key.Key_Left, CTRL)
    assert (asked(page), composer(page).textCursor().position()) == ("monday", 4)
    qtbot.keyClick(composer(page), Qt.Key.Key_PageDown, CTRL)
    assert asked(page) == "tuesday"


def test_ctrl_up_and_down_go_through_the_topics_and_back_to_the_question_left_there(page, qtbot):
    click(qtbot, page, "Next")
    qtbot.keyClick(page, Qt.Key.Key_Down, CTRL)
    assert asked(page) == "place"
    qtbot.keyClick(page, Qt.Key.Key_Up, CTRL)
    assert asked(page) == "tuesday"


@pytest.mark.parametrize(
    ("key", "question"),
    [(Qt.Key.Key_2, "place"), (Qt.Key.Key_4, "step"), (Qt.Key.Key_9, "monday")],
)
def test_alt_and_a_digit_lead_to_a_topic_also_while_typing(page, qtbot, key, question):
    qtbot.keyClicks(composer(page), "In the middle of a sent")
    qtbot.keyClick(composer(page), key, ALT)
    assert asked(page) == question


def test_ctrl_j_jumps_to_what_is_typed(page, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_J, CTRL)
    line = named(page, "Jump to a topic or a question", QLineEdit)
    qtbot.keyClicks(line, "abo boss")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert asked(page) == "boss"
    assert not line.isVisible()
    assert page.focusWidget() is composer(page)


def test_a_prompt_leads_to_its_question(page, qtbot):
    click(qtbot, page, "What about sunday?")
    assert asked(page) == "sunday"


def test_words_left_in_the_composer_wait_at_their_question(app, page, talk, qtbot):
    qtbot.keyClicks(composer(page), "Half a sen")
    click(qtbot, page, "Next")
    assert composer(page).toPlainText() == ""
    qtbot.keyClick(composer(page), Qt.Key.Key_Left, CTRL)
    assert composer(page).toPlainText() == "Half a sen"
    assert kept(app, talk).draft("monday").words == "Half a sen"


def test_parking_a_topic_goes_on_and_passes_it_over(app, page, talk, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_B, CTRL)
    assert asked(page) == "place"
    assert kept(app, talk).topic("week") is TopicState.PARKED
    assert topic(page, "Week").accessibleName() == "Week, parked"
    qtbot.mouseClick(topic(page, "Week"), LEFT)
    click(qtbot, page, "Take up again")
    assert kept(app, talk).topic("week") is TopicState.OPEN


# --- prompts out of sight ----------------------------------------------------------------------


def test_a_prompt_is_put_out_of_sight_by_a_key_and_comes_back_at_a_touch(app, page, talk, qtbot):
    qtbot.keyClick(named(page, "What about tuesday?"), Qt.Key.Key_Delete)
    assert kept(app, talk).put_away == {"tuesday"}
    assert "What about tuesday?" not in seen_in(page._desk.side)
    click(qtbot, page, "Next")
    assert asked(page) == "sunday"
    assert "Question 2 of 2" in texts_in(page._desk.head)
    click(qtbot, page, "1 hidden, show")
    assert kept(app, talk).put_away == frozenset()
    assert "What about tuesday?" in seen_in(page._desk.side)


def test_the_question_in_view_can_be_put_out_of_sight_too(app, page, talk, qtbot):
    row = named(page, "What about monday?, asked now")
    qtbot.mouseClick(row, LEFT, pos=row._eye().center())
    assert kept(app, talk).put_away == {"monday"}
    assert asked(page) == "tuesday"


# --- sensitive topics --------------------------------------------------------------------------


def test_a_sensitive_topic_asks_for_permission_first(app, page, talk, qtbot):
    qtbot.mouseClick(topic(page, "Health"), LEFT)
    assert "May I ask you about “Health”? You may say no." in texts_in(page)
    assert not composer(page).isVisible()
    click(qtbot, page, "Yes")
    assert composer(page).isVisible()
    assert kept(app, talk).topic("health") is TopicState.PERMITTED


@pytest.mark.parametrize(
    ("answer", "state"), [("Later", TopicState.PARKED), ("No", TopicState.DECLINED)]
)
def test_later_and_no_are_respected(app, page, talk, qtbot, answer, state):
    qtbot.mouseClick(topic(page, "Health"), LEFT)
    click(qtbot, page, answer)
    assert kept(app, talk).topic("health") is state
    assert asked(page) == "step"
    qtbot.mouseClick(topic(page, "Health"), LEFT)
    assert not composer(page).isVisible()


# --- what an answer opens and hides --------------------------------------------------------------


def prompts(page) -> list[str]:
    return [row.words() for row in page._desk.side.prompts._rows if row.isVisible()]


def found(qtbot, page) -> list[str]:
    """What the jump line offers."""
    qtbot.keyClick(page, Qt.Key.Key_J, CTRL)
    shown = page._jump.findChild(QListWidget)
    words = [shown.item(row).text() for row in range(shown.count())]
    qtbot.keyClick(page._jump._edit, Qt.Key.Key_Escape)
    return words


def test_an_answer_opens_a_question_everywhere_and_says_so_quietly(app, page, talk, qtbot):
    go_to(qtbot, page, "paid")
    assert "What about wage?" not in prompts(page)
    assert "What about wage?" not in found(qtbot, page)
    click(qtbot, page._desk.answer, "Yes", QRadioButton)
    assert asked(page) == "paid"
    assert "1 more question opens." in seen_in(page._desk.answer)
    assert "What about wage?" in prompts(page)
    assert "What about wage?" in found(qtbot, page)
    click(qtbot, page, "Next")
    assert asked(page) == "wage"
    assert "1 more question opens." not in texts_in(page)


def test_what_a_hidden_question_was_answered_comes_back(app, page, talk, qtbot):
    go_to(qtbot, page, "paid")
    click(qtbot, page._desk.answer, "Yes", QRadioButton)
    go_to(qtbot, page, "wage")
    qtbot.keyClicks(named(page, "What about wage?", QLineEdit), "12,5")
    say(qtbot, page, "Not much.")
    go_to(qtbot, page, "paid")
    click(qtbot, page._desk.answer, "No", QRadioButton)
    quiet = "1 question is no longer asked. What was said to it is kept."
    assert quiet in seen_in(page._desk.answer)
    assert "What about wage?" not in prompts(page)
    assert kept(app, talk).answer("wage").value == "12.5"
    click(qtbot, page._desk.answer, "Yes", QRadioButton)
    go_to(qtbot, page, "wage")
    assert named(page, "What about wage?", QLineEdit).text() == "12,5"
    assert [one.words for one in kept(app, talk).said("wage")] == ["Not much."]


def test_a_whole_topic_opens_and_hides_with_an_answer(page, qtbot):
    assert topics(page) == ["Week", "Work", "Health", "Agreeing"]
    go_to(qtbot, page, "boss")
    write(qtbot, page, "Only words")
    assert topics(page) == ["Week", "Work", "Health", "Agreeing"]
    say(qtbot, page, "")
    assert topics(page) == ["Week", "Work", "Health", "Leaving", "Agreeing"]
    qtbot.keyClick(composer(page), Qt.Key.Key_4, ALT)
    assert asked(page) == "notice"


def test_a_question_that_is_hidden_while_it_is_asked_makes_room(app, page, talk, qtbot):
    """Somebody else may have answered: what is being written here is not lost."""
    go_to(qtbot, page, "paid")
    click(qtbot, page._desk.answer, "Yes", QRadioButton)
    go_to(qtbot, page, "wage")
    qtbot.keyClicks(composer(page), "Twelve an hour")
    answers.set_value(app.store, kept(app, talk).conversation, "paid", "no", NOW)
    page.refresh()
    assert asked(page) == "paid"
    assert composer(page).toPlainText() == ""
    assert kept(app, talk).draft("wage").words == "Twelve an hour"
