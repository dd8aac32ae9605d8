"""The parts of a file, beside each other, with a line under the one that is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from ui import theme
from ui.widgets.drawings import painter_on
from ui.widgets.layout import column

ROOMY, TIGHT = 26, 10
"""How far the tabs stand apart; tight where they would not fit otherwise."""


class _Bar(QTabBar):
    """A tab is as wide as its words are when they are current and therefore bold."""

    def tabSizeHint(self, index: int) -> QSize:
        gap = TIGHT if self.property("tight") else ROOMY
        return QSize(self._words(index, gap), super().tabSizeHint(index).height())

    def fit(self, width: int) -> None:
        """Move the tabs together where there is little room."""
        tight = sum(self._words(index, ROOMY) for index in range(self.count())) > width
        if tight != bool(self.property("tight")):
            self.setProperty("tight", tight)
            self.style().unpolish(self)
            self.style().polish(self)

    def _words(self, index: int, gap: int) -> int:
        look = theme.current()
        words = QFontMetrics(look.font(16, 600)).horizontalAdvance(self.tabText(index))
        return words + look.px(4) + look.px(gap) + 4

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)


class Tabs(QWidget):
    """A row of tabs over a hairline. `went` carries the id of the tab the person chose."""

    went = Signal(str)

    def __init__(self, name: str, tabs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._ids = [tab for tab, _words in tabs]
        self._bar = _Bar()
        self._bar.setAccessibleName(name)
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        self._bar.setUsesScrollButtons(True)
        self._bar.setElideMode(Qt.TextElideMode.ElideNone)
        for _tab, words in tabs:
            self._bar.addTab(words.replace("&", "&&"))
        self._bar.currentChanged.connect(lambda index: self.went.emit(self._ids[index]))
        layout = column(self._bar, gap=0)
        layout.setAlignment(self._bar, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(layout)
        self.setFocusProxy(self._bar)

    def current(self) -> str:
        """The id of the tab that is shown."""
        return self._ids[self._bar.currentIndex()]

    def set_current(self, tab: str) -> None:
        """Show another tab as current, without a signal."""
        self._bar.blockSignals(True)
        self._bar.setCurrentIndex(self._ids.index(tab))
        self._bar.blockSignals(False)

    def next(self, by: int = 1) -> None:
        """Go on to the next tab, or with -1 to the one before, round and round."""
        self._bar.setCurrentIndex((self._bar.currentIndex() + by) % len(self._ids))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._bar.fit(event.size().width())
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = painter_on(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.current().colour("line"))
