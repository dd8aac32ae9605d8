"""A quiet line that opens and closes what stands below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.buttons import button, with_gap
from ui.widgets.layout import column, row, tab_next


class Fold(QWidget):
    """`turned` says whether a person has opened it. What lies in it is made when first needed."""

    turned = Signal(bool)

    def __init__(self, words: str, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make = make
        self._inside: QWidget | None = None
        self._is_open = False
        self._line = button(words, "link", icon="chevron-right", slot=self._turn)
        self._body = column(row(self._line, None), gap=10)
        self.setLayout(self._body)

    def open(self, open_: bool) -> None:  # noqa: FBT001
        """Open it or close it."""
        if open_ == self._is_open:
            return
        self._is_open = open_
        icon = "chevron-down" if open_ else "chevron-right"
        self._line.setIcon(QIcon(with_gap(theme.pixmap(icon, "accent", 20))))
        self.make_ready()
        assert self._inside is not None
        self._inside.setVisible(open_)

    def is_open(self) -> bool:
        """Whether it stands open."""
        return self._is_open

    def name(self, words: str) -> None:
        """What a screen reader calls the line."""
        self._line.setAccessibleName(words)

    def make_ready(self) -> None:
        """Make what lies in it, so that it opens at once."""
        if self._inside is None:
            self._inside = self._make()
            self._inside.hide()
            self._body.addWidget(self._inside)
            tab_next(self._line, self._inside)

    def _turn(self) -> None:
        self.open(not self._is_open)
        self.turned.emit(self._is_open)
