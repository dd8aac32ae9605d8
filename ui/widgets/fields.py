"""The kinds of fields: a line, several lines, a choice, a tick."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetrics, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
)

from ui import theme
from ui.widgets.field import Field
from ui.widgets.text import Text, role_font


class LineField(Field):
    """One line of text."""

    control: QLineEdit

    def __init__(self, label: str, *, hint: str = "", placeholder: str = "") -> None:
        edit = QLineEdit()
        edit.setPlaceholderText(placeholder)
        super().__init__(label, edit, hint=hint)
        edit.textEdited.connect(lambda _words: self.changed.emit())

    def value(self) -> str:
        """The line as typed, without blanks around it."""
        return self.control.text().strip()

    def set_value(self, value: str) -> None:
        """Show a line. The cursor stays where it is when nothing changes."""
        if value != self.value():
            self.control.setText(value)


class GrowingText(QPlainTextEdit):
    """A place for several lines that grows with its text; Tab goes on to the next field."""

    def __init__(self, lines: int = 3, role: str = "body") -> None:
        super().__init__()
        self._lines = lines
        self.setFont(role_font(role))
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._grow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _grow(self) -> None:
        lines = max(self._lines, int(self.document().size().height()))
        inner = lines * QFontMetrics(self.font()).lineSpacing()
        height = inner + 2 * int(self.document().documentMargin()) + theme.current().px(22)
        if height != self.minimumHeight():
            self.setFixedHeight(height)


class LongField(Field):
    """Several lines of text; grows with what is written."""

    control: GrowingText

    def __init__(
        self, label: str, *, hint: str = "", placeholder: str = "", lines: int = 3
    ) -> None:
        edit = GrowingText(lines)
        edit.setPlaceholderText(placeholder)
        super().__init__(label, edit, hint=hint)
        edit.textChanged.connect(self.changed)

    def value(self) -> str:
        """The text as typed."""
        return self.control.toPlainText()

    def set_value(self, value: str) -> None:
        """Show a text. The cursor stays where it is when nothing changes."""
        if value != self.value():
            self.blockSignals(True)
            self.control.setPlainText(value)
            self.blockSignals(False)


class _CalmCombo(QComboBox):
    """A choice that the mouse wheel does not change by accident while a page is scrolled."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceField(Field):
    """One of several given answers."""

    control: QComboBox

    def __init__(
        self, label: str, options: Sequence[tuple[object, str]], *, hint: str = ""
    ) -> None:
        combo = _CalmCombo()
        combo.setView(QListView(combo))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setMinimumContentsLength(6)
        self._values = [value for value, _words in options]
        combo.addItems([words for _value, words in options])
        super().__init__(label, combo, hint=hint)
        combo.activated.connect(lambda _index: self.changed.emit())

    def value(self) -> Any:
        """The chosen value, or None."""
        index = self.control.currentIndex()
        return self._values[index] if index >= 0 else None

    def set_value(self, value: Any) -> None:
        """Show a value as chosen; one that is not offered shows nothing."""
        self.control.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class CheckField(Field):
    """A sentence with a box to tick."""

    control: QCheckBox

    def __init__(self, words: str, *, hint: str = "") -> None:
        box = QCheckBox(words.replace("&", "&&"))
        super().__init__("", box)
        if hint:
            self._body.insertWidget(self._body.indexOf(box) + 1, Text(hint, "meta"))
        box.setAccessibleName(words)
        box.setAccessibleDescription(hint)
        box.clicked.connect(lambda _checked: self.changed.emit())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.control.isChecked()

    def set_value(self, value: bool) -> None:  # noqa: FBT001
        """Tick it or not, without a signal."""
        self.control.setChecked(value)
