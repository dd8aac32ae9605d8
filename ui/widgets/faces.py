"""Small faces beside each other: who else works with a file. One button that leads to them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from caseworker_app.domain.exchange import CaseMember
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.drawings import initials, paint_avatar, painter_on
from ui.widgets.sharing_words import company_words, others_here
from ui.widgets.tips import set_tip

FACE, STEP, GAP = 28, 23, 10
MOST = 3


class Faces(QAbstractButton):
    """Overlapping initials and, in words, with whom."""

    def __init__(self, members: tuple[CaseMember, ...]) -> None:
        super().__init__()
        self._names = [one.who.name for one in others_here(members)][:MOST]
        self.setText(company_words(members))
        self.setAccessibleName(_("{words}. Who works with this file?").format(words=self.text()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        look = theme.current()
        words = QFontMetrics(look.font(14, 600)).horizontalAdvance(self.text())
        return QSize(self._faces_wide() + words + look.px(8), max(look.px(40), 40))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._faces_wide() + theme.current().px(60), self.sizeHint().height())

    def _faces_wide(self) -> int:
        look = theme.current()
        return look.px(FACE + STEP * (len(self._names) - 1)) + look.px(GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), painter_on(self)
        size, top = look.px(FACE), (self.height() - look.px(FACE)) / 2
        for place, name in reversed(list(enumerate(self._names))):
            rect = QRectF(look.px(STEP) * place, top, size, size)
            painter.setPen(QPen(look.colour("surface"), 3))
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(rect)
            paint_avatar(painter, rect, initials(name), "third", 10)
        left = self._faces_wide()
        font = look.font(14, 600)
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(look.colour("accent"))
        room = self.width() - left
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        set_tip(self, self.text() if shown != self.text() else "")
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, room, self.height()), side, shown)
