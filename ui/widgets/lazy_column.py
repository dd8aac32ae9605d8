"""A long column of which only what is near the eye is made: it opens as fast long as short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QSizePolicy, QWidget

from ui import theme

NEAR = 600
ROUNDS = 8
"""What is made may be lower than was guessed, and then more comes into view."""

Block = Callable[[], QWidget]


class LazyColumn(QWidget):
    """Blocks one below the other on a sheet that scrolls. What is far from view is let go again.

    Heights of blocks not made yet are guessed. Where a guess was wrong, what is in view stays put.
    """

    def __init__(self, sheet: QScrollArea, *, gap: int = 24) -> None:
        super().__init__()
        look = theme.current()
        self._sheet, self._gap = sheet, look.space(gap)
        self._near = look.px(NEAR)
        self._blocks: Sequence[Block] = ()
        self._heights: list[int] = []
        self._made: dict[int, QWidget] = {}
        self._is_filling = False
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Fixed)
        sheet.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._later = QTimer(self)
        self._later.setSingleShot(True)  # what is near waits until what is in view is painted
        self._later.setInterval(0)
        self._later.timeout.connect(lambda: self._fill(self._near))

    def show_blocks(self, blocks: Sequence[Block], guesses: Sequence[int]) -> None:
        """Show others, from the first on; with each a guess at its height, before scaling."""
        for made in self._made.values():
            _let_go(made)
        self._blocks, self._made = blocks, {}
        self._heights = [theme.current().px(guess) for guess in guesses]
        self._on_scrolled()

    def go_to(self, place: int) -> None:
        """Bring a block to the upper edge."""
        for _round in range(ROUNDS):
            bar = self._sheet.verticalScrollBar()
            wanted = min(bar.maximum(), self._offset() + self._tops()[place])
            if wanted == bar.value() and place in self._made:
                return
            bar.setValue(wanted)
            self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines, other heights."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            for place, made in self._made.items():
                self._heights[place] = _height(made, self.width())
            self._on_scrolled()

    def _on_scrolled(self) -> None:
        self._fill()
        self._later.start()

    def _fill(self, near: int = 0) -> None:
        """Make what is in view, and so much above and below; let go what is far from it."""
        if self._is_filling or not self.isVisibleTo(self._sheet):
            return
        self._is_filling = True
        for _round in range(ROUNDS):
            wanted = self._places_near(near)
            if all(place in self._made for place in wanted):
                break
            hold = self._held()
            for place in wanted:
                if place not in self._made:
                    self._make(place)
            self._arrange()
            hold()
        kept = self._places_near(2 * self._near)
        for place in [place for place in self._made if place not in kept]:
            _let_go(self._made.pop(place))
        self._arrange()
        self._is_filling = False

    def _make(self, place: int) -> None:
        made = self._blocks[place]()
        made.setParent(self)
        self._made[place] = made
        self._heights[place] = _height(made, self.width())

    def _arrange(self) -> None:
        tops = self._tops()
        for place, made in self._made.items():
            made.setGeometry(0, tops[place], self.width(), self._heights[place])
            made.show()
        whole = tops[-1] - self._gap if self._blocks else 0
        if whole != self.height():
            self.setFixedHeight(whole)
            content = self._sheet.widget()
            if content is not None:  # so that the scroll bar knows before it is moved
                QApplication.sendPostedEvents(content, QEvent.Type.LayoutRequest.value)

    def _tops(self) -> list[int]:
        return list(accumulate((height + self._gap for height in self._heights), initial=0))

    def _offset(self) -> int:
        """Where this column begins on the sheet."""
        content = self._sheet.widget()
        return self.mapTo(content, QPoint(0, 0)).y() if content is not None else 0

    def _places_near(self, near: int) -> range:
        top = self._sheet.verticalScrollBar().value() - self._offset()
        end = top + self._sheet.viewport().height() + near
        tops = self._tops()
        shown = [
            place
            for place, height in enumerate(self._heights)
            if tops[place] < end and tops[place] + height > top - near
        ]
        return range(shown[0], shown[-1] + 1) if shown else range(0)

    def _held(self) -> Callable[[], None]:
        """What puts the first block in view back where it stands now, or the end at the end."""
        bar = self._sheet.verticalScrollBar()
        top = bar.value() - self._offset()
        if not self._heights or top <= 0:
            return lambda: None
        if bar.value() == bar.maximum():
            return lambda: bar.setValue(bar.maximum())
        tops = self._tops()
        first = next(place for place, end in enumerate(tops[1:]) if end > top or end == tops[-1])
        return lambda: bar.setValue(bar.value() + self._tops()[first] - tops[first])


def _height(made: QWidget, width: int) -> int:
    return made.heightForWidth(width) if made.hasHeightForWidth() else made.sizeHint().height()


def _let_go(made: QWidget) -> None:
    made.hide()
    made.deleteLater()
