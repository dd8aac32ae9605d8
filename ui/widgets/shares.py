"""How much somebody carries of a part of life: none to four dots, filled or hollow.

Drawn so that it can be read without colour; counted, but never added up.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy

from caseworker_app.domain.talk import MOST_SHARE
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.drawings import painter_on
from ui.widgets.layout import row
from ui.widgets.scale import Point, Scale
from ui.widgets.text import Text

ROOM_FOR_BOTH = 500


class _Dot(Point):
    """A dot, filled up to the one that is chosen. The first point is a stroke and means none."""

    def __init__(self, share: Share, number: int) -> None:
        super().__init__(share, number)
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(40), look.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = painter_on(self)
        if self.underMouse():
            painter.setBrush(look.colour("sunken"))
            painter.drawRoundedRect(self.rect(), look.px(9), look.px(9))
        value = self._share.value()
        filled = value is not None and self.number <= value
        pen = QPen(look.colour("person" if filled else "line_strong"), look.px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = QRectF(self.rect()).center()
        if self.number == 0:
            pen.setColor(look.colour("person" if value == 0 else "line_strong"))
            pen.setWidth(look.px(4 if value == 0 else 2))
            painter.setPen(pen)
            half = QPointF(look.px(6), 0)
            painter.drawLine(middle - half, middle + half)
            return
        painter.setBrush(look.colour("person" if filled else "surface"))
        painter.drawEllipse(middle, look.px(9), look.px(9))


class Share(Scale):
    """One share, named in words beside its dots. A second click takes it back."""

    def __init__(self) -> None:
        super().__init__()
        dots = row(gap=0)
        for number in range(MOST_SHARE + 1):
            dot = self._marks[number] = _Dot(self, number)
            dots.addWidget(dot)
        self._label, self._words = Text("", "body"), Text("", "meta")
        counted = row(dots, self._words, gap=12)
        counted.setAlignment(self._words, Qt.AlignmentFlag.AlignVCenter)
        self._body = row(self._label, counted, gap=12)
        self._body.setStretch(0, 1)
        self._body.setStretch(1, 1)
        self._label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(self._body)
        self._show_value()

    def show_label(self, words: str) -> None:
        """What stands before the dots."""
        self._label.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The label stands above its dots where there is no room beside them."""
        directions = QBoxLayout.Direction
        fits = event.size().width() >= theme.current().px(ROOM_FOR_BOTH)
        self._body.setDirection(directions.LeftToRight if fits else directions.TopToBottom)
        super().resizeEvent(event)

    def take(self, number: int) -> None:
        self.rate(None if number == self.value() else number)

    def _show_value(self) -> None:
        super()._show_value()
        self._words.setText(self._in_words())
        for dot in self._marks.values():
            dot.update()

    def _in_words(self) -> str:
        value = self.value()
        if value is None:
            return ""
        if value == 0:
            return _("none")
        return _("{number} of {most}").format(number=value, most=MOST_SHARE)
