"""What was said, on paper: the person's words in a green box, those of others in a frame.

Where both say something to the same question, they stand side by side under their heads, and flow
onto the next page line by line. Each voice is named in words: no colour is needed to tell them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from caseworker_app.domain.talk_paper import Said, Views
from caseworker_app.printing.flow import Box, Paint, Strip
from caseworker_app.printing.look import (
    PERSON,
    PERSON_INK,
    PERSON_TINT,
    STRONG_LINE,
    Style,
)
from caseworker_app.printing.sheet import Sheet
from caseworker_app.printing.signing import side_by_side
from caseworker_app.printing.structure import Element
from caseworker_app.printing.tagged import TaggedCanvas

_BETWEEN = 14
_INSET = 14
_BAR = 4
_SEAM = 0.4


def views(sheet: Sheet, block: Views) -> list[Strip]:
    """What was said to one question."""
    if block.own and block.others:
        return _side_by_side(sheet, block, block.own)
    if block.own:
        return _boxed(sheet, block.own, own=True)
    strips: list[Strip] = []
    for said in block.others:
        strips += [*_boxed(sheet, said, own=False), sheet.gap(6)]
    return strips[:-1]


def _boxed(sheet: Sheet, said: Said, *, own: bool) -> list[Strip]:
    """One voice across the sheet."""
    look = sheet.look
    box = Box(look.margin, look.width, fill=PERSON_TINT, bar=PERSON)
    if not own:
        box = Box(look.margin, look.width, frame=STRONG_LINE)
    parent = Element("BlockQuote", sheet.root)
    inset = look.space(_INSET)
    width = look.width - 2 * inset
    inner = _voice(sheet, said, parent, inset, width, own=own)
    strips = [replace(strip, box=box) for strip in inner]
    return [sheet.gap(7, box=box, keep=True), *strips, sheet.gap(8, box=box)]


def _voice(
    sheet: Sheet, said: Said, parent: Element, x: float, width: float, *, own: bool
) -> list[Strip]:
    """Who it is, then the words."""
    look = sheet.look
    name = Style(look.small.size, look.small.leading, look.cell_strong.weight, look.small.colour)
    words = replace(look.body, colour=PERSON_INK) if own else look.body
    strips = [
        replace(strip, keep=True)
        for strip in sheet.text(said.who, name, Element("P", parent), x=x, width=width)
    ]
    for i, text in enumerate(said.words):
        if i:
            strips.append(sheet.gap(5))
        strips += sheet.text(text, words, Element("P", parent), x=x, width=width)
    return strips


@dataclass(frozen=True, slots=True, repr=False)
class _Side:
    """One of two columns: where it stands, and its ground."""

    left: float
    width: float
    own: bool


def _side_by_side(sheet: Sheet, block: Views, own: Said) -> list[Strip]:
    """A table of two columns: its heads, and one row in which the two views stand."""
    look = sheet.look
    half = (look.width - look.space(_BETWEEN)) / 2
    sides = (_Side(0, half, own=True), _Side(look.width - half, half, own=False))
    whole = Element("Table", sheet.root)
    heads, cells = Element("TR", whole), Element("TR", whole)
    above = [
        sheet.text(
            words, look.column_head, Element("TH", heads, scope="Column"), x=side.left, width=half
        )
        for side, words in zip(sides, (block.own_head, block.others_head), strict=True)
    ]
    head = [replace(strip, keep=True) for strip in side_by_side(*above)]
    head.append(replace(sheet.gap(3), paint=_nothing, keep=True))
    columns = [
        _column(sheet, voices, side, Element("TD", cells))
        for side, voices in zip(sides, ((own,), block.others), strict=True)
    ]
    rows = side_by_side(*columns)
    last = len(rows) - 1
    return head + [
        replace(
            row,
            paint=_on_grounds(sheet, sides, row, ends=(i == 0, i == last)),
            keep=i in (0, 1, last - 1) and i != last,
            above=tuple(head),
        )
        for i, row in enumerate(rows)
    ]


def _column(sheet: Sheet, voices: Sequence[Said], side: _Side, cell: Element) -> list[Strip]:
    inset = sheet.look.space(_INSET)
    strips = [_white(sheet, 7)]
    for i, said in enumerate(voices):
        if i:
            strips.append(_white(sheet, 8))
        parent = Element("BlockQuote", cell)
        width = side.width - 1.7 * inset
        strips += _voice(sheet, said, parent, side.left + inset, width, own=side.own)
    return [*strips, _white(sheet, 8)]


def _white(sheet: Sheet, points: float) -> Strip:
    """White space inside a box: it stays, also at the top of a page."""
    return replace(sheet.gap(points), paint=_nothing)


def _on_grounds(
    sheet: Sheet, sides: Sequence[_Side], row: Strip, *, ends: tuple[bool, bool]
) -> Paint:
    """The row on its piece of the two grounds; `ends`: whether they begin and end with it."""
    words = row.paint

    def paint(canvas: TaggedCanvas, y: float) -> None:
        with canvas.artifact():
            canvas.saveState()
            for side in sides:
                ground = _tint if side.own else _frame
                ground(canvas, sheet.look.margin + side.left, y, side.width, row.height, ends)
            canvas.restoreState()
        if words:
            words(canvas, y)

    return paint


def _tint(
    canvas: TaggedCanvas, x: float, y: float, width: float, height: float, _ends: tuple[bool, bool]
) -> None:
    canvas.setFillColor(PERSON_TINT)
    canvas.rect(x, y - height - _SEAM, width, height + _SEAM, stroke=0, fill=1)
    canvas.setFillColor(PERSON)
    canvas.rect(x, y - height - _SEAM, _BAR, height + _SEAM, stroke=0, fill=1)


def _frame(
    canvas: TaggedCanvas, x: float, y: float, width: float, height: float, ends: tuple[bool, bool]
) -> None:
    canvas.setStrokeColor(STRONG_LINE)
    canvas.setLineWidth(1)
    for edge in (x, x + width):
        canvas.line(edge, y, edge, y - height)
    for is_end, level in zip(ends, (y, y - height), strict=True):
        if is_end:
            canvas.line(x, level, x + width, level)


def _nothing(_canvas: TaggedCanvas, _y: float) -> None:
    """Nothing is painted, and the room stays."""
