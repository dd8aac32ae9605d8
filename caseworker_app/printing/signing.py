"""Lines to write on by pen."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.printing.flow import Strip
from caseworker_app.printing.lines import width_of
from caseworker_app.printing.look import INK
from caseworker_app.printing.sheet import Sheet
from caseworker_app.printing.structure import Element
from caseworker_app.printing.tagged import TaggedCanvas

_ROOM_TO_SIGN = 28
_PLACE_PART = 0.38
_BETWEEN = 20


def signature_lines(sheet: Sheet, place_and_date: str, name: str) -> list[Strip]:
    """A line for place and date, and a longer one for the signature, each with its label below."""
    look = sheet.look
    short = look.width * _PLACE_PART
    begin = short + _BETWEEN
    room = _blank_lines(sheet, [(0, short), (begin, look.width - begin)])
    left = sheet.text(place_and_date, look.small, Element("P", sheet.root), width=short)
    right = sheet.text(
        name, look.small, Element("P", sheet.root), x=begin, width=look.width - begin, label=True
    )
    return [replace(room, keep=True), replace(sheet.gap(3), keep=True), *side_by_side(left, right)]


def copy_received(sheet: Sheet, sentence: str) -> list[Strip]:
    """A sentence that goes on as a line for the date."""
    look = sheet.look
    strips = sheet.text(sentence, look.body, Element("P", sheet.root))
    begin = width_of(sentence, look.body, sheet.shaper) + 8
    room = _blank_lines(sheet, [(begin, look.width * 0.3)], height=look.body.leading)
    return side_by_side(strips, [room])


def note_lines(sheet: Sheet, count: int) -> list[Strip]:
    """Lines across the sheet for notes."""
    return [_blank_lines(sheet, [(0, sheet.look.width)]) for _ in range(count)]


def _blank_lines(sheet: Sheet, places: list[tuple[float, float]], height: float = 0) -> Strip:
    height = height or sheet.look.space(_ROOM_TO_SIGN)

    def paint(canvas: TaggedCanvas, y: float) -> None:
        with canvas.artifact():
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(0.9)
            for x, width in places:
                left = sheet.look.margin + x
                canvas.line(left, y - height + 2, left + width, y - height + 2)

    return Strip(height, paint)


def side_by_side(*columns: list[Strip]) -> list[Strip]:
    """Short columns, line by line; the longest goes on alone."""
    most = max(len(column) for column in columns)
    return [_merged([column[i] for column in columns if i < len(column)]) for i in range(most)]


def _merged(pair: list[Strip]) -> Strip:
    def paint(canvas: TaggedCanvas, y: float) -> None:
        for strip in pair:
            if strip.paint:
                strip.paint(canvas, y)

    return Strip(max(strip.height for strip in pair), paint)
