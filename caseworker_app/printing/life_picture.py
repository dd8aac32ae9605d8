"""Paints the shapes of a drawing on paper: one figure, with its alternative text.

The shapes are those of the screen; only the colours are the paper's.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.drawing import Drawing, drawing
from caseworker_app.domain.picture import Picture
from caseworker_app.domain.picture_words import PictureWords
from caseworker_app.domain.shapes import (
    Circle,
    Curve,
    Pill,
    Point,
    Polygon,
    Run,
    Shape,
    Sign,
    Stroke,
)
from caseworker_app.printing import look, pictogram
from caseworker_app.printing.flow import Strip
from caseworker_app.printing.fonts import Weight
from caseworker_app.printing.lines import lines
from caseworker_app.printing.look import Style
from caseworker_app.printing.sheet import BASELINE, Sheet
from caseworker_app.printing.structure import Element
from caseworker_app.printing.tagged import TaggedCanvas

UNIT = 0.8
"""Points on paper for one of the drawing, with letters of 14 points."""

_HIGHEST = 600.0
_COLOURS = {
    "text": look.INK,
    "text_2": look.QUIET,
    "line": look.LINE,
    "line_strong": look.STRONG_LINE,
    "person": look.PERSON,
    "on_person": look.PAPER,
    "surface": look.PAPER,
    "canvas": look.QUIET_TINT,
    "edge": look.LINE,
}
_SIDES = {"left": 0.0, "middle": 0.5, "right": 1.0}
_SEMIBOLD = 600


def drawing_width(sheet: Sheet) -> float:
    """How wide a drawing is to be made for this sheet."""
    return sheet.look.width / (UNIT * sheet.look.scale)


def figures(sheet: Sheet, picture: Picture, words: PictureWords, alt: str) -> list[Strip]:
    """The picture across the sheet; in parts, if its letters would not fit on one page as one."""
    width = drawing_width(sheet)
    whole = drawing(picture, words, width)
    count = math.ceil(whole.height * UNIT * sheet.look.scale / _HIGHEST)
    if count <= 1:
        return figure(sheet, whole, alt)
    strips: list[Strip] = []
    size = math.ceil(len(picture.rows) / count)
    for first in range(0, len(picture.rows), size):
        last = first + size
        part = replace(picture, rows=picture.rows[first:last])
        said = replace(words, rows=words.rows[first:last])
        number = f"{alt} ({first // size + 1}/{count})"
        strips += [*figure(sheet, drawing(part, said, width), number), sheet.gap(8)]
    return strips


def figure(sheet: Sheet, drawn: Drawing, alt: str) -> list[Strip]:
    """One drawing, as wide as the sheet."""
    unit = sheet.look.width / drawn.width
    element = Element("Figure", sheet.root, alt=alt)
    left, width, height = sheet.look.margin, drawn.width * unit, drawn.height * unit

    def paint(canvas: TaggedCanvas, y: float) -> None:
        element.box = (left, y - height, left + width, y)
        with canvas.mark(element):
            paint_shapes(drawn.shapes, Paper(sheet, canvas, left, y, unit))

    return [Strip(height, paint)]


@dataclass(frozen=True, slots=True, repr=False)
class Paper:
    """Where a drawing lies on a page: its upper left corner, and how long its unit is."""

    sheet: Sheet
    canvas: TaggedCanvas
    left: float
    top: float
    unit: float

    def at(self, point: Point) -> Point:
        """A point of the drawing on the page, on which y grows upwards."""
        return self.left + point[0] * self.unit, self.top - point[1] * self.unit


def paint_shapes(shapes: tuple[Shape, ...], paper: Paper) -> None:
    """Paint them one over the other."""
    paper.canvas.saveState()
    for shape in shapes:
        _PAINT[type(shape)](paper, shape)
    paper.canvas.restoreState()


def _stroke(paper: Paper, shape: Stroke) -> None:
    _set_line(paper, shape.colour, shape.weight)
    paper.canvas.line(*paper.at(shape.start), *paper.at(shape.end))


def _circle(paper: Paper, shape: Circle) -> None:
    ink = _set_both(paper, shape.line, shape.weight, shape.fill)
    paper.canvas.circle(*paper.at(shape.centre), shape.radius * paper.unit, **ink)


def _polygon(paper: Paper, shape: Polygon) -> None:
    path = paper.canvas.beginPath()
    path.moveTo(*paper.at(shape.corners[0]))
    for corner in shape.corners[1:]:
        path.lineTo(*paper.at(corner))
    path.close()
    paper.canvas.drawPath(path, **_set_both(paper, shape.line, shape.weight, shape.fill))


def _curve(paper: Paper, shape: Curve) -> None:
    (x1, y1), (x, y), (x2, y2) = (paper.at(p) for p in (shape.start, shape.towards, shape.end))
    path = paper.canvas.beginPath()
    path.moveTo(x1, y1)
    path.curveTo(
        x1 + (x - x1) * 2 / 3,
        y1 + (y - y1) * 2 / 3,
        x2 + (x - x2) * 2 / 3,
        y2 + (y - y2) * 2 / 3,
        x2,
        y2,
    )
    _set_line(paper, shape.colour, shape.weight)
    paper.canvas.drawPath(path, stroke=1, fill=0)


def _pill(paper: Paper, shape: Pill) -> None:
    x, y = paper.at(shape.corner)
    width, height = shape.width * paper.unit, shape.height * paper.unit
    ink = _set_both(paper, shape.line, 1, shape.fill)
    paper.canvas.roundRect(x, y - height, width, height, height / 2, **ink)


def _run(paper: Paper, shape: Run) -> None:
    size = shape.size * paper.unit
    weight = Weight.SEMIBOLD if shape.weight >= _SEMIBOLD else Weight.REGULAR
    style = Style(size, size, weight, _COLOURS[shape.colour])
    line = lines(shape.words, style, (shape.room + 4) * paper.unit, paper.sheet.shaper)[0]
    x, y = paper.at(shape.at)
    left = x - line.width * _SIDES[shape.side]
    paper.canvas.line_of_text(line, style, left, y - size * BASELINE)


def _sign(paper: Paper, shape: Sign) -> None:
    x, y = paper.at(shape.corner)
    size = shape.size * paper.unit
    pictogram.draw(paper.canvas, shape.name, x, y - size, size, _COLOURS[shape.colour])


_PAINT: dict[type, Callable[[Paper, Any], None]] = {
    Stroke: _stroke,
    Circle: _circle,
    Polygon: _polygon,
    Curve: _curve,
    Pill: _pill,
    Run: _run,
    Sign: _sign,
}


def _set_line(paper: Paper, colour: str, weight: float) -> None:
    paper.canvas.setStrokeColor(_COLOURS[colour])
    paper.canvas.setLineWidth(weight * paper.unit)


def _set_both(paper: Paper, line: str, weight: float, fill: str) -> dict[str, int]:
    if fill:
        paper.canvas.setFillColor(_COLOURS[fill])
    if line and weight:
        _set_line(paper, line, weight)
    return {"stroke": int(bool(line and weight)), "fill": int(bool(fill))}
