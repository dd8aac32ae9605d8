"""One question beside the conversation: done, current or open. A hint, never a duty."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.drawings import painter_on
from ui.widgets.lines import lay_out
from ui.widgets.text import ROLES, role_font

ICON, EYE = 18, 44
UPPER, LEFT = 7, 6


class PromptRow(QAbstractButton):
    """`clicked` leads to the question, `put_away` puts it out of sight for this talk."""

    put_away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.question = ""
        self._words, self._current, self._done = "", False, False
        self._lines: tuple[int, QTextLayout] | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(_("Delete puts this question out of sight."))

    def show_question(self, question: str, words: str, *, done: bool, current: bool) -> None:
        """Show a question and whether something was said to it."""
        if (question, words, done, current) == (
            self.question, self._words, self._done, self._current,
        ):  # fmt: skip
            return
        if words != self._words or current != self._current:
            self._lines = None
            self.updateGeometry()
        self.question, self._words, self._done, self._current = question, words, done, current
        state = "{question}"
        if current:
            state = _("{question}, asked now")
        elif done:
            state = _("{question}, talked about")
        self.setAccessibleName(state.format(question=words))
        self.update()

    def words(self) -> str:
        """The question as it is shown."""
        return self._words

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        look = theme.current()
        lines = self._laid_out(width).lineCount() * look.px(ROLES["body"].line)
        return max(look.px(44), lines + 2 * look.space(UPPER))

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(240), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(120), look.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), painter_on(self)
        if self.underMouse() or self.isDown():
            painter.setBrush(look.colour("sunken"))
            painter.drawRoundedRect(self.rect(), look.px(9), look.px(9))
        icon, colour, ink = "circle", "text_3", "text"
        if self._current:
            icon, colour, ink = "arrow-right", "accent", "accent_ink"
        elif self._done:
            icon, colour, ink = "check", "person", "text_2"
        left, upper, line = look.space(LEFT), look.space(UPPER), look.px(ROLES["body"].line)
        picture = theme.pixmap(icon, colour, ICON)
        drop = (line - picture.deviceIndependentSize().height()) / 2
        painter.drawPixmap(QPointF(left, upper + drop), picture)
        painter.setPen(look.colour(ink))
        self._laid_out(self.width()).draw(painter, QPointF(_words_left(), upper))
        if self._offers_eye():
            eye = theme.pixmap("eye-off", "text_2", ICON)
            size = eye.deviceIndependentSize()
            room = self._eye()
            at = QPointF(room.center()) - QPointF(size.width() / 2, size.height() / 2)
            painter.drawPixmap(at, eye)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._offers_eye() and self._eye().contains(event.position().toPoint()):
            self.setDown(False)
            self.put_away.emit()
        else:
            super().mouseReleaseEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.put_away.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(theme.icon("eye-off"), _("Put out of sight"), self.put_away.emit)
        menu.popup(event.globalPos())

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def _offers_eye(self) -> bool:
        return self._current or self.underMouse() or self.hasFocus()

    def _eye(self) -> QRect:
        """Where a touch puts the question out of sight: the right end of the first line."""
        size = theme.current().px(EYE)
        return QRect(self.width() - size, 0, size, size)

    def _laid_out(self, width: int) -> QTextLayout:
        if self._lines is None or self._lines[0] != width:
            look = theme.current()
            font = role_font("bodyb" if self._current else "body")
            inner = width - _words_left() - look.px(EYE)
            self._lines = width, lay_out(self._words, font, look.px(ROLES["body"].line), inner)
        return self._lines[1]


def _words_left() -> int:
    look = theme.current()
    return look.space(LEFT) + look.px(ICON) + look.space(10)
