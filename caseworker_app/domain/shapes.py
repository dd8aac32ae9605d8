"""What a drawing is made of: a few plain shapes that a screen and a sheet of paper paint alike.

Lengths are points; y grows downwards. A colour is the name of a token of the look, "" is none. A
`role` says what a shape stands for, so that nothing has to be guessed from its colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Point = tuple[float, float]
Side = Literal["left", "middle", "right"]


class Role(StrEnum):
    """What a shape stands for."""

    GROUND = "ground"
    CHANGE = "change"
    LAST = "last"
    NOW = "now"
    IMPORTANCE = "importance"
    STRENGTH = "strength"
    SIGN = "sign"
    NAME = "name"
    VALUE = "value"
    NOTE = "note"
    END = "end"
    LEGEND = "legend"


@dataclass(frozen=True, slots=True, repr=False)
class Stroke:
    """A straight line."""

    start: Point
    end: Point
    weight: float
    colour: str
    role: Role


@dataclass(frozen=True, slots=True, repr=False)
class Circle:
    """A dot, filled or hollow."""

    centre: Point
    radius: float
    weight: float
    line: str
    fill: str
    role: Role


@dataclass(frozen=True, slots=True, repr=False)
class Polygon:
    """A closed shape with corners: a diamond, a star."""

    corners: tuple[Point, ...]
    weight: float
    line: str
    fill: str
    role: Role


@dataclass(frozen=True, slots=True, repr=False)
class Curve:
    """An arc from a point to a point, drawn towards a third: a mouth."""

    start: Point
    towards: Point
    end: Point
    weight: float
    colour: str
    role: Role


@dataclass(frozen=True, slots=True, repr=False)
class Pill:
    """A rounded ground for a few words."""

    corner: Point
    width: float
    height: float
    line: str
    fill: str
    role: Role


@dataclass(frozen=True, slots=True, repr=False)
class Run:
    """A few words on one line. `at` is the middle of their height, at their `side`."""

    at: Point
    words: str
    room: float
    role: Role
    size: float = 16.0
    weight: int = 400
    colour: str = "text"
    side: Side = "left"


@dataclass(frozen=True, slots=True, repr=False)
class Sign:
    """A pictogram; `corner` is its upper left one."""

    corner: Point
    size: float
    name: str
    colour: str
    role: Role


Shape = Stroke | Circle | Polygon | Curve | Pill | Run | Sign

_CLASSES = (
    (0.26, "'.,jil’|!"),
    (0.36, " ()ftr-I/„“”:;"),
    (0.5, "1yvzscxk–J"),
    (0.72, "wGHNUODCAKXÜÖÄQ"),
    (0.87, "MmW"),
)
_WIDTHS = {letter: width for width, letters in _CLASSES for letter in letters}
_OTHERS = 0.6


def reach(words: str, size: float) -> float:
    """About how wide words are. A guess on the safe side: a pure rule knows no typeface."""
    return size * sum(_WIDTHS.get(letter, _OTHERS) for letter in words)
