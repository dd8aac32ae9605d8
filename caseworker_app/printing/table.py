"""The table of steps: columns as wide as their words need, rows that may go on overleaf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from caseworker_app.printing.flow import Paint, Strip
from caseworker_app.printing.lines import Line, lines, widest_word, width_of
from caseworker_app.printing.look import INK, LINE, PERSON, STRONG_LINE, Style
from caseworker_app.printing.sheet import Sheet, paint_line, say_in_reading_order
from caseworker_app.printing.structure import Element
from caseworker_app.printing.tagged import TaggedCanvas

_GUTTER = 10
_LINES_IN_A_STRIP = 12
_NARROWEST = 30
_ROOM_FOR_FIRST = 0.36
_LEAST_FOR_FIRST = 0.25
_WISH = 0.28


@dataclass(frozen=True, slots=True)
class Tick:
    """A cell with a little box to tick by pen. `alt` says in words whether it is ticked."""

    done: bool
    alt: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, and how its cells are set."""

    head: str
    style: Style


Cell = str | Tick


def table(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[Strip]:
    """A table with a head that is repeated overleaf; the first column gets the spare room."""
    widths = _widths(sheet, columns, rows)
    lefts = [sheet.look.margin + sum(widths[:i]) + _GUTTER * i for i in range(len(widths))]
    places = list(zip(lefts, widths, strict=True))
    element = Element("Table", sheet.root)
    head = _head(sheet, columns, places, element)
    strips = list(head)
    for row in rows:
        strips += _row(sheet, columns, row, places, element, head)
    return strips


def _widths(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """No column tears a word if that can be; the first takes the room that the others leave."""
    least, wished = [], []
    room = sheet.look.width - _GUTTER * (len(columns) - 1)
    for i, column in enumerate(columns):
        texts = [(column.head, sheet.look.column_head)]
        texts += [(cell, column.style) for row in rows if isinstance(cell := row[i], str)]
        word = max(widest_word(text, style, sheet.shaper) for text, style in texts)
        line = max(width_of(text, style, sheet.shaper) for text, style in texts)
        least.append(max(word + 1, _NARROWEST))
        wished.append(max(least[-1], min(line + 1, room * _WISH)))
    # Rather a narrow first column than a torn word in another one.
    narrow = room - max(least[0], room * _LEAST_FOR_FIRST)
    most = max(room * (1 - _ROOM_FOR_FIRST), min(sum(least[1:]), narrow))
    others = _squeezed(least[1:], wished[1:], most)
    return [room - sum(others), *others]


def _squeezed(least: Sequence[float], wished: Sequence[float], most: float) -> list[float]:
    """Widths between what is needed and what is wished, not more than `most` in all."""
    spare = sum(wished) - sum(least)
    room = most - sum(least)
    if room < 0:
        return [width * most / sum(least) for width in least]
    share = min(1.0, room / spare) if spare else 0.0
    return [low + (high - low) * share for low, high in zip(least, wished, strict=True)]


def _head(
    sheet: Sheet, columns: Sequence[Column], places: Sequence[tuple[float, float]], table: Element
) -> list[Strip]:
    style = sheet.look.column_head
    row = Element("TR", table)
    cells = [
        _text_cell(sheet, column.head, style, place, Element("TH", row, scope="Column"))
        for column, place in zip(columns, places, strict=True)
    ]
    strip = _strip_of(cells, 0, _LINES_IN_A_STRIP, style.leading)
    return [
        replace(strip, keep=True),
        replace(sheet.gap(3), paint=_nothing, keep=True),
        replace(sheet.rule(STRONG_LINE, 1), keep=True),
    ]


def _row(
    sheet: Sheet,
    columns: Sequence[Column],
    cells: Sequence[Cell],
    places: Sequence[tuple[float, float]],
    table: Element,
    head: list[Strip],
) -> list[Strip]:
    row = Element("TR", table)
    set_cells: list[_SetCell] = []
    for column, place, cell in zip(columns, places, cells, strict=True):
        element = Element("TD", row)
        if isinstance(cell, Tick):
            set_cells.append(_tick_cell(cell, column.style, place, element))
        else:
            set_cells.append(_text_cell(sheet, cell, column.style, place, element))
    leading = max(column.style.leading for column in columns)
    most = max(cell.count for cell in set_cells)
    above = tuple(head)
    strips = [replace(sheet.gap(6), paint=_nothing, above=above, keep=True)]
    for begin in range(0, most, _LINES_IN_A_STRIP):
        strip = _strip_of(set_cells, begin, begin + _LINES_IN_A_STRIP, leading)
        strips.append(replace(strip, above=above))
    strips[-1] = replace(strips[-1], keep=True)
    return [*strips, replace(sheet.gap(6), paint=_nothing, keep=True), sheet.rule(LINE, 0.8)]


@dataclass(frozen=True, slots=True)
class _SetCell:
    """A cell ready to be painted, line by line."""

    lines: Sequence[Paint]

    @property
    def count(self) -> int:
        return len(self.lines)


def _text_cell(
    sheet: Sheet, text: str, style: Style, place: tuple[float, float], element: Element
) -> _SetCell:
    left, width = place
    say_in_reading_order(element, text)

    def painter(line: Line) -> Paint:
        def paint(canvas: TaggedCanvas, y: float) -> None:
            with canvas.mark(element):
                paint_line(canvas, line, style, left, width, y)

        return paint

    set_lines = lines(text, style, width, sheet.shaper)
    if len(set_lines) == 1:
        # A single name in Arabic or Hebrew stands under the head of its column.
        width = set_lines[0].width
    return _SetCell([painter(line) for line in set_lines])


def _tick_cell(tick: Tick, style: Style, place: tuple[float, float], element: Element) -> _SetCell:
    figure = Element("Figure", element, alt=tick.alt)
    side = style.size * 1.05
    left = place[0] + (place[1] - side) / 2

    def paint(canvas: TaggedCanvas, y: float) -> None:
        bottom = y - style.leading / 2 - side / 2
        figure.box = (left, bottom, left + side, bottom + side)
        with canvas.mark(figure):
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(1.3)
            canvas.roundRect(left, bottom, side, side, 2.5, stroke=1, fill=0)
            if tick.done:
                _paint_tick(canvas, left, bottom, side)

    return _SetCell([paint])


def _paint_tick(canvas: TaggedCanvas, x: float, y: float, side: float) -> None:
    canvas.setStrokeColor(PERSON)
    canvas.setLineWidth(2.2)
    canvas.setLineCap(1)
    points = [(x + dx * side, y + dy * side) for dx, dy in ((0.2, 0.5), (0.42, 0.25), (0.82, 0.8))]
    canvas.lines([(*a, *b) for a, b in pairwise(points)])
    canvas.setLineCap(0)


def _strip_of(cells: Sequence[_SetCell], begin: int, end: int, leading: float) -> Strip:
    """Some lines of every cell side by side, painted cell after cell as they are read."""
    count = max(min(cell.count, end) - begin for cell in cells)

    def paint(canvas: TaggedCanvas, y: float) -> None:
        for cell in cells:
            for i, paint_cell_line in enumerate(cell.lines[begin:end]):
                paint_cell_line(canvas, y - i * leading)

    return Strip(count * leading, paint)


def _nothing(_canvas: TaggedCanvas, _y: float) -> None:
    """White space inside a table stays, also at the top of a page."""
