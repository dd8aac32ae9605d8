"""The summary of a conversation: opening it, going through its rows, and setting it on paper.

Through the real window, offscreen, in a file with ten conversations and 500 answers in the last. A
figure's "peer" is its limit; a paper may take as long as a plan would for each of its pages.
"""

from __future__ import annotations

import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks import painted
from caseworker_app import i18n
from caseworker_app.content.sample import sample
from caseworker_app.domain.guide import Guide
from caseworker_app.domain.talk import Voice
from caseworker_app.domain.talk_choice import PaperChoice
from caseworker_app.services import answers, guides, people, stores, talk_papers, talks
from caseworker_app.services import sample as samples
from caseworker_app.settings import Settings
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.passphrases import FLOOR
from ui import theme
from ui.background import Background
from ui.context import App
from ui.main_window import MainWindow
from ui.page import Route
from ui.pages.summary_page import SummaryPage

PASSPHRASE = "fuenf ruhige worte am tisch"  # noqa: S105
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORDS = "Ich möchte wieder mit den Händen arbeiten und draußen sein, am liebsten im Garten."
GUIDE = "ganzes-leben"
TALKS, ANSWERS = 10, 500
ROUNDS = 20
REST = 60  # milliseconds on each page
_taken = partial(painted.taken, rest=REST)
PAGE_OF_A_PLAN = 50
"""Milliseconds: a plan of three pages may take 150."""


def run() -> list[dict[str, Any]]:
    """All figures of this file."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "default.warning=false"  # it cannot hint sizes, and says so
    running = QApplication.instance()
    qt = running if isinstance(running, QApplication) else theme.application()
    i18n.use("de")
    theme.apply(qt, theme.Theme())
    with tempfile.TemporaryDirectory() as folder:
        store, case, talk = _store(Path(folder) / "store")
        background = Background()
        window = MainWindow(App(store, Settings(language="de"), lambda: NOW, background))
        window.resize(1280, 800)
        window.show()
        try:
            return [*_picture(window, case, talk), _paper(store, talk)]
        finally:
            window.close()
            background.close()
            store.close()


def _store(folder: Path) -> tuple[Store, UUID, UUID]:
    persons = sample("de")
    store, _ = stores.create(folder, samples.profile_of(persons), PASSPHRASE, NOW, cost=FLOOR)
    samples.fill(store, persons, NOW)
    case = people.lines(store, NOW)[0].case
    guide = next(one for one in guides.offered(store) if one.id == GUIDE)
    ids = [_held(store, case, guide, NOW - timedelta(days=40 * n)) for n in range(TALKS, 0, -1)]
    last = talks.open_talk(store, ids[-1])
    places = [(one.id, question.id) for one in guide.sections for question in one.questions]
    for number in range(ANSWERS):
        said = (Voice.PARTICIPANT if number % 3 else Voice.THIRD, "", f"{WORDS} {number}")
        answers.add_words(store, last.conversation, places[number % len(places)], said, NOW)
    return store, case, ids[-1]


def _held(store: Store, case: UUID, guide: Guide, at: datetime) -> UUID:
    talk = talks.open_talk(store, talks.begin(store, case, guide, at)).conversation
    for number, domain in enumerate(guide.domains):
        point = (number + at.day) % 11
        answers.rate(store, talk, domain, at, satisfaction=point, importance=10 - point)
    talks.finish(store, talk, at + timedelta(hours=1))
    return talk.id


def _picture(window: MainWindow, case: UUID, talk: UUID) -> list[dict[str, Any]]:
    """Opening the page, then every row of it by the keyboard."""
    opened = []
    for number in range(ROUNDS + 1):
        _taken(window, lambda: window.go(Route("goals", case)))
        took = _taken(window, lambda: window.go(Route("summary", case, talk)))
        if number:
            opened.append(took)
    page = window.page
    assert isinstance(page, SummaryPage)
    picture = page.view.picture
    picture.setFocus()
    rows = len(picture.drawn().rows)
    moved = []
    for _round in range(3):
        _taken(window, lambda: QTest.keyClick(picture, Qt.Key.Key_Home))
        moved += [
            _taken(window, lambda: QTest.keyClick(picture, Qt.Key.Key_Down))
            for _row in range(rows - 1)
        ]
    return [
        painted.figure(f"the picture on the screen, {ANSWERS} answers, p95", opened, 50),
        painted.figure("the next row of the picture, p95", moved, 16),
    ]


def _paper(store: Store, talk: UUID) -> dict[str, Any]:
    choice = PaperChoice("de", for_one=True, notes=True)
    pages = talk_papers.lay(store, talk, choice, NOW).pdf.count(b"/Type /Page\n")
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        talk_papers.lay(store, talk, choice, NOW)
        taken.append((time.perf_counter() - begun) * 1000)
    return painted.figure(f"a conversation on {pages} pages, p95", taken, PAGE_OF_A_PLAN * pages)


if __name__ == "__main__":
    for figure in run():
        print(figure)
