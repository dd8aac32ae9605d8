"""The plan at the left, what can be done with it at the right; where room is short, one below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.widgets.layout import column, row, stand_on

_PANEL = 396
_LEAST_BESIDE = 760
_LEAST_WINDOW = 640
_LEAST_HEIGHT = 380
_PAPER_BELOW = 640


class PlanSides(QWidget):
    """`foot` holds the buttons: beside the paper they stay in view, however long the list."""

    def __init__(self, paper: QWidget, panel: QWidget, foot: QWidget) -> None:
        super().__init__()
        look = theme.current()
        self._panel, self._paper = panel, paper
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._area.verticalScrollBar().rangeChanged.connect(self._make_room)
        for part in (self._area, panel, foot):
            stand_on(part, "surface")
        self._side = QWidget()
        self._side_column = column(self._area, foot, gap=0)
        self._side_column.setStretchFactor(self._area, 1)
        self._side.setLayout(self._side_column)
        edge = QFrame()
        edge.setProperty("edge", True)
        self._edge = edge
        self._layout = row(paper, edge, self._side, gap=0)
        self._layout.setStretch(0, 1)
        self.setLayout(self._layout)
        self._is_beside: bool | None = None
        self._arrange(beside=True)
        self.setMinimumHeight(look.px(_LEAST_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        least = max(self._panel.minimumSizeHint().width(), self._paper.minimumSizeHint().width())
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        look = theme.current()
        is_high = self.window().height() >= look.px(_LEAST_WINDOW)
        self._arrange(beside=is_high and event.size().width() >= look.px(_LEAST_BESIDE))
        super().resizeEvent(event)

    def _arrange(self, *, beside: bool) -> None:
        if beside == self._is_beside:
            return
        self._is_beside = beside
        look = theme.current()
        self._edge.setVisible(beside)
        self._area.setVisible(beside)
        self._layout.removeWidget(self._side)
        if beside:
            self._side_column.removeWidget(self._panel)
            self._area.setWidget(self._panel)
            self._layout.setDirection(QBoxLayout.Direction.LeftToRight)
            self._layout.addWidget(self._side)
            self._side.setFixedWidth(look.px(_PANEL))
            self._paper.setMinimumHeight(0)
        else:
            self._area.takeWidget()
            self._side_column.insertWidget(0, self._panel)
            self._layout.setDirection(QBoxLayout.Direction.TopToBottom)
            self._layout.insertWidget(0, self._side)
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
            self._paper.setMinimumHeight(look.px(_PAPER_BELOW))
        self._panel.show()
        self._make_room()

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
