"""A paper as text: for screen readers, to which a picture of a page says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from ui import theme
from ui.forms.paper_lines import PaperLine
from ui.widgets.layout import stand_on
from ui.widgets.text import role_font

_ROLES = {"title": "h1", "heading": "h3", "question": "bodyb", "words": "body", "item": "body"}
_LEVELS = {"title": 1, "heading": 2, "question": 3}
_ABOVE = {"title": 0, "heading": 20, "question": 12, "words": 4, "item": 6}
_DOT = "•  "


class PaperText(QTextEdit):
    """Read with the arrow keys, line by line; marked and copied like any text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        stand_on(self, "surface")
        self.document().setDocumentMargin(theme.current().space(20))

    def show_lines(self, lines: Sequence[PaperLine]) -> None:
        """Show another paper, from its beginning."""
        self.clear()
        writing = QTextCursor(self.document())
        for place, line in enumerate(lines):
            if place:
                writing.insertBlock()
            writing.setBlockFormat(_block(line))
            words = _DOT + line.words if line.kind == "item" else line.words
            writing.insertText(words.replace("\n", "\u2028"), _letters(line))
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _block(line: PaperLine) -> QTextBlockFormat:
    look = theme.current()
    made = QTextBlockFormat()
    made.setHeadingLevel(_LEVELS.get(line.kind, 0))
    made.setTopMargin(look.space(_ABOVE[line.kind]))
    made.setLineHeight(115, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made


def _letters(line: PaperLine) -> QTextCharFormat:
    made = QTextCharFormat()
    font: QFont = role_font(_ROLES[line.kind])
    made.setFont(font)
    made.setForeground(theme.current().colour("text"))
    return made
