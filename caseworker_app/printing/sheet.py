"""A sheet being composed: texts, headings, boxes and lists become strips with their elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseworker_app.printing import bidi, fonts
from caseworker_app.printing.flow import Box, Paint, Strip
from caseworker_app.printing.lines import Line, lines
from caseworker_app.printing.look import (
    LINE,
    PERSON,
    PERSON_TINT,
    QUIET_TINT,
    STRONG_LINE,
    Look,
    Style,
)
from caseworker_app.printing.shaping import Shaper
from caseworker_app.printing.structure import Element
from caseworker_app.printing.tagged import TaggedCanvas

_BULLET = "•"
BASELINE = 0.335
_LANGUAGE_OF_SCRIPT = (("\u0590", "\u05ff", "he"), ("\u0600", "\u08ff", "ar"))


class Sheet:
    """What is written so far, in the order in which it is read."""

    def __init__(self, look: Look) -> None:
        """An empty sheet."""
        self.look = look
        self.shaper = Shaper()
        self.root = Element("Document", None)
        self.strips: list[Strip] = []

    def add(self, strips: Sequence[Strip]) -> None:
        """Write on."""
        self.strips += strips

    def gap(self, points: float, *, box: Box | None = None, keep: bool = False) -> Strip:
        """White space."""
        return Strip(self.look.space(points), box=box, keep=keep)

    def text(
        self,
        text: str,
        style: Style,
        element: Element,
        *,
        x: float = 0,
        width: float = 0,
        box: Box | None = None,
        label: bool = False,
    ) -> list[Strip]:
        """A paragraph that stands `x` to the right of the margin, as wide as the sheet allows.

        A `label` of one line begins at its place in every script; any other text that runs to the
        left begins at the right.
        """
        width = width or self.look.width - x
        left = self.look.margin + x
        say_in_reading_order(element, text)
        set_lines = lines(text, style, width, self.shaper)
        last = len(set_lines) - 1
        if label and not last:
            width = set_lines[0].width
        return [
            Strip(
                style.leading,
                _painter(line, style, left, width, element),
                keep=i in (0, last - 1) and i != last,
                box=box,
            )
            for i, line in enumerate(set_lines)
        ]

    def paragraph(self, text: str, style: Style | None = None) -> list[Strip]:
        """A paragraph of its own."""
        return self.text(text, style or self.look.body, Element("P", self.root))

    def heading(self, text: str, style: Style, level: int) -> list[Strip]:
        """A heading that stays with what follows, with an entry in the outline."""
        strips = self.text(text, style, Element(f"H{level}", self.root))
        return outlined(strips, text)

    def quotes(self, texts: Sequence[str]) -> list[Strip]:
        """The person's own words: a green box with a bar, each in quotation marks."""
        look = self.look
        box = Box(look.margin, look.width, fill=PERSON_TINT, bar=PERSON)
        inset = look.space(18)
        strips: list[Strip] = []
        for text in texts:
            quote = Element("P", Element("BlockQuote", self.root))
            block = self.text(
                text, look.quote, quote, x=inset, width=look.width - 1.7 * inset, box=box
            )
            padding = self.gap(9, box=box)
            block = [
                replace(padding, keep=True),
                *block[:-1],
                replace(block[-1], keep=True),
                padding,
            ]
            strips += [*block, self.gap(7)]
        return strips[:-1]

    def framed(self, title: str, parts: Sequence[tuple[str, Style]]) -> list[Strip]:
        """A framed box with a heading and paragraphs."""
        look = self.look
        box = Box(look.margin, look.width, frame=STRONG_LINE, radius=8)
        inset = look.space(16)
        width = look.width - 2 * inset
        element = Element("H2", self.root)
        head = self.text(title, look.heading, element, x=inset, width=width, box=box)
        strips = [self.gap(12, box=box, keep=True), *outlined(head, title)]
        for text, style in parts:
            paragraph = Element("P", self.root)
            strips.append(self.gap(3, box=box))
            strips += self.text(text, style, paragraph, x=inset, width=width, box=box)
        return [*strips, self.gap(13, box=box)]

    def bullets(
        self, texts: Sequence[str], box: Box | None = None, inset: float = 0
    ) -> list[Strip]:
        """A list with dots."""
        look, style = self.look, self.look.body
        whole = Element("L", self.root)
        indent = style.size * 1.15
        dot = lines(_BULLET, style, indent, self.shaper)[0]
        strips: list[Strip] = []
        for text in texts:
            item = Element("LI", whole)
            label, body = Element("Lbl", item), Element("LBody", item)
            block = self.text(
                text,
                style,
                body,
                x=inset + indent,
                width=look.width - 2 * inset - indent,
                box=box,
                label=True,
            )
            block[0] = together_painted(block[0], dot, style, look.margin + inset, label)
            strips += [*block, self.gap(4, box=box)]
        return strips[:-1]

    def tinted_list(self, title: str, texts: Sequence[str]) -> list[Strip]:
        """A heading and a list with dots on a quiet tint."""
        look = self.look
        box = Box(look.margin, look.width, fill=QUIET_TINT, radius=8)
        inset = look.space(16)
        element = Element("H2", self.root)
        width = look.width - 2 * inset
        head = self.text(title, look.heading, element, x=inset, width=width, box=box)
        return [
            self.gap(11, box=box, keep=True),
            *outlined(head, title),
            self.gap(4, box=box, keep=True),
            *self.bullets(texts, box, inset),
            self.gap(12, box=box),
        ]

    def rule(self, colour: str = LINE, weight: float = 1) -> Strip:
        """A line across the sheet."""
        left, right = self.look.margin, self.look.margin + self.look.width

        def paint(canvas: TaggedCanvas, y: float) -> None:
            with canvas.artifact():
                canvas.setStrokeColor(colour)
                canvas.setLineWidth(weight)
                canvas.line(left, y, right, y)

        return Strip(weight, paint)


