"""How a printed page looks: sizes, weights, colours and spaces, from the tokens of the program.

Paper is a sheet of A4. All lengths are points. Colours read in grey print too.
"""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.plan import TextSize
from caseworker_app.printing.fonts import Weight

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89

PAPER = "#FFFFFF"
INK = "#1D1F24"
QUIET = "#50525A"
QUIET_TINT = "#F6F5F2"
LINE = "#CFCBC2"
STRONG_LINE = "#87837A"
PERSON = "#2F6B3C"
PERSON_TINT = "#E8F2E6"
PERSON_INK = "#215030"


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of text is set."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Look:
    """All styles and spaces of a sheet, for letters of 14 or of 18 points."""

    scale: float
    margin: float
    title: Style
    name: Style
    heading: Style
    quote: Style
    goal: Style
    body: Style
    strong: Style
    small: Style
    cell: Style
    cell_strong: Style
    column_head: Style
    footer: Style
    key: Style

    @property
    def width(self) -> float:
        """The width of a line."""
        return PAGE_WIDTH - 2 * self.margin

    def space(self, points: float) -> float:
        """White space grows more slowly than letters."""
        return points * (1 + 0.4 * (self.scale - 1))


def look(size: TextSize) -> Look:
    """The look for the chosen size of letters."""
    k = 18 / 14 if size is TextSize.LARGE else 1.0

    def style(points: float, leading: float, weight: Weight, colour: str = INK) -> Style:
        return Style(points * k, leading * k, weight, colour)

    regular, semibold, bold = Weight.REGULAR, Weight.SEMIBOLD, Weight.BOLD
    return Look(
        scale=k,
        margin=48 if size is TextSize.LARGE else 56,
        title=style(29, 35, bold),
        name=style(18, 25, semibold),
        heading=style(16.5, 23, bold),
        quote=style(15, 22, semibold, PERSON_INK),
        goal=style(16.5, 23.5, semibold, PERSON_INK),
        body=style(14, 20.3, regular),
        strong=style(14, 20.3, bold),
        small=style(12, 17, regular, QUIET),
        cell=style(13, 18.2, regular),
        cell_strong=style(13, 18.2, semibold),
        column_head=style(11.5, 16, semibold, QUIET),
        footer=style(11, 14.5, regular, QUIET),
        key=style(24, 40, bold),
    )
