"""The place in the composer where words are written, and the frame around it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from ui import theme
from ui.widgets.text import role_font

FEWEST_LINES, MOST_LINES, PART_OF_WINDOW = 1, 7, 6


class Words(QPlainTextEdit):
    """The words. Grows for a few lines, at most a sixth of the window, then scrolls."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("bare", True)
        self.setFont(role_font("say"))
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._grow)

    def show_words(self, words: str) -> None:
        """Show words with the cursor at their end, without a signal."""
        self.blockSignals(True)
        self.setPlainText(words)
        self.blockSignals(False)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._grow()

    def event(self, event: QEvent) -> bool:
        """Without words to pass, Ctrl+Left and Ctrl+Right belong to the page and its questions."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self.document().isEmpty()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def _grow(self) -> None:
        lines = int(self.document().size().height())
        line = QFontMetrics(self.font()).lineSpacing()
        most = max(FEWEST_LINES, min(MOST_LINES, self.window().height() // PART_OF_WINDOW // line))
        shown = max(FEWEST_LINES, min(most, lines))
        height = shown * line + 2 * int(self.document().documentMargin())
        self.setFixedHeight(max(theme.current().px(40), height))
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if lines > most
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )


class Paper(QWidget):
    """The frame around the words, in the colour of the voice while somebody writes."""

    def __init__(self) -> None:
        super().__init__()
        self.tone, self.is_written_on = "person", False

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self.is_written_on else 1
        pen = QPen(look.colour(self.tone if self.is_written_on else "line_strong"), width)
        if self.tone == "third":
            pen.setDashPattern([4, 2])
        painter.setPen(pen)
        painter.setBrush(look.colour("surface"))
        half = width / 2
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(rect, look.px(11), look.px(11))
