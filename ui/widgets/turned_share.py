"""How much somebody carries of a part of life, for the participant: five large points in a row."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from caseworker_app.content.participant import Tongue
from caseworker_app.domain.talk import MOST_SHARE
from ui import theme
from ui.widgets.drawings import painter_on
from ui.widgets.layout import column, row
from ui.widgets.scale import Point, Scale
from ui.widgets.text import Text

TARGET, RADIUS, NONE_WIDTH = 60, 15, 18


class _Dot(Point):
    """A dot, filled up to the one that is chosen. The first point is a stroke and means none."""

    def __init__(self, share: BigShare, number: int) -> None:
        super().__init__(share, number)
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.current().px(TARGET)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, value = theme.current(), painter_on(self), self._share.value()
        filled = value is not None and self.number <= value
        if self.underMouse():
            painter.setBrush(look.colour("sunken"))
            painter.drawRoundedRect(self.rect(), look.px(14), look.px(14))
        pen = QPen(look.colour("person" if filled else "line_strong"), look.px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        middle = QRectF(self.rect()).center()
        if self.number == 0:
            pen.setWidth(look.px(6 if value == 0 else 3))
            painter.setPen(pen)
            half = QPointF(look.px(NONE_WIDTH) / 2, 0)
            painter.drawLine(middle - half, middle + half)
            return
        painter.setPen(pen)
        painter.setBrush(look.colour("person" if filled else "surface"))
        painter.drawEllipse(middle, look.px(RADIUS), look.px(RADIUS))


class BigShare(Scale):
    """Who it is, five points from none to most of it, and what is chosen in words.

    A second touch takes it back.
    """

    def __init__(self, tongue: Tongue, who: str) -> None:
        self._tongue = tongue
        super().__init__()
        self._words = Text("", "tbody", colour="text_2")
        self._words.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        dots = row(gap=6)
        for number in range(MOST_SHARE + 1):
            dot = self._marks[number] = _Dot(self, number)
            dots.addWidget(dot)
        dots.addSpacing(theme.current().space(12))
        dots.addWidget(self._words, 1)
        self.setLayout(column(Text(who, "tbody"), dots, gap=0))
        self.ask(who)

    def take(self, number: int) -> None:
        self.rate(None if number == self.value() else number)

    def _show_value(self) -> None:
        super()._show_value()
        value = self.value()
        self._words.setText("" if value is None else self._tongue.say(f"share-{value}"))
        for dot in self._marks.values():
            dot.update()

    def _name_all(self) -> None:
        who, value = f"{self._name}:", self.value()
        for number, dot in self._marks.items():
            dot.setAccessibleName(f"{who} {self._tongue.say(f'share-{number}')}")
        nothing = self._tongue.say("nothing-chosen", what=who)
        chosen = nothing if value is None else self._marks[value].accessibleName()
        self.setAccessibleName(chosen)
