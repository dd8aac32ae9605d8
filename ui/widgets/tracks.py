"""Then and now on one line from 0 to 10: hollow dot, filled dot, a thick line between."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.drawings import painter_on


class BeforeAfter(QLabel):
    """One life domain. `missing` says in words why there is no number now. Same value: one dot."""

    def __init__(
        self,
        name: str,
        now: int | None,
        before: int | None = None,
        *,
        missing: str = "",
        bold: bool = False,
    ) -> None:
        super().__init__()
        self._now, self._before = now, before
        self._missing, self._bold = missing, bold
        self.setAccessibleName(self._spoken(name))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(330), look.px(38))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        words = QFontMetrics(look.font(14)).horizontalAdvance(self._missing) + look.px(70)
        return QSize(max(look.px(160), words), look.px(38))

    def _spoken(self, name: str) -> str:
        if self._now is None:
            return f"{name}: {self._missing}" if self._missing else name
        if self._before is None:
            return _("{what}, {number} of {most}").format(what=name, number=self._now, most=10)
        return _("{what}, {number} of 10, before {before}").format(
            what=name, number=self._now, before=self._before
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = painter_on(self)
        end = self.width() - look.px(44)
        start, middle = look.px(9), self.height() / 2
        self._paint_ground(painter, start, end, middle)
        if self._now is None:
            self._paint_missing(painter, start, end)
        else:
            self._paint_dots(painter, start, end, middle)
            painter.setPen(look.colour("text"))
            painter.setFont(look.font(16, 700 if self._bold else 600))
            rect = QRectF(end, 0, self.width() - end, self.height())
            painter.drawText(
                rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self._now)
            )

    def _paint_ground(self, painter: QPainter, start: int, end: int, middle: float) -> None:
        look = theme.current()
        painter.setPen(QPen(look.colour("line"), 1))
        for part in (0, 0.5, 1):
            x = start + (end - start) * part
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(QPen(look.colour("line"), 1 if look.is_contrast else look.px(3)))
        painter.drawLine(QPointF(start, middle), QPointF(end, middle))

    def _paint_missing(self, painter: QPainter, start: int, end: int) -> None:
        look = theme.current()
        if not self._missing:
            return
        painter.setFont(look.font(14))
        width = painter.fontMetrics().horizontalAdvance(self._missing) + look.px(20)
        height = look.px(26)
        pill = QRectF(
            max(0.0, (start + end - width) / 2), (self.height() - height) / 2, width, height
        )
        painter.setPen(look.colour("edge"))
        painter.setBrush(look.colour("canvas"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(look.colour("text_2"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._missing)

    def _paint_dots(self, painter: QPainter, start: int, end: int, middle: float) -> None:
        look = theme.current()
        assert self._now is not None
        now = QPointF(start + (end - start) * self._now / 10, middle)
        if self._before is not None and self._before != self._now:
            before = QPointF(start + (end - start) * self._before / 10, middle)
            painter.setPen(QPen(look.colour("person"), look.px(5)))
            painter.drawLine(before, now)
            painter.setPen(QPen(look.colour("person"), look.px(2)))
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(before, look.px(6), look.px(6))
        painter.setPen(QPen(look.colour("surface"), look.px(2)))
        painter.setBrush(look.colour("person"))
        painter.drawEllipse(now, look.px(9), look.px(9))
