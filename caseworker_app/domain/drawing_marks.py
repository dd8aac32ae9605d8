"""The marks of a drawing: dots, diamonds, stars and faces, told apart by shape and weight alone."""

from __future__ import annotations

import math
from typing import NamedTuple

from caseworker_app.domain.shapes import Circle, Curve, Point, Polygon, Role, Shape

DIAMOND = 8.0
_AROUND = 2.5
_STAR, _HOLLOW_OF_STAR, _POINTS = 9.5, 4.0, 5


class Sizes(NamedTuple):
    """How large a mark is: now, last time, and faintly on the ground."""

    now: float
    last: float
    faint: float


DOTS = Sizes(now=9.0, last=6.0, faint=0.0)
FACES = Sizes(now=13.0, last=10.0, faint=7.0)


def now(centre: Point) -> Circle:
    """How satisfied somebody is now."""
    return Circle(centre, DOTS.now, 2, "surface", "person", Role.NOW)


def last(centre: Point) -> Circle:
    """How satisfied they were last time."""
    return Circle(centre, DOTS.last, 2, "person", "surface", Role.LAST)


def diamond(centre: Point, size: float = DIAMOND) -> Polygon:
    """How important it is."""
    x, y = centre
    corners = ((x, y - size), (x + size, y), (x, y + size), (x - size, y))
    return Polygon(corners, 2, "text", "surface", Role.IMPORTANCE)


def enclosing(radius: float) -> float:
    """How large a diamond must be to be seen around a dot."""
    return radius * math.sqrt(2) + _AROUND


def star(centre: Point) -> Polygon:
    """A strength."""
    x, y = centre
    corners = []
    for i in range(2 * _POINTS):
        length = _HOLLOW_OF_STAR if i % 2 else _STAR
        turn = math.pi * i / _POINTS
        corners.append((x + length * math.sin(turn), y - length * math.cos(turn)))
    return Polygon(tuple(corners), 1.8, "person", "", Role.STRENGTH)


def face(centre: Point, radius: float, mood: float, role: Role) -> list[Shape]:
    """A face from very bad (-1) to very good (1): filled now, hollow last time, else faint."""
    x, y = centre
    fill = "person" if role is Role.NOW else "surface"
    line = "person" if role in (Role.NOW, Role.LAST) else "line_strong"
    ink = "on_person" if role is Role.NOW else line
    weight = 2.0 if role is Role.LAST else 1.2
    bend = 0.36 * radius * mood
    mouth = y + 0.32 * radius - bend / 2
    eyes = [
        Circle((x + side * 0.3 * radius, y - 0.22 * radius), 0.11 * radius, 0, "", ink, role)
        for side in (-1, 1)
    ]
    smile = Curve(
        (x - 0.42 * radius, mouth),
        (x, mouth + 1.5 * bend),
        (x + 0.42 * radius, mouth),
        max(1.0, 0.1 * radius),
        ink,
        role,
    )
    return [Circle(centre, radius, weight, line, fill, role), *eyes, smile]
