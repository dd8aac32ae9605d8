"""Widgets are taken apart on the Qt thread alone, whoever happens to make the garbage."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from ui.background import Background


class Knot:
    """Something that only the collector of garbage can take apart."""

    def __init__(self) -> None:
        self.itself = self


def many_things() -> list[list[int]]:
    """So many that Python would collect garbage many times over."""
    return [[number] for number in range(50_000)]


def test_the_worker_never_takes_anything_apart(qtbot):
    background, owner = Background(), QObject()
    taken_apart_on: list[int] = []
    weakref.finalize(Knot(), lambda: taken_apart_on.append(threading.get_ident()))
    kept: list[object] = []
    background.run(owner, many_things, kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    assert all(thread == threading.get_ident() for thread in taken_apart_on)

    def is_taken_apart() -> bool:
        kept.append(many_things()[:1000])
        return bool(taken_apart_on)

    qtbot.waitUntil(is_taken_apart, timeout=10_000)
    assert taken_apart_on == [threading.get_ident()]
    background.close()
    assert gc.isenabled()
