"""Whatever a member with good keys wrote into a case, every page of it opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import ui  # noqa: F401  cures None on Python 3.11 before anything else of Qt is used
from caseworker_app.domain.changes import Change, Edit, Header
from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.talk import Conversation
from caseworker_app.services import goals, people, sample
from caseworker_app.settings import Settings
from caseworker_app.store import projection
from tests.builders import NOW
from ui.background import Background
from ui.context import App
from ui.main_window import MainWindow
from ui.page import Route

OF_A_CASE = (
    "case", "person", "goals", "papers", "plan", "prepare", "read", "talks", "disputes", "sharing",
)  # fmt: skip
OF_A_TALK = ("talk", "summary", "writeup", "talk_paper")
OF_ALL = ("today", "people", "agreements", "exchange", "settings")
LONG = "wort " * 500
WORSE = (
    (None, -1, "", b"", [], "0001-01-03", "0001-01-03T00:00:00+00:00"),
    (True, 2**31 - 1, "\0", bytes(64), {}, "9998-12-31", "9998-12-31T23:59:59.999+00:00"),
    (0, 2**64 - 1, LONG, b"\xff" * 64, [[]], "9999-12-31", "2026-01-01T00:00:00"),
    (0.5, -(2**31), "\u202e%s{0}<b>&x;\x1b\uffff", b"\x80", None, "2026-11-30",
     "2026-11-30T09:00:00+14:00"),
    (float("nan"), 7, "../../../etc/passwd", bytes(63), None, "x" * 16,
     "0001-01-01T00:00:00+23:59"),
)  # fmt: skip


@pytest.fixture
def program(tmp_path: Path, qapp: QApplication) -> Iterator[App]:
    app = App(sample.make(tmp_path / "sample", "de", NOW), Settings(), lambda: NOW, Background())
    yield app
    app.background.close()


def harm(app: App, case: UUID, values: tuple[Any, ...], clock: int) -> None:
    """All fields of all that is in the case get one of these values, each value its turn."""
    number = 0
    with app.store.changing(NOW) as changing:
        for kind in KINDS:
            rows = changing.connection.exec_driver_sql(
                f"SELECT id FROM {kind} WHERE case_id = ?", (case.bytes,)
            ).fetchall()
            for value_id in [UUID(bytes=row[0]) for row in rows] + [uuid4()]:
                edits = []
                for name in projection.COLUMNS[kind]:
                    if name in ("removed", "conversation", "goal", "guide", "guide_version"):
                        continue
                    for value in values:
                        number += 1
                        header = Header(
                            app.store.id, case, uuid4(), uuid4(), 1, b"", clock + number, 3, 1
                        )
                        edits.append((header, Edit(kind, value_id, name, value)))
                projection.apply(changing.connection, [Change(h, (e,)) for h, e in edits])


def open_all(window: MainWindow, app: App, case: UUID, talks: list[UUID]) -> None:
    routes = [Route(name) for name in OF_ALL] + [Route(name, case) for name in OF_A_CASE]
    routes += [Route(name, case, talk) for name in OF_A_TALK for talk in talks]
    for route in routes:
        window.go(route)
        QApplication.processEvents()
        assert window.route.page in (route.page, "taken"), route
        assert window.page is not None


def test_every_page_of_a_harmed_case_opens(program: App, qtbot: QtBot) -> None:
    case = people.lines(program.store, NOW)[0].case
    with program.store.reading() as reading:
        talks = [talk.id for talk in reading.all(Conversation, case=case)]
    window = MainWindow(program, ())
    qtbot.addWidget(window)
    window.show()
    for number, values in enumerate(WORSE):
        harm(program, case, values, clock=(1 << 62) + (number << 40))
        open_all(window, program, case, talks[:1])
        goals.add_goal(program.store, case, "danach", "", NOW)
