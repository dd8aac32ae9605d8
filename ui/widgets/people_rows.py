"""Lists that stand in the flow of a page as high as their rows, so that the page alone scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from ui.widgets.rows import RowList, RowValue


class WholeRows(RowList):
    """`pressed_on` comes with a click, for pages that have no room to show what is selected."""

    pressed_on = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.pressed_on.emit(self.rows()[index.row()].id))

    def show_rows(self, rows: Sequence[RowValue]) -> None:
        super().show_rows(rows)
        self.setVisible(bool(rows))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        row = self.sizeHintForRow(0) if self.rows() else 0
        return QSize(super().sizeHint().width(), row * len(self.rows()) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def selected_place(self) -> QRect:
        """Where the selected row stands in the list."""
        return self.visualRect(self.currentIndex())
