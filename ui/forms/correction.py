"""A statement while its words are being put right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import _
from ui.forms.typing_pause import TypingPause
from ui.widgets.buttons import button
from ui.widgets.fields import GrowingText
from ui.widgets.layout import column, row


class Correction(QWidget):
    """Kept while somebody types. Enter and Escape both end it; nothing typed is thrown away."""

    paused = Signal()
    closed = Signal()
    grown = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self._edit = GrowingText(2, "say")
        self._edit.setPlainText(words)
        self._edit.setAccessibleName(_("Put the words right"))
        self._edit.moveCursor(QTextCursor.MoveOperation.End)
        self._edit.installEventFilter(self)
        self._pause = TypingPause(self, steady=True)
        self._pause.over.connect(self.paused)
        self._edit.textChanged.connect(self._pause.begin)
        self._edit.textChanged.connect(self.grown)
        done = button(_("Done"), "tint", slot=self.close_up)
        self.setLayout(column(self._edit, row(None, done), gap=6))
        self.setFocusProxy(self._edit)

    def words(self) -> str:
        """The words as they are now."""
        return self._edit.toPlainText()

    def flush(self) -> None:
        """Say `paused` now if something was typed since."""
        self._pause.flush()

    def close_up(self) -> None:
        """Keep the words and show them as a statement again."""
        self.flush()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.flush()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            new_line = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() == Qt.Key.Key_Escape or (enter and not new_line):
                self.close_up()
                return True
        return super().eventFilter(watched, event)
