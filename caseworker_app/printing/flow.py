"""Strips of content flow onto pages. A strip is never higher than a page, so nothing can get stuck.

A strip is a line of text, a row of a table, or white space. Strips that belong together are kept on
one page where they fit on one; boxes are painted behind the strips that carry them, and stay open
where they go on overleaf.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby

from caseworker_app.printing.tagged import TaggedCanvas

Paint = Callable[[TaggedCanvas, float], None]
_MOST_OPENERS = 2
_OVER_THE_EDGE = 6


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """A tint or a frame behind strips. `bar` is the colour of the bar at its left."""

    x: float
    width: float
    fill: str = ""
    bar: str = ""
    frame: str = ""
    radius: float = 6


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """A horizontal piece of a page. `paint` gets the height at which the strip begins.

    `keep`: the next strip stays on the same page. `above`: painted again where this strip begins a
    page. `opener`: begins a goal, and no more than two goals begin on one page.
    """

    height: float
    paint: Paint | None = None
    keep: bool = False
    box: Box | None = None
    above: tuple[Strip, ...] = ()
    opener: bool = False

    @property
    def blank(self) -> bool:
        """White space between things, not needed at the top of a page."""
        return self.paint is None and self.box is None


def kept_together(strips: list[Strip], most: float) -> list[Strip]:
    """The strips on one page, if they are no higher than `most`."""
    if sum(strip.height for strip in strips) > most:
        return strips
    return [replace(strip, keep=True) for strip in strips[:-1]] + strips[-1:]


def pages(strips: list[Strip], height: float) -> list[list[Strip]]:
    """The strips of each page."""
    filling = _Filling(height)
    for chain in _chains(strips):
        filling.take(chain)
    return filling.pages


def paint(page: list[Strip], canvas: TaggedCanvas, top: float) -> None:
    """Paint one page from its top."""
    y = top
    for box, strips in groupby(page, key=lambda strip: strip.box):
        stretch = list(strips)
        if box:
            # A box begins and ends with white space, unless it goes on over the edge of the page.
            above = _OVER_THE_EDGE if stretch[0].paint else 0
            below = _OVER_THE_EDGE if stretch[-1].paint else 0
            height = sum(strip.height for strip in stretch) + above + below
            _paint_box(box, canvas, y + above, height)
        for strip in stretch:
            if strip.paint:
                strip.paint(canvas, y)
            y -= strip.height


class _Filling:
    """Pages that fill up."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._left = height
        self._openers = 0
        self.pages: list[list[Strip]] = [[]]

    def take(self, chain: list[Strip]) -> None:
        """Put a chain of strips that belong together onto this page or the next."""
        needed = sum(strip.height for strip in chain)
        begun = bool(self.pages[-1])
        if begun and ((needed <= self._height and needed > self._left) or self._too_many(chain)):
            self._turn()
        for strip in chain:
            self._put(strip)

    def _too_many(self, chain: list[Strip]) -> bool:
        return self._openers >= _MOST_OPENERS and any(strip.opener for strip in chain)

    def _put(self, strip: Strip) -> None:
        if self.pages[-1] and strip.height > self._left + 0.01:
            self._turn()
        page = self.pages[-1]
        if not page:
            if strip.blank:
                return
            for repeated in strip.above:
                self._add(_as_artifact(repeated))
        self._add(strip)
        self._openers += strip.opener

    def _add(self, strip: Strip) -> None:
        self.pages[-1].append(strip)
        self._left -= strip.height

    def _turn(self) -> None:
        self.pages.append([])
        self._left = self._height
        self._openers = 0


def _chains(strips: list[Strip]) -> list[list[Strip]]:
    chains: list[list[Strip]] = [[]]
    for strip in strips:
        chains[-1].append(strip)
        if not strip.keep:
            chains.append([])
    return [chain for chain in chains if chain]


def _as_artifact(strip: Strip) -> Strip:
    original = strip.paint

    def paint_quietly(canvas: TaggedCanvas, y: float) -> None:
        if original:
            with canvas.artifact("Pagination"):
                original(canvas, y)

    return replace(strip, paint=paint_quietly, above=(), keep=False)


def _paint_box(box: Box, canvas: TaggedCanvas, top: float, height: float) -> None:
    with canvas.artifact():
        canvas.saveState()
        path = canvas.beginPath()
        path.roundRect(box.x, top - height, box.width, height, box.radius)
        if box.fill:
            canvas.setFillColor(box.fill)
            canvas.drawPath(path, stroke=0, fill=1)
        if box.bar:
            canvas.clipPath(path, stroke=0)
            canvas.setFillColor(box.bar)
            canvas.rect(box.x, top - height, 4, height, stroke=0, fill=1)
        if box.frame:
            canvas.setStrokeColor(box.frame)
            canvas.setLineWidth(1)
            canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()
