"""The words under a 0-10 scale: what its ends mean, and when it was last asked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import theme
from ui.widgets.text import Text


class ScaleWords(QWidget):
    """Places the date of last time under its number, one line lower where it would meet an end."""

    def __init__(self, low: str, high: str, when: str, number: int, *, big: bool = False) -> None:
        super().__init__()
        role = "body" if big else "meta"
        self._low = Text(low, role, colour="text_2", parent=self)
        self._high = Text(high, role, colour="text_2", parent=self)
        self._when = Text(when, role, colour="person_ink", parent=self)
        self._high.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._when.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._when.setVisible(bool(when))
        self._centre = (number + 0.5) / 11
        self._faces = self._make_faces() if big else []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        width = theme.current().px(500)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(160), self._low.minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

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
        face = theme.current().px(32) if self._faces else 0
        gap = theme.current().space(12)
        low = min(self._low.sizeHint().width(), width // 2 - gap - face)
        high = min(self._high.sizeHint().width(), width // 2 - gap - face)
        ends = max(self._low.heightForWidth(low), self._high.heightForWidth(high))
        when = min(self._when.sizeHint().width(), width)
        left = round(max(0, min(width - when, width * self._centre - when / 2)))
        meets = left < low + face + gap or left + when > width - high - face - gap
        top = ends if meets else 0
        lines = self._when.heightForWidth(when) if not self._when.isHidden() else 0
        if move:
            self._low.setGeometry(face, 0, low, ends)
            self._high.setGeometry(width - high - face, 0, high, ends)
            self._when.setGeometry(left, top, when, lines)
            for place, label in zip((0, width - face), self._faces, strict=False):
                side = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
                label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
                label.setGeometry(place, 0, face, theme.current().px(24))
        return max(ends, top + lines)
