"""Parts of a text that stand out: what a search has hit, what two versions differ in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLayout

Marks = Sequence[tuple[int, int]]


def marked(marks: Marks) -> list[QTextLayout.FormatRange]:
    """(start, length) pairs as Qt wants them for a text layout."""
    if not marks:
        return []
    from PySide6.QtGui import QTextCharFormat, QTextLayout  # noqa: PLC0415 - rare, and slow to read

    highlight = QTextCharFormat()
    highlight.setBackground(theme.current().colour("mark"))
    highlight.setForeground(theme.current().colour("text"))
    ranges = []
    for start, length in marks:
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, length, highlight
        ranges.append(part)
    return ranges
