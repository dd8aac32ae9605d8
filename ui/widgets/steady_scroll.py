"""A page that keeps room for its scroll bar, so that nothing moves when the bar comes or goes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from ui.widgets.layout import Ground, ScrollPage, stand_on


class _QuietBar(QScrollBar):
    """Cannot be seen where there is nothing to scroll."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.minimum() < self.maximum():
            super().paintEvent(event)


class _Sheet(QWidget):
    """Would like to be as it is. Asked for more, it would lay out all its text once more."""

    def sizeHint(self) -> QSize:
        return self.size()


class SteadyPage(ScrollPage):
    """Lays out its text for one width only, which takes half the time."""

    def __init__(self, *, max_width: int, margin: int, ground: Ground = "surface") -> None:
        super().__init__(max_width=max_width, margin=margin, ground=ground)
        self.setVerticalScrollBar(_QuietBar())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        sheet, before = _Sheet(), self.takeWidget()
        stand_on(sheet, ground)
        sheet.setLayout(self.body)
        self.setWidget(sheet)
        if before is not None:
            before.deleteLater()
