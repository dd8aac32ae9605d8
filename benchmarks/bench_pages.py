"""What a coach sees of the speed: a file on the screen, and the next question in a long talk.

Through the real window, offscreen: from the wish until the page has been painted. A figure's "peer"
is its limit. Questions are timed on the first way through the talk and on the second.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from caseworker_app import i18n
from caseworker_app.content import guides
from caseworker_app.content.sample import sample
from caseworker_app.domain.talk import TopicState, Voice
from caseworker_app.services import answers, people, stores, talks
from caseworker_app.services import sample as samples
from caseworker_app.settings import Settings
from caseworker_app.store.store import Store
from caseworker_app.vault.stretching import FLOOR
from ui import theme
from ui.background import Background
from ui.context import App
from ui.main_window import MainWindow
from ui.page import Route
from ui.pages.conversation_page import ConversationPage

PASSPHRASE = "fuenf ruhige worte am tisch"  # noqa: S105
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = "Ich möchte wieder mit den Händen arbeiten und draußen sein, am liebsten im Garten."
ANSWERS = 500
ROUNDS = 10
REST = 300
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
            return [_open_case(window, cases), *_questions(window, store, cases[0])]
        finally:
            window.close()
            background.close()
            store.close()


def _store(folder: Path) -> tuple[Store, list[UUID]]:
    persons = sample("de")
    store, _ = stores.create(folder, samples.profile_of(persons), PASSPHRASE, NOW, cost=FLOOR)
    samples.fill(store, persons, NOW)
    return store, [line.case for line in people.lines(store, NOW)]


def _taken(window: MainWindow, act: Callable[[], object]) -> float:
    """Milliseconds until the page that this leads to is painted; then a coach looks at it."""
    begun = time.perf_counter()
    act()
    QApplication.processEvents()
    took = (time.perf_counter() - begun) * 1000
    QTest.qWait(REST)
    while window.app.background.busy():
        QApplication.processEvents()
    return took


def _open_case(window: MainWindow, cases: list[UUID]) -> dict[str, Any]:
    """From the list of people to a file of the sample, all of them in turns."""
    taken = []
    for number in range(ROUNDS + 1):
        for case in cases:
            _taken(window, lambda: window.go(Route("people")))
            took = _taken(window, lambda case=case: window.go(Route("case", case)))
            if number:
                taken.append(took)
    return _figure("a case on the screen, p95", taken, 50)


def _questions(window: MainWindow, store: Store, case: UUID) -> list[dict[str, Any]]:
    talk = talks.begin(store, case, guides.all_guides()[0], NOW)
    opened = talks.open_talk(store, talk)
    places = [(one.id, question.id) for one in opened.guide.sections for question in one.questions]
    for section in opened.guide.sections:
        answers.set_topic(store, opened.conversation, section.id, TopicState.PERMITTED, NOW)
    for number in range(ANSWERS):
        said = (Voice.PARTICIPANT, "", f"{WORDS} {number}")
        answers.add_words(store, opened.conversation, places[number % len(places)], said, NOW)
    _taken(window, lambda: window.go(Route("talk", case, talk)))
    page = window.page
    assert isinstance(page, ConversationPage)
    step, back = page._go_on, page._step_topic  # noqa: SLF001 - what the keys call
    figures = []
    for way in ("first", "second"):
        taken = [_taken(window, step) for _ in places[1:]]
        figures.append(_figure(f"the next question, {ANSWERS} answers, {way} way, p95", taken, 16))
        for _ in opened.guide.sections:
            _taken(window, lambda: back(-1))
    return figures


def _figure(name: str, taken: list[float], limit: float) -> dict[str, Any]:
    ours = statistics.quantiles(taken, n=20)[-1]
    return {
        "name": name,
        "ours": round(ours, 1),
        "peer": limit,
        "peer_name": f"budget (median {statistics.median(taken):.1f})",
        "ratio": round(ours / limit, 3),
        "unit": "ms",
        "runs": len(taken),
    }


if __name__ == "__main__":
    for figure in run():
        print(figure)
