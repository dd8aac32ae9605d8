"""The foot of every page, and the printing of a composed sheet onto its pages."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.printing import flow
from caseworker_app.printing.lines import lines, width_of
from caseworker_app.printing.look import LINE, PAGE_HEIGHT, Style
from caseworker_app.printing.metadata import About
from caseworker_app.printing.sheet import Sheet, paint_line
from caseworker_app.printing.tagged import TaggedCanvas

_EDGE = 30
_GAP = 14


@dataclass(frozen=True, slots=True, repr=False)
class Footer:
    """Two lines: whose sheet and what kind at the left, which one and which page at the right.

    `page` is a sentence with the fields {page} and {pages}.
    """

    left: tuple[str, str]
    right: str
    page: str


def print_sheet(sheet: Sheet, about: About, footer: Footer) -> bytes:
    """The composed sheet on as many pages as it needs."""
    style = sheet.look.footer
    top = PAGE_HEIGHT - sheet.look.margin * 0.9
    bottom = _EDGE + 2 * style.leading + _GAP
    laid_out = flow.pages(sheet.strips, top - bottom)
    canvas = TaggedCanvas(about, sheet.root)
    for number, page in enumerate(laid_out, 1):
        flow.paint(page, canvas, top)
        numbered = footer.page.format(page=number, pages=len(laid_out))
        with canvas.artifact("Pagination"):
            _paint(sheet, footer, numbered, canvas)
        canvas.showPage()
    return canvas.finish()


def _paint(sheet: Sheet, footer: Footer, numbered: str, canvas: TaggedCanvas) -> None:
    look, style = sheet.look, sheet.look.footer
    y = _EDGE + 2 * style.leading
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.8)
    canvas.line(look.margin, y + 6, look.margin + look.width, y + 6)
    for left, right in zip(footer.left, (footer.right, numbered), strict=True):
        wide = width_of(right, style, sheet.shaper)
        _paint_one_line(sheet, left, look.margin, look.width - wide - 12, y, canvas)
        _paint_one_line(sheet, right, look.margin + look.width - wide, wide + 1, y, canvas)
        y -= style.leading


def _paint_one_line(
    sheet: Sheet, text: str, left: float, width: float, y: float, canvas: TaggedCanvas
) -> None:
    """Only the first line of the text: a very long name stands whole at the top of the plan."""
    style: Style = sheet.look.footer
    line = lines(" ".join(text.split()), style, width, sheet.shaper)[0]
    paint_line(canvas, line, style, left, line.width if line.right_to_left else width, y)
