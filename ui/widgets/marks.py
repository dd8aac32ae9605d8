"""Parts of a text that stand out: what a search has hit, what two versions differ in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextLayout

from ui import theme

Marks = Sequence[tuple[int, int]]


def marked(marks: Marks) -> list[QTextLayout.FormatRange]:
    """(start, length) pairs as Qt wants them for a text layout."""
    highlight = QTextCharFormat()
    highlight.setBackground(theme.current().colour("mark"))
    highlight.setForeground(theme.current().colour("text"))
    ranges = []
    for start, length in marks:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, length, highlight
        ranges.append(part)
    return ranges
