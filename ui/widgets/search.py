"""The place to type a name or a word and find people at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.buttons import icon_button
from ui.widgets.chips import Chip
from ui.widgets.drawings import picture
from ui.widgets.layout import row
from ui.widgets.text import Elided


class SearchField(QLineEdit):
    """Answers on every key. `down` moves on to the list, `entered` opens the first hit."""

    changed = Signal()
    entered = Signal()
    down = Signal()

    def __init__(self, placeholder: str, name: str = "", *, keys: str = "") -> None:
        super().__init__()
        look = theme.current()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setProperty("search", True)
        glass = picture("search", colour="text_2", size=20)
        self._count = Elided("", "meta")
        self._keys = Chip(keys, "plain")
        self._keys.setVisible(bool(keys))
        self._erase = icon_button("x", _("Empty the search"), colour="text_2", slot=self._on_erase)
        self._erase.hide()
        inner: QHBoxLayout = row(glass, None, self._count, self._keys, self._erase, gap=6)
        inner.setContentsMargins(look.px(14), 1, look.px(8), 1)
        self.setLayout(inner)
        self.setTextMargins(look.px(34), 0, look.px(130), 0)
        self.textChanged.connect(self._on_text)
        self.returnPressed.connect(self.entered)
        self.installEventFilter(self)

    def value(self) -> str:
        """What is looked for."""
        return self.text()

    def set_value(self, value: str) -> None:
        """Look for something else; signals like typing does."""
        self.setText(value)

    def set_count(self, words: str) -> None:
        """Say in the field how many were found."""
        self._count.setText(words)
        self._count.updateGeometry()

    def _on_text(self, words: str) -> None:
        self._erase.setVisible(bool(words))
        self._keys.setVisible(bool(self._keys.text()) and not words)
        if not words:
            self.set_count("")
        self.changed.emit()

    def _on_erase(self) -> None:
        self.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.down.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.text():
                self.clear()
                return True
        return super().eventFilter(watched, event)
