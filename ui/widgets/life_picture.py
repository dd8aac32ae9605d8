"""The picture of a life on the screen: a row for each part of it, chosen by mouse or by keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.domain.drawing import Drawing, DrawnRow, drawing
from caseworker_app.domain.picture import Picture
from caseworker_app.domain.picture_words import PictureWords
from ui import theme
from ui.widgets.drawings import painter_on
from ui.widgets.drawn_shapes import paint_shapes
from ui.widgets.toast import announce

_NARROWEST, _USUAL = 300, 640
_RADIUS, _OVERHANG = 10, 4


class LifePicture(QWidget):
    """`chosen` carries a life domain, whenever somebody chooses another row.

    Arrows go from row to row, Home and End to the first and the last; a click or Enter says
    `opened`. A screen reader is told the row in words; it has the table besides.
    """

    chosen = Signal(str)
    opened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self._words: PictureWords | None = None
        self._spoken: dict[str, str] = {}
        self._made: dict[int, Drawing] = {}
        self._domain, self._pointed = "", ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picture(self, picture: Picture, words: PictureWords, spoken: dict[str, str]) -> None:
        """Show another picture. `spoken` says each row in words, by its life domain."""
        self._picture, self._words, self._spoken = picture, words, spoken
        self._made.clear()
        self.updateGeometry()
        self.update()

    def choose(self, domain: str) -> None:
        """Show a row as chosen, without a signal."""
        self._update_row(self._domain)
        self._domain = domain
        self._update_row(domain)
        self.setAccessibleDescription(self._spoken.get(domain, ""))

    def domain(self) -> str:
        """The row that is chosen, or ""."""
        return self._domain

    def drawn(self) -> Drawing:
        """What is painted at the present width."""
        return self._at(self.width())

    def _at(self, width: int) -> Drawing:
        """The drawing at this width. Layouts ask for its height again and again."""
        assert self._picture is not None
        assert self._words is not None
        if width not in self._made:
            scale = theme.current().scale
            self._made[width] = drawing(self._picture, self._words, width / scale)
        return self._made[width]

    # --- size ----------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._picture is None:
            return 0
        return round(self._at(width).height * theme.current().scale) + 1

    def sizeHint(self) -> QSize:
        width = theme.current().px(_USUAL)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(_NARROWEST), self.sizeHint().height())

    # --- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter, scale, drawn = painter_on(self), theme.current().scale, self.drawn()
        painter.scale(scale, scale)
        top, bottom = event.rect().top() / scale, event.rect().bottom() / scale
        paint_shapes(painter, drawn.head)
        for row in drawn.rows:
            if row.top - _OVERHANG <= bottom and row.bottom + _OVERHANG >= top:
                chosen = row.domain == self._domain
                self._paint_ground(painter, row, chosen=chosen)
                paint_shapes(painter, row.shapes, chosen=chosen)
        paint_shapes(painter, drawn.foot)

    def _update_row(self, domain: str) -> None:
        """Paint one row anew, and nothing else."""
        rows = self.drawn().rows if self._picture else ()
        scale = theme.current().scale
        for row in rows:
            if row.domain == domain:
                top, bottom = int(row.top * scale) - 1, round(row.bottom * scale) + 1
                self.update(0, top, self.width(), bottom - top + 1)

    def _paint_ground(self, painter: QPainter, row: DrawnRow, *, chosen: bool) -> None:
        if not chosen and row.domain != self._pointed:
            return
        look = theme.current()
        painter.setPen(look.colour("person_edge" if chosen else "edge"))
        painter.setBrush(look.colour("person_tint" if chosen else "canvas"))
        rect = QRectF(0.5, row.top + 0.5, self.drawn().width - 1, row.bottom - row.top - 1)
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)

    # --- choosing ------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._row_under(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at("")
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        domain = self._row_under(event)
        if domain and event.button() == Qt.MouseButton.LeftButton:
            self._take(domain)
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            return
        rows = [row.domain for row in self.drawn().rows] if self._picture else []
        here = rows.index(self._domain) if self._domain in rows else -1
        there = {
            Qt.Key.Key_Down: here + 1,
            Qt.Key.Key_Up: here - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(rows) - 1,
        }.get(Qt.Key(event.key()))
        if there is None or not rows:
            super().keyPressEvent(event)
        else:
            self._take(rows[min(max(there, 0), len(rows) - 1)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._domain in self._spoken:
            announce(self, self._spoken[self._domain])

    def _take(self, domain: str) -> None:
        if domain == self._domain:
            return
        self.choose(domain)
        announce(self, self._spoken.get(domain, domain))
        self.chosen.emit(domain)

    def _row_under(self, event: QMouseEvent) -> str:
        if self._picture is None:
            return ""
        row = self.drawn().row_at(event.position().y() / theme.current().scale)
        return row.domain if row else ""

    def _point_at(self, domain: str) -> None:
        if domain != self._pointed:
            self._update_row(self._pointed)
            self._pointed = domain
            self._update_row(domain)
