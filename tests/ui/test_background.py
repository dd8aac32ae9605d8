"""One worker: results come back on the Qt thread, in order, to whoever is still there."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

import ui.background
from caseworker_app.errors import DiskFull
from ui.background import Background


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    worker = Background()
    yield worker
    worker.close()


def test_work_is_done_elsewhere_and_told_on_the_qt_thread(background: Background, qtbot: QtBot):
    owner, seen = QObject(), []
    background.run(
        owner,
        work=threading.get_ident,
        done=lambda worker: seen.append((worker, QThread.currentThread() is owner.thread())),
    )
    assert background.busy()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1]
    assert not background.busy()


def test_work_is_done_in_the_order_it_was_asked_for(background: Background, qtbot: QtBot):
    owner, seen = QObject(), []
    for number in range(5):
        background.run(owner, work=lambda number=number: number, done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 5)
    assert seen == [0, 1, 2, 3, 4]


def test_a_known_trouble_goes_to_failed(background: Background, qtbot: QtBot):
    owner, done, failed = QObject(), [], []

    def work() -> None:
        raise DiskFull

    background.run(owner, work, done.append, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].code == "disk-full"
    assert done == []


def test_a_bug_goes_to_the_crash_hook(
    background: Background, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    seen = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _problem, _trace: seen.append(kind))
    background.run(QObject(), lambda: 1 // 0, lambda _result: None, lambda _error: None)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [ZeroDivisionError]


def test_nobody_is_told_when_the_owner_has_gone(background: Background, qtbot: QtBot):
    gone, stays, seen = QObject(), QObject(), []
    may_go_on = threading.Event()
    background.run(gone, lambda: may_go_on.wait(5), lambda _result: seen.append("gone"))
    delete(gone)
    may_go_on.set()
    background.run(stays, lambda: None, lambda _result: seen.append("stays"))
    qtbot.waitUntil(lambda: "stays" in seen)
    assert seen == ["stays"]


def test_closing_ends_the_thread_and_drops_what_waits(qapp: QApplication, qtbot: QtBot):
    worker, owner, done = Background(), QObject(), []
    may_go_on = threading.Event()
    worker.run(owner, lambda: may_go_on.wait(5), done.append)
    worker.run(owner, lambda: done.append("never"), done.append)
    may_go_on.set()
    worker.close()
    qtbot.waitUntil(lambda: not worker.busy())
    assert "never" not in done
    assert not [one for one in threading.enumerate() if one.name.startswith("background")]


def test_the_line_to_the_central_store_does_not_hold_up_the_coach(
    background: Background, qtbot: QtBot
):
    owner, seen = QObject(), []
    may_go_on = threading.Event()
    background.line.run(owner, lambda: may_go_on.wait(5), lambda _result: seen.append("line"))
    background.run(owner, lambda: None, lambda _result: seen.append("coach"))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["coach"]
    assert background.line.busy()
    assert not background.busy()
    may_go_on.set()
    qtbot.waitUntil(lambda: not background.line.busy())
    assert seen == ["coach", "line"]


def test_whoever_is_at_work_on_the_line_is_asked_to_stop(qapp: QApplication):
    worker, stopped = Background(), threading.Event()

    def work() -> None:
        while not worker.line.closing():
            stopped.wait(0.001)
        stopped.set()

    worker.line.run(QObject(), work, lambda _result: None)
    worker.close()
    assert stopped.is_set()
    assert gc.isenabled()


def test_a_line_that_does_not_stop_is_not_waited_for(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ui.background, "PATIENCE", 0.05)
    worker, begun, may_go_on = Background(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        may_go_on.wait(10)

    worker.line.run(QObject(), work, lambda _result: None)
    begun.wait(5)
    worker.close()
    assert not gc.isenabled()
    may_go_on.set()
    gc.enable()
