"""What a coach sees of the speed: a file on the screen, and the next question in a long talk.

Through the real window, offscreen: from the wish until the page has been painted. A figure's "peer"
is its limit. Questions are timed on the first way through the talk and on the second, and in guides
with thousands of questions or of topics.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QApplication

from benchmarks import painted
from caseworker_app import i18n
from caseworker_app.content.sample import sample
from caseworker_app.domain.guide import Guide
from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import TopicState, Voice
from caseworker_app.services import answers, guides, people, stores, talks
from caseworker_app.services import sample as samples
from caseworker_app.settings import Settings
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.passphrases import FLOOR
from ui import theme
from ui.background import Background
from ui.context import App
from ui.main_window import MainWindow
from ui.page import Route
from ui.pages.conversation_page import ConversationPage

PASSPHRASE = "fuenf ruhige worte am tisch"  # noqa: S105
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = "Ich möchte wieder mit den Händen arbeiten und draußen sein, am liebsten im Garten."
ANSWERS, THOUSANDS = 500, 2000
ROUNDS = 10
HEAD = """
id = "{id}"
version = 1
languages = ["de"]
title.de = "Sehr lang"
purpose.de = "Um zu sehen, ob es geht."
"""
SECTION = """
[[sections]]
id = "topic-{number}"
pictogram = "L04_work"
domains = ["L04"]
title.de = "Arbeit und Beschäftigung {number}"
"""
QUESTION = """
[[sections.questions]]
id = "question-{number}"
text.de = "Wie sieht ein guter Arbeitstag für Sie aus, und was gehört dazu? {number}"
"""
REST = 300  # milliseconds on each page
_taken = partial(painted.taken, rest=REST)
"""Milliseconds on each page. A hand needs as long for the next key, and the program gets ready."""


def run() -> list[dict[str, Any]]:
    """All figures of this file."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "default.warning=false"  # it cannot hint sizes, and says so
    running = QApplication.instance()
    qt = running if isinstance(running, QApplication) else theme.application()
    i18n.use("de")
    theme.apply(qt, theme.Theme())
    with tempfile.TemporaryDirectory() as folder:
        store, cases = _store(Path(folder) / "store")
        background = Background()
        window = MainWindow(App(store, Settings(language="de"), lambda: NOW, background))
        window.resize(1280, 800)
        window.show()
        try:
            return [
                _open_case(window, cases),
                *_questions(window, store, cases[0]),
                *_thousands(window, store, "questions", _one_topic()),
                *_thousands(window, store, "topics", _one_question_each()),
            ]
        finally:
            window.close()
            background.close()
            store.close()


def _store(folder: Path) -> tuple[Store, list[UUID]]:
    persons = sample("de")
    store, _ = stores.create(folder, samples.profile_of(persons), PASSPHRASE, NOW, cost=FLOOR)
    samples.fill(store, persons, NOW)
    return store, [line.case for line in people.lines(store, NOW)]


def _open_case(window: MainWindow, cases: list[UUID]) -> dict[str, Any]:
    """From the list of people to a file of the sample, all of them in turns."""
    taken = []
    for number in range(ROUNDS + 1):
        for case in cases:
            _taken(window, lambda: window.go(Route("people")))
            took = _taken(window, lambda case=case: window.go(Route("case", case)))
            if number:
                taken.append(took)
    return painted.figure("a case on the screen, p95", taken, 50)


def _questions(window: MainWindow, store: Store, case: UUID) -> list[dict[str, Any]]:
    """All questions of the longest guide one after the other, then back through its topics."""
    talk, places = _answered(store, case, guides.find(store, "ganzes-leben", 1))
    _taken(window, lambda: window.go(Route("talk", case, talk)))
    page = window.page
    assert isinstance(page, ConversationPage)
    go_on, topic = page._go_on, partial(page._step_topic, -1)  # noqa: SLF001 - what the keys call
    figures = []
    for way in ("first", "second"):
        taken = [_taken(window, go_on) for _ in places[1:]]
        figures.append(
            painted.figure(f"the next question, {ANSWERS} answers, {way} way, p95", taken, 16)
        )
        taken = [_taken(window, topic) for _ in page._talk.asked.sections[1:]]  # noqa: SLF001
    return [*figures, painted.figure(f"another topic, {ANSWERS} answers, p95", taken, 16)]


def _thousands(window: MainWindow, store: Store, of: str, source: str) -> list[dict[str, Any]]:
    """A guide that nobody would write, but somebody might bring along."""
    case = people.open_file(store, Person(id=store.id, case=store.id, given_name="Wim"), "", NOW)
    talk, _places = _answered(store, case, guides.keep(store, source, NOW))
    opened = []
    for _round in range(ROUNDS):
        _taken(window, lambda: window.go(Route("case", case)))
        opened.append(_taken(window, lambda: window.go(Route("talk", case, talk))))
    page = window.page
    assert isinstance(page, ConversationPage)
    moved = [_taken(window, page._go_on) for _ in range(5 * ROUNDS)]  # noqa: SLF001
    return [
        painted.figure(f"a talk of {THOUSANDS} {of} opened, p95", opened, 300),
        painted.figure(f"the next of {THOUSANDS} {of}, p95", moved, 16),
    ]


def _answered(store: Store, case: UUID, guide: Guide) -> tuple[UUID, list[tuple[str, str]]]:
    """A talk with many answers, in which every topic may be talked about."""
    talk = talks.begin(store, case, guide, NOW)
    about = talks.open_talk(store, talk).conversation
    for section in guide.sections:
        if section.sensitive:
            answers.set_topic(store, about, section.id, TopicState.PERMITTED, NOW)
    places = [(one.id, question.id) for one in guide.sections for question in one.questions]
    for number in range(ANSWERS):
        said = (Voice.PARTICIPANT, "", f"{WORDS} {number}")
        answers.add_words(store, about, places[number % len(places)], said, NOW)
    return talk, places


def _one_topic() -> str:
    """A guide with thousands of questions in one topic."""
    return HEAD.format(id="one-topic") + SECTION.format(number=0) + _asked(range(THOUSANDS))


def _one_question_each() -> str:
    """A guide with thousands of topics."""
    topics = (SECTION.format(number=n) + _asked(range(n, n + 1)) for n in range(THOUSANDS))
    return HEAD.format(id="many-topics") + "".join(topics)


def _asked(numbers: range) -> str:
    return "".join(QUESTION.format(number=number) for number in numbers)


if __name__ == "__main__":
    for figure in run():
        print(figure)
