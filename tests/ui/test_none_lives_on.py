"""PySide6 6.12 takes a reference to None away with each call on Python 3.11; `ui` gives more."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

import ui


def test_very_many_calls_that_return_nothing_do_not_end_the_program():
    assert ui.__doc__
    one = QObject()
    for _time in range(20_000):
        one.setObjectName("x")
    if sys.version_info < (3, 12):
        assert sys.getrefcount(None) > 1 << 50
