"""A field that offers answers and takes any other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView

from ui.widgets.field import Field


class _OpenCombo(QComboBox):
    """The mouse wheel scrolls the page and changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SuggestField(Field):
    """`options` are (value, words). Words that are none of them are their own value."""

    control: QComboBox

    def __init__(
        self, label: str, options: Sequence[tuple[str, str]], *, placeholder: str = ""
    ) -> None:
        combo = _OpenCombo()
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setView(QListView(combo))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        combo.addItems([words for _value, words in options])
        combo.setCurrentIndex(-1)
        super().__init__(label, combo)
        self._values = {words.casefold(): value for value, words in options}
        self._words = dict(options)
        line = combo.lineEdit()
        assert line is not None  # an editable combo has one
        line.setAccessibleName(label)
        line.setPlaceholderText(placeholder)
        line.textEdited.connect(lambda _words: self.changed.emit())
        combo.activated.connect(lambda _index: self.changed.emit())

    def value(self) -> str:
        """The value of what is chosen, or the words that were typed."""
        words = self.control.currentText().strip()
        return self._values.get(words.casefold(), words)

    def set_value(self, value: str) -> None:
        """Show a value in its words."""
        if value != self.value():
            self.control.setEditText(self._words.get(value, value))
