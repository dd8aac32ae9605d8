"""The words under a scale: what its points mean, and when it was last asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from ui import theme
from ui.widgets.text import Text

Centre = Callable[[int], float]
"""Where last time's point has its middle, in a scale of this width."""


class ScaleWords(QWidget):
    """Places the date of last time under its point, one line lower where it would meet a word."""

    def __init__(self, low: str, high: str, *, middle: str = "", big: bool = False) -> None:
        super().__init__()
        role = "body" if big else "meta"
        self._low = Text(low, role, colour="text_2", parent=self)
        self._middle = Text(middle, role, colour="text_2", parent=self)
        self._high = Text(high, role, colour="text_2", parent=self)
        self._when = Text("", role, colour="person_ink", parent=self)
        self._high.setAlignment(Qt.AlignmentFlag.AlignRight)
        for label in (self._middle, self._when):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._middle.setVisible(bool(middle))
        self._when.hide()
        self._centre: Centre = lambda width: width / 2
        self._heights: dict[int, int] = {}
        self._faces = self._make_faces() if big and not middle else []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_when(self, when: str, centre: Centre) -> None:
        """Say under last time's point when that was; "" where there is none."""
        self._centre = centre
        if when or not self._when.isHidden():
            self._when.setText(when)
            self._when.setVisible(bool(when))
            self._heights.clear()
            self.updateGeometry()
            self._place(self.width(), move=True)

    def sizeHint(self) -> QSize:
        width = theme.current().px(500)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(160), self._low.minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Layouts ask for the same width again and again."""
        if width not in self._heights:
            self._heights[width] = self._place(width, move=False)
        return self._heights[width]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(event.size().width(), move=True)
        super().resizeEvent(event)

    def _make_faces(self) -> list[QLabel]:
        faces = []
        for name in ("frown", "smile"):
            face = QLabel(self)
            face.setPixmap(theme.pixmap(name, "text_2", 24))
            faces.append(face)
        return faces

    def _place(self, width: int, *, move: bool) -> int:
        """Where everything goes at this width; the height that it takes."""
        words = self._words_at(width)
        ends = max(rect.height() for _label, rect in words)
        when = min(self._when.sizeHint().width(), width)
        left = round(max(0, min(width - when, self._centre(width) - when / 2)))
        lines = self._when.heightForWidth(when) if not self._when.isHidden() else 0
        gap = theme.current().space(12)
        date = QRect(left, 0, when, max(1, lines))
        meets = any(date.adjusted(-gap, 0, gap, 0).intersects(rect) for _label, rect in words)
        top = ends if meets else 0
        if move:
            for label, rect in (*words, (self._when, date.translated(0, top))):
                label.setGeometry(self._mirrored(rect, width))
            self._place_faces(width)
        return max(ends, top + lines)

    def _words_at(self, width: int) -> list[tuple[Text, QRect]]:
        """The words of the ends and of the middle, each with its place."""
        gap = theme.current().space(12)
        face = theme.current().px(32) if self._faces else 0
        shown = [one for one in (self._low, self._middle, self._high) if not one.isHidden()]
        widest = max(1, width // max(2, len(shown)) - gap - face)
        placed = []
        for label in shown:
            taken = min(label.sizeHint().width(), widest)
            left = {id(self._low): face, id(self._high): width - taken - face}.get(
                id(label), (width - taken) // 2
            )
            placed.append((label, QRect(left, 0, taken, label.heightForWidth(taken))))
        return placed

    def _place_faces(self, width: int) -> None:
        size = theme.current().px(32)
        for place, label in zip((0, width - size), self._faces, strict=False):
            side = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
            label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            rect = QRect(place, 0, size, theme.current().px(24))
            label.setGeometry(self._mirrored(rect, width))

    def _mirrored(self, rect: QRect, width: int) -> QRect:
        """The same place, counted from the right where the scale runs from there."""
        return QStyle.visualRect(self.layoutDirection(), QRect(0, 0, width, 1), rect)
