"""What stands above and below a drawing: what its marks mean, and the ends of its line."""

from __future__ import annotations

from collections.abc import Callable

from caseworker_app.domain import drawing_marks as marks
from caseworker_app.domain.picture import Picture, PictureRow
from caseworker_app.domain.picture_words import PictureWords
from caseworker_app.domain.shapes import Point, Role, Run, Shape, Side, reach

MARGIN = 12.0
_LINE, _BETWEEN, _BELOW = 28.0, 20.0, 8.0
_WORDS = 14.0
_SAMPLE = 2 * marks.DOTS.now
_WORDS_AT = _SAMPLE + 8.0
_END_LINE = 18.0

Shapes = tuple[Shape, ...]


def legend(picture: Picture, words: PictureWords, width: float) -> tuple[Shapes, float]:
    """What the marks mean, as far as they occur, in as many lines as that needs; the height."""
    faces = any(row.scale.faces for row in picture.rows)
    shapes: list[Shape] = []
    x, top = MARGIN, 0.0
    entries = _entries(picture, words)
    for role, said in entries:
        wide = _WORDS_AT + reach(said, _WORDS)
        if x > MARGIN and x + wide > width - MARGIN:
            x, top = MARGIN, top + _LINE
        middle = top + _LINE / 2
        shapes += _sample(role, (x + _SAMPLE / 2, middle), faces=faces)
        at = (x + _WORDS_AT, middle)
        shapes.append(Run(at, said, width - at[0], Role.LEGEND, _WORDS, colour="text_2"))
        x += wide + _BETWEEN
    return tuple(shapes), top + _LINE + _BELOW if entries else 0.0


def ends(words: PictureWords, left: float, right: float, top: float) -> tuple[Shapes, float]:
    """What the two ends of the line mean; below each other where they would meet. The bottom."""
    if not (words.low or words.high):
        return (), top
    room = right - left
    meet = reach(words.low, _WORDS) + reach(words.high, _WORDS) + 16 > room
    first = top + 4 + _END_LINE / 2
    second = first + (_END_LINE if meet else 0.0)
    placed: tuple[tuple[Point, str, Side], ...] = (
        ((left, first), words.low, "left"),
        ((right, second), words.high, "right"),
    )
    shapes = tuple(
        Run(at, said, room, Role.END, _WORDS, colour="text_2", side=side)
        for at, said, side in placed
    )
    return shapes, second + _END_LINE / 2


def _entries(picture: Picture, words: PictureWords) -> list[tuple[Role, str]]:
    occurs: tuple[tuple[Role, str, Callable[[PictureRow], bool]], ...] = (
        (Role.LAST, words.last, lambda row: row.before is not None),
        (Role.NOW, words.now, lambda row: row.satisfaction is not None),
        (Role.IMPORTANCE, words.important, lambda row: row.importance is not None),
        (Role.STRENGTH, words.strength, lambda row: row.strength),
    )
    return [(role, said) for role, said, is_there in occurs if any(map(is_there, picture.rows))]


def _sample(role: Role, centre: Point, *, faces: bool) -> list[Shape]:
    if role is Role.IMPORTANCE:
        return [marks.diamond(centre)]
    if role is Role.STRENGTH:
        return [marks.star(centre)]
    if faces:
        return marks.face(centre, marks.DOTS.now, 1.0, role)
    return [marks.last(centre) if role is Role.LAST else marks.now(centre)]
