"""The round check before a step: empty while it waits, green with a tick once it is taken."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.drawings import painter_on
from ui.widgets.tips import set_tip


class RoundCheck(QAbstractButton):
    """`clicked(bool)` comes from the person only; Space and Enter check it as well."""

    def __init__(self, what: str, *, done: bool = False) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setChecked(done)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_tip(self, _("Not taken after all") if done else _("This step is taken"))
        self.set_what(what)

    def set_what(self, what: str) -> None:
        """Name the step for screen readers."""
        self.setAccessibleName(what or _("Step"))

    def sizeHint(self) -> QSize:
        """As large as a finger needs."""
        look = theme.current()
        return QSize(look.px(40), look.px(44))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what is expected here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        look = theme.current()
        painter = painter_on(self)
        middle, radius = QPointF(self.rect().center()) + QPointF(0.5, 0.5), look.px(11)
        if self.underMouse():
            painter.setBrush(look.colour("person_tint"))
            painter.drawEllipse(middle, look.px(16), look.px(16))
        painter.setBrush(look.colour("surface"))
        ink = "person" if self.isChecked() else "text_3"
        painter.setPen(QPen(look.colour(ink), look.px(2)))
        painter.drawEllipse(middle, radius, radius)
        if self.isChecked():
            tick = theme.pixmap("check", "person", 15)
            size = tick.deviceIndependentSize()
            corner = middle - QPointF(size.width() / 2, size.height() / 2)
            painter.drawPixmap(QRectF(corner, size).topLeft(), tick)
