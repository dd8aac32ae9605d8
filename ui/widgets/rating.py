"""How a person sees one part of their life: in numbers, or in five faces. Drawn, never added up."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from ui import theme
from ui.widgets.drawings import painter_on
from ui.widgets.layout import column, row
from ui.widgets.scale import Point, Scale
from ui.widgets.scale_words import ScaleWords

FACES = 5


class _Number(Point):
    """A number in a box; filled when it is today's, with a dashed ring when it was last time's."""

    def __init__(self, scale: Scale, number: int, *, big: bool) -> None:
        super().__init__(scale, number)
        self._big = big
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(80 if self._big else 54), look.px(76 if self._big else 44))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        width = max(56, look.px(40)) if self._big else max(40, look.px(28))
        return QSize(width, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = painter_on(self)
        width = 2 if self.is_last and not self.isChecked() else 1
        rect = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = look.px(16 if self._big else 9)
        ground = "sunken" if self.underMouse() else "surface"
        painter.setBrush(look.colour("person" if self.isChecked() else ground))
        pen = QPen(look.colour("person" if self.isChecked() else "line_strong"), 1)
        if width == 2:
            pen = QPen(look.colour("person"), 2)
            pen.setDashPattern([4, 2])
        painter.setPen(pen)
        painter.drawRoundedRect(rect, radius, radius)
        painter.setPen(look.colour("on_person" if self.isChecked() else "text"))
        painter.setFont(look.font(20 if self._big else 16, 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.number))


class _Face(Point):
    """A drawn face from very bad (1) to very good (5)."""

    def __init__(self, scale: Scale, number: int, *, big: bool) -> None:
        super().__init__(scale, number)
        self._size = theme.current().px(84 if big else 72)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = painter_on(self)
        chosen = self.isChecked()
        pen = QPen(look.colour("person" if chosen or self.is_last else "line_strong"), 1.5)
        if self.is_last and not chosen:
            pen = QPen(look.colour("person"), 2.5)
            pen.setDashPattern([4, 2])
        painter.setPen(pen)
        painter.setBrush(look.colour("person" if chosen else "surface"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        self._paint_features(painter, "on_person" if chosen else "text_2")

    def _paint_features(self, painter: QPainter, token: str) -> None:
        ink = theme.current().colour(token)
        unit = self._size / 100
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for x in (36, 64):
            painter.drawEllipse(QPointF(x * unit, 40 * unit), 4.5 * unit, 4.5 * unit)
        bend = (self.number - 3) * 9
        mouth = QPainterPath(QPointF(30 * unit, (66 - bend / 2) * unit))
        mouth.quadTo(50 * unit, (66 + bend) * unit, 70 * unit, (66 - bend / 2) * unit)
        pen = QPen(ink, 4.5 * unit)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(mouth)


class RatingScale(Scale):
    """Numbers, from 0 to 10 unless `first` and `most` say otherwise; words at both ends.

    `last` gets a dashed ring with `last_when` under it.
    """

    def __init__(
        self,
        name: str,
        low: str,
        high: str,
        *,
        last: int | None = None,
        last_when: str = "",
        first: int = 0,
        most: int = 10,
        big: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(clock)
        numbers: QHBoxLayout = row(gap=10 if big else 6)
        for number in range(first, most + 1):
            mark = _Number(self, number, big=big)
            self._marks[number] = mark
            numbers.addWidget(mark, 1)
        self.words = ScaleWords(low, high, big=big)
        body: QVBoxLayout = column(numbers, self.words, gap=6)
        self.setLayout(body)
        self.ask(name, last=last, last_when=last_when)

    def _show_last(self) -> None:
        first, points = min(self._marks), len(self._marks)
        place = 0.0 if self._last is None else (self._last - first + 0.5) / points
        when = self._last_when if self._last in self._marks else ""
        self.words.show_when(when, lambda width: width * place)


class FaceScale(Scale):
    """Five faces from 1 to 5, with words under the first, the middle and the last."""

    def __init__(
        self,
        name: str,
        words: tuple[str, str, str],
        *,
        last: int | None = None,
        last_when: str = "",
        big: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(clock)
        faces = row(gap=12)
        for number in range(1, FACES + 1):
            mark = _Face(self, number, big=big)
            self._marks[number] = mark
            faces.addWidget(mark)
            if number < FACES:
                faces.addStretch(1)
        low, middle, high = words
        self.words = ScaleWords(low, high, middle=middle, big=big)
        self.setLayout(column(faces, self.words, gap=8))
        self.ask(name, last=last, last_when=last_when)

    def _show_last(self) -> None:
        size = self._marks[1].sizeHint().width()
        place = 0.0 if self._last is None else (self._last - 1) / (FACES - 1)
        when = self._last_when if self._last in self._marks else ""
        self.words.show_when(when, lambda width: size / 2 + (width - size) * place)
