"""Hundreds of answers, and guides with thousands of questions or topics: it simply works."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.talk import Voice
from caseworker_app.services import answers, guides, talks
from tests.builders import NOW, a_case
from tests.ui.conversation.talking import (
    CTRL,
    HEAD,
    LEFT,
    asked,
    boxes,
    click,
    kept,
    question,
    section,
    topic,
    topics,
)
from ui.forms.prompt_row import PromptRow
from ui.forms.topic_list import TopicRow

MANY = 2000


def answered(app, talk, count: int = 500) -> None:
    about = kept(app, talk).conversation
    every = [(s.id, q.id) for s in kept(app, talk).guide.sections for q in s.questions]
    for number in range(count):
        said = (Voice.PARTICIPANT, "", f"Sentence {number} with a few words")
        answers.add_words(app.store, about, every[number % len(every)], said, NOW)


def prompts(page) -> list[str]:
    return [row.words() for row in page.findChildren(PromptRow) if row.isVisible()]


def moves(qtbot, steps) -> float:
    """Seconds that a move takes, painted; the middle one of several."""
    taken = []
    for step in steps:
        qtbot.wait(80)
        start = perf_counter()
        step()
        QApplication.processEvents()
        taken.append(perf_counter() - start)
    return median(taken)


def test_moving_with_500_answers_takes_about_a_frame(app, opened, talk, qtbot):
    answered(app, talk)
    page = opened(talk)
    assert moves(qtbot, [page._go_on, page._go_back] * 4) < 0.05
    assert asked(page) == "monday"
    assert len(boxes(page)) > 20


def test_moving_makes_no_new_boxes(app, opened, talk, qtbot):
    answered(app, talk, 100)
    page = opened(talk)
    qtbot.wait(600)
    made = len(page._desk.statements._boxes)
    for _step in range(6):
        page._go_on()
    assert len(page._desk.statements._boxes) == made


@pytest.fixture
def one_topic(app):
    """A talk with thousands of questions in one topic."""
    text = HEAD.format(version=1).replace("kitchen", "one") + section("all", "L04_work", "L04")
    text += "".join(question(f"q{number}") for number in range(MANY))
    return talks.begin(app.store, a_case(app.store), guides.keep(app.store, text, NOW), NOW)


@pytest.fixture
def many_topics(app):
    """A talk with thousands of topics."""
    text = HEAD.format(version=1).replace("kitchen", "many")
    text += "".join(
        section(f"t{number}", "L04_work", "L04") + question(f"q{number}") for number in range(MANY)
    )
    return talks.begin(app.store, a_case(app.store), guides.keep(app.store, text, NOW), NOW)


def test_thousands_of_questions_are_shown_in_parts(app, opened, one_topic, qtbot):
    answered(app, one_topic, 20)
    start = perf_counter()
    page = opened(one_topic)
    assert perf_counter() - start < 2
    assert prompts(page) == [f"What about q{number}?" for number in range(24)]
    assert moves(qtbot, [page._go_on] * 8) < 0.05
    click(qtbot, page, "1,976 more questions")
    assert prompts(page)[0] == "What about q24?"
    click(qtbot, page, "What about q30?")
    assert asked(page) == "q30"
    click(qtbot, page, "24 questions before")
    assert prompts(page)[0] == "What about q0?"
    assert len(page.findChildren(PromptRow)) == 24


def test_thousands_of_topics_are_shown_in_parts(app, opened, many_topics, qtbot):
    answered(app, many_topics)
    start = perf_counter()
    page = opened(many_topics)
    assert perf_counter() - start < 2
    assert len(topics(page)) == 40
    assert moves(qtbot, [lambda: page._step_topic(1)] * 8) < 0.05
    click(qtbot, page, "1,960 more topics")
    assert not any(row.isChecked() for row in page.findChildren(TopicRow) if row.isVisible())
    qtbot.mouseClick(topic(page, "T45"), LEFT)
    assert asked(page) == "q45"
    assert topic(page, "T45").isChecked()
    qtbot.keyClick(page, Qt.Key.Key_Up, CTRL)
    assert topic(page, "T44").isChecked()
    assert len(page.findChildren(TopicRow)) == 40


def test_one_of_thousands_is_found_by_typing(opened, one_topic, qtbot):
    page = opened(one_topic)
    qtbot.keyClick(page, Qt.Key.Key_J, CTRL)
    assert page._jump._list.count() == 60
    qtbot.keyClicks(page._jump._edit, "q1987")
    assert page._jump._list.count() == 1
    qtbot.keyClick(page._jump._edit, Qt.Key.Key_Return)
    assert asked(page) == "q1987"
    assert "What about q1987?" in prompts(page)