def say_in_reading_order(element: Element, text: str) -> None:
    """Where letters run to the left, say the text as it is read, and in which language."""
    cleaned = fonts.clean(text)
    if bidi.runs_only_right(cleaned):
        return
    element.actual = bidi.without_marks(cleaned)
    letters = [letter for letter in cleaned if letter.isalpha()]
    for first, last, language in _LANGUAGE_OF_SCRIPT:
        if all(first <= letter <= last for letter in letters):
            element.language = language


def outlined(strips: list[Strip], title: str) -> list[Strip]:
    """The strips of a heading, kept with what follows, found again in the outline."""
    first = strips[0].paint

    def paint(canvas: TaggedCanvas, y: float) -> None:
        canvas.heading(bidi.without_marks(fonts.clean(title)).replace("\n", " "), y)
        if first:
            first(canvas, y)

    return [
        replace(strips[0], paint=paint, keep=True),
        *(replace(s, keep=True) for s in strips[1:]),
    ]


def paint_line(
    canvas: TaggedCanvas, line: Line, style: Style, left: float, width: float, y: float
) -> None:
    """One line whose strip begins at height y; right-to-left text stands at the right."""
    space = line.runs[0].width * style.size if line.right_to_left else 0
    x = left + width - line.width - space if line.right_to_left else left
    canvas.line_of_text(line, style, x, y - style.leading / 2 - style.size * BASELINE)


def _painter(line: Line, style: Style, left: float, width: float, element: Element) -> Paint:
    def paint(canvas: TaggedCanvas, y: float) -> None:
        with canvas.mark(element):
            paint_line(canvas, line, style, left, width, y)

    return paint


def together_painted(strip: Strip, line: Line, style: Style, x: float, element: Element) -> Strip:
    """The strip, with a short line of another element painted at its left before it."""
    original = strip.paint

    def paint(canvas: TaggedCanvas, y: float) -> None:
        with canvas.mark(element):
            paint_line(canvas, line, style, x, 0, y)
        if original:
            original(canvas, y)

    return replace(strip, paint=paint)


def beside(sheet: Sheet, strip: Strip, texts: Sequence[str], style: Style, width: float) -> Strip:
    """The strip, with short lines at the right edge of the sheet, the first at its own height."""
    original = strip.paint
    right = sheet.look.margin + sheet.look.width
    items: list[tuple[Line, Element]] = []
    for text in texts:
        element = Element("P", sheet.root)
        say_in_reading_order(element, text)
        items += [(line, element) for line in lines(text, style, width, sheet.shaper)]

    def paint(canvas: TaggedCanvas, y: float) -> None:
        if original:
            original(canvas, y)
        for i, (line, element) in enumerate(items):
            with canvas.mark(element):
                top = y - 4 - i * style.leading
                paint_line(canvas, line, style, right - line.width, line.width, top)

    return replace(strip, paint=paint)
