"""How far the conversation is, for the participant: one round picture for each topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui import theme
from ui.widgets.drawings import painter_on

SIZE, SMALLEST, GAP = 44, 12, 8
WITH_A_PICTURE = 24
"""From this size on a pictogram can be told."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One round: its pictogram, and whether it is talked about now or was before."""

    pictogram: str
    is_current: bool
    is_done: bool


class TopicRounds(QLabel):
    """The topics in a row, smaller where there are many. To look at, not to press."""

    def __init__(self) -> None:
        super().__init__()
        self._topics: tuple[Topic, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_topics(self, topics: Sequence[Topic], name: str) -> None:
        """Show these; a screen reader says `name`."""
        self._topics = tuple(topics)
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def count(self) -> int:
        """How many topics there are."""
        return len(self._topics)

    def sizeHint(self) -> QSize:
        look, count = theme.current(), max(1, len(self._topics))
        return QSize(count * look.px(SIZE + GAP), look.px(SIZE))

    def minimumSizeHint(self) -> QSize:
        look, count = theme.current(), max(1, len(self._topics))
        return QSize(min(count * look.px(SMALLEST + 2), look.px(160)), look.px(SIZE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._topics:
            return
        painter, look = painter_on(self), theme.current()
        step = min(look.px(SIZE + GAP), self.width() / len(self._topics))
        size = min(look.px(SIZE), max(2.0, step * 0.85))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, topic in enumerate(self._topics):
            left = self.width() - size - place * step if mirrored else place * step
            rect = QRectF(left, (self.height() - size) / 2, size, size)
            self._paint_round(painter, rect.adjusted(1, 1, -1, -1), topic)

    def _paint_round(self, painter: QPainter, rect: QRectF, topic: Topic) -> None:
        look = theme.current()
        fill, edge, ink = ("surface", "line_soft", "text_2")
        if topic.is_current:
            fill, edge, ink = ("person", "person", "on_person")
        elif topic.is_done:
            fill, edge, ink = ("person_tint", "person_edge", "person_ink")
        painter.setBrush(look.colour(fill))
        painter.setPen(QPen(look.colour(edge), 1.5))
        painter.drawEllipse(rect)
        if rect.width() < look.px(WITH_A_PICTURE) - 2:
            return
        drawn = 20 * rect.width() / look.px(SIZE)
        if topic.is_done and not topic.is_current:
            picture = theme.pixmap("check", ink, round(drawn))
        else:
            picture = theme.pictogram(topic.pictogram, ink, round(drawn))
        half = picture.deviceIndependentSize() / 2
        painter.drawPixmap(rect.center() - QPointF(half.width(), half.height()), picture)
