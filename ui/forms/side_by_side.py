"""Where statements stand: below each other, or the participant's left and those of others right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect

Height = Callable[[int], int]
"""How high a statement is at a given width."""

Measured = Sequence[tuple[bool, Height]]
"""Statements in the order said: whether it is the participant's, and its height."""


def placed(said: Measured, width: int, *, below: int, beside: int, narrowest: int) -> list[QRect]:
    """A place for each statement, with a gap of `below` and, between two columns, of `beside`.

    Two columns need `narrowest` each, and both sides. What was said later never begins above what
    was said before, so that an answer to it stands beside it.
    """
    if len({own for own, _height in said}) < 2 or width < 2 * narrowest + beside:
        column, left = width, {True: 0, False: 0}
    else:
        column = (width - beside) // 2
        left = {True: 0, False: width - column}
    free = dict.fromkeys(left.values(), 0)
    places: list[QRect] = []
    top = 0
    for own, height in said:
        top = max(top, free[left[own]])
        places.append(QRect(left[own], top, column, height(column)))
        free[left[own]] = top + places[-1].height() + below
    return places
