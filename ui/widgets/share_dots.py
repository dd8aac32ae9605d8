"""Who carries a part of life, to look at: dots, filled as far as it goes, and never added up."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from caseworker_app.domain.talk import MOST_SHARE
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.drawings import Drawing, painter_on
from ui.widgets.layout import clear
from ui.widgets.text import Text

_STEP, _HEIGHT, _RADIUS = 20, 22, 6


class _Dots(Drawing):
    def __init__(self, who: str, dots: int) -> None:
        name = _("{who}: {number} of {most}").format(who=who, number=dots, most=MOST_SHARE)
        super().__init__(_STEP * MOST_SHARE, _HEIGHT, name)
        self._dots = dots

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), painter_on(self)
        radius, step = look.px(_RADIUS), look.px(_STEP)
        for place in range(MOST_SHARE):
            filled = place < self._dots
            painter.setPen(QPen(look.colour("person" if filled else "line_strong"), look.px(2)))
            painter.setBrush(look.colour("person" if filled else "surface"))
            painter.drawEllipse(QPointF((place + 0.5) * step, self.height() / 2), radius, radius)


class ShareDots(QWidget):
    """Each share in words, with its dots at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.current().space(12))
        self._grid.setVerticalSpacing(theme.current().space(2))
        self._grid.setColumnStretch(0, 1)

    def show_shares(self, shares: tuple[tuple[str, int], ...]) -> None:
        """Show who carries how much; nothing where nothing was said."""
        clear(self._grid)
        self.setVisible(bool(shares))
        for place, (who, dots) in enumerate(shares):
            self._grid.addWidget(Text(who, "meta"), place, 0)
            self._grid.addWidget(_Dots(who, dots), place, 1)
