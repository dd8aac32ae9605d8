"""Chips: a short fact, a time, something done; and the filters above a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from ui import theme
from ui.widgets.boxes import Box
from ui.widgets.drawings import picture
from ui.widgets.layout import FlowLayout, let_tab_stop_at, row
from ui.widgets.text import Elided

ChipTone = Literal["fact", "time", "done", "soon", "plain"]

_LOOKS = {
    "fact": ("third_tint", "third_edge", "third_ink"),
    "time": ("accent_tint", "accent_edge", "accent_ink"),
    "done": ("person_tint", "person_edge", "person_ink"),
    "soon": ("warn_tint", "warn_edge", "warn_ink"),
    "plain": ("surface", "line_soft", "text_2"),
}


class Chip(Box):
    """A word or two. Never more than two chips in a row of a list."""

    def __init__(self, words: str, tone: ChipTone = "fact", *, icon: str = "") -> None:
        fill, edge, ink = _LOOKS[tone]
        super().__init__(fill, edge, radius=14)
        self._words = Elided(words, "metab", colour=ink)
        layout = row(gap=6, margins=(11, 4, 11, 4))
        if icon:
            layout.addWidget(picture(icon, colour=ink, size=15))
        layout.addWidget(self._words)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words."""
        return self._words.text()

    def set_words(self, words: str) -> None:
        """Show other words."""
        self._words.setText(words)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), theme.current().px(28)))


class FilterChips(QWidget):
    """One of several filters above a list. The first is chosen at the beginning."""

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._buttons: dict[object, QToolButton] = {}
        layout = FlowLayout(8, self)
        for value, words in options:
            made = QToolButton()
            made.setProperty("filter", True)
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.clicked.connect(lambda _checked=False, value=value: self._on_clicked(value))
            self._buttons[value] = made
            self.set_words(value, words)
            layout.addWidget(made)
        if options:
            self.choose(options[0][0])

    def _on_clicked(self, value: object) -> None:
        self.choose(value)
        self.chosen.emit(value)

    def set_words(self, value: object, words: str) -> None:
        """Show other words for a filter, such as a new count."""
        self._buttons[value].setText(words.replace("&", "&&"))
        self._buttons[value].setAccessibleName(words)

    def choose(self, value: object) -> None:
        """Show a filter as chosen, without a signal."""
        self._buttons[value].setChecked(True)
        let_tab_stop_at(self._buttons[value], self._buttons.values())

    def value(self) -> object:
        """The chosen filter."""
        return next((value for value, made in self._buttons.items() if made.isChecked()), None)
