"""Keeping while typing: after a pause, and for whoever never pauses."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.forms.typing_pause import PAUSE, TypingPause


@pytest.fixture
def owner(qapp) -> QObject:
    return QObject()


def kept(pause: TypingPause) -> list[float]:
    """When it said `over`, in milliseconds from now."""
    times: list[float] = []
    start = perf_counter()
    pause.over.connect(lambda: times.append((perf_counter() - start) * 1000))
    return times


def type_on(qtbot: QtBot, pause: TypingPause, milliseconds: int) -> None:
    start = perf_counter()
    while (perf_counter() - start) * 1000 < milliseconds:
        pause.begin()
        qtbot.wait(40)


def test_whoever_types_on_is_kept_every_half_second(owner: QObject, qtbot: QtBot):
    pause = TypingPause(owner, steady=True)
    times = kept(pause)
    type_on(qtbot, pause, 3 * PAUSE)
    assert len(times) >= 2
    assert pause.is_typing()
    with qtbot.waitSignal(pause.rested):
        pass
    count = len(times)
    qtbot.wait(PAUSE)
    assert len(times) == count


def test_what_is_not_steady_waits_for_the_pause(owner: QObject, qtbot: QtBot):
    pause = TypingPause(owner)
    times = kept(pause)
    type_on(qtbot, pause, 2 * PAUSE)
    assert times == []
    with qtbot.waitSignal(pause.over):
        pass


def test_leaving_keeps_once_and_at_once(owner: QObject, qtbot: QtBot):
    pause = TypingPause(owner, steady=True)
    times = kept(pause)
    pause.begin()
    pause.flush()
    pause.flush()
    qtbot.wait(PAUSE + 100)
    assert len(times) == 1
    assert times[0] < 100
    assert not pause.is_typing()


def test_what_is_stopped_is_not_kept(owner: QObject, qtbot: QtBot):
    pause = TypingPause(owner, steady=True)
    times = kept(pause)
    pause.begin()
    pause.stop()
    pause.flush()
    qtbot.wait(PAUSE + 100)
    assert times == []
