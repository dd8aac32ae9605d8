"""The main thing at the left, what can be done with it at the right; else one below the other."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.widgets.layout import Ground, column, row, stand_on

_PANEL = 396
_LEAST_WINDOW = 640
_LEAST_HEIGHT = 380
_ANY = 16_777_215

First = Literal["main", "panel"]


class Sides(QWidget):
    """`foot` holds the buttons: beside the main part they stay in view, however long the panel.

    Below each other, `first` stands on top, and a main part that scrolls by itself is as high as
    `main_below`; one that does not (0) is moved in its own frame while they are beside each other.
    """

    def __init__(
        self,
        main: QWidget,
        panel: QWidget,
        foot: QWidget,
        *,
        ground: Ground = "surface",
        first: First = "panel",
        beside_from: int = 760,
        main_below: int = 640,
    ) -> None:
        super().__init__()
        look = theme.current()
        self._panel, self._main = panel, main
        self._first, self._main_below = first, main_below
        self._beside_from = beside_from
        self._frame = None if main_below else _frame()
        self._area = _frame()
        self._area.verticalScrollBar().rangeChanged.connect(self._make_room)
        for part in (self._area, panel, foot):
            stand_on(part, ground)
        self._side = QWidget()
        self._side_column = column(self._area, foot, gap=0)
        self._side_column.setStretchFactor(self._area, 1)
        self._side.setLayout(self._side_column)
        self._edge = QFrame()
        self._edge.setProperty("edge", True)
        self._layout = row(self._frame or main, self._edge, self._side, gap=0)
        self._layout.setStretch(0, 1)
        self.setLayout(self._layout)
        self._is_beside: bool | None = None
        self._arrange(beside=True)
        self.setMinimumHeight(look.px(_LEAST_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        least = max(self._panel.minimumSizeHint().width(), self._main.minimumSizeHint().width())
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        look = theme.current()
        is_high = self.window().height() >= look.px(_LEAST_WINDOW)
        self._arrange(beside=is_high and event.size().width() >= look.px(self._beside_from))
        super().resizeEvent(event)

    def is_beside(self) -> bool:
        """Whether both can be seen at once."""
        return bool(self._is_beside)

    def _arrange(self, *, beside: bool) -> None:
        if beside == self._is_beside:
            return
        self._is_beside = beside
        self._edge.setVisible(beside)
        self._area.setVisible(beside)
        self._layout.removeWidget(self._side)
        if beside:
            self._stand_beside()
        else:
            self._stand_below()
        self._panel.show()
        self._main.show()
        self._make_room()

    def _stand_beside(self) -> None:
        self._side_column.removeWidget(self._panel)
        self._area.setWidget(self._panel)
        self._layout.setDirection(QBoxLayout.Direction.LeftToRight)
        self._layout.addWidget(self._side)
        self._side.setFixedWidth(theme.current().px(_PANEL))
        self._main.setMinimumHeight(0)
        if self._frame is not None:
            self._layout.removeWidget(self._main)
            self._frame.setWidget(self._main)
            self._frame.show()

    def _stand_below(self) -> None:
        self._area.takeWidget()
        self._side_column.insertWidget(0, self._panel)
        self._layout.setDirection(QBoxLayout.Direction.TopToBottom)
        if self._frame is not None:
            self._frame.takeWidget()
            self._frame.hide()
            self._layout.insertWidget(0, self._main)
        self._layout.insertWidget(0 if self._first == "panel" else self._layout.count(), self._side)
        self._side.setMinimumWidth(0)
        self._side.setMaximumWidth(_ANY)
        self._main.setMinimumHeight(theme.current().px(self._main_below))

    def _make_room(self) -> None:
        """The scroll bar takes its width from the margin, so that nothing moves when it comes.

        Whether it comes is decided here alone: were Qt to decide too, a text that just fits without
        the margin and just does not fit with it would go to and fro for ever.
        """
        bar, shown = self._area.verticalScrollBar(), Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        is_scrolled = self._is_beside and bar.maximum() > 0
        self._area.setVerticalScrollBarPolicy(
            shown if is_scrolled else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self._panel.setContentsMargins(0, 0, 0 if is_scrolled else bar.sizeHint().width(), 0)


def _frame() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    return area
