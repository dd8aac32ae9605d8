"""A row that leads somewhere: in the rail, among the topics of a conversation, in the settings."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui import theme
from ui.widgets.drawings import painter_on
from ui.widgets.tips import set_tip


class NavRow(QAbstractButton):
    """Icon or pictogram, words, perhaps a second line, a count or a mark at the right.

    Rows of one list share a parent: then one of them is current, Tab stops at that one only, the
    arrows go from row to row, and Enter opens the row. Compact, only the icon is shown,
    and the words become the tooltip.
    """

    def __init__(
        self,
        words: str,
        *,
        icon: str = "",
        pictogram: str = "",
        second: str = "",
        count: str = "",
        mark: str = "",
        mark_tone: str = "text_2",
        tone: str = "text",
        checkable: bool = True,
    ) -> None:
        super().__init__()
        self._icon, self._pictogram, self._tone = icon, pictogram, tone
        self._second, self._count, self._mark, self._mark_tone = second, count, mark, mark_tone
        self._compact = False
        self.setText(words)
        self.setCheckable(checkable)
        self.setAutoExclusive(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self._on_toggled)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speak()

    def set(
        self,
        *,
        second: str | None = None,
        count: str | None = None,
        mark: str | None = None,
        mark_tone: str | None = None,
        tone: str | None = None,
    ) -> None:
        """Change what stands beside the words; what is not named stays."""
        self._second = self._second if second is None else second
        self._count = self._count if count is None else count
        self._mark = self._mark if mark is None else mark
        self._mark_tone = self._mark_tone if mark_tone is None else mark_tone
        self._tone = self._tone if tone is None else tone
        self._speak()
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001
        """Show the icon alone, or everything."""
        self._compact = compact
        self._speak()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        if self._compact:
            return QSize(look.px(48), look.px(48))
        words = QFontMetrics(look.font(16, 600)).horizontalAdvance(self.text())
        height = look.px(50 if self._second else 44)
        return QSize(words + look.px(100 if self._count or self._mark else 70), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(48), self.sizeHint().height())

    def _speak(self) -> None:
        parts = [self.text(), self._second, self._count]
        self.setAccessibleName(", ".join(part for part in parts if part))
        set_tip(self, self.text() if self._compact else "")

    def _on_toggled(self, current: bool) -> None:  # noqa: FBT001
        stop = Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(stop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self._neighbour(steps[Qt.Key(event.key())]).setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _neighbour(self, by: int) -> NavRow:
        """The next row of the same list, round and round."""
        around = self.parentWidget()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        found = around.findChildren(NavRow, options=direct) if around else [self]
        rows = [one for one in found if one.isVisible() and one.isEnabled()]
        return rows[(rows.index(self) + by) % len(rows)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = painter_on(self)
        current = self.isChecked()
        if current or self.underMouse():
            painter.setBrush(look.colour("accent_tint" if current else "sunken"))
            painter.setPen(look.colour("accent_edge" if current else "edge"))
            rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(rect, look.px(10), look.px(10))
        ink = "accent_ink" if current else self._tone
        self._paint_icon(painter, ink)
        if not self._compact:
            right = self._paint_right(painter, ink)
            self._paint_words(painter, ink, right)

    def _paint_icon(self, painter: QPainter, ink: str) -> None:
        look = theme.current()
        if not (self._icon or self._pictogram):
            return
        picture = (
            theme.pictogram(self._pictogram, ink, 24)
            if self._pictogram
            else theme.pixmap(self._icon, ink if ink != "text" else "text_2", 20)
        )
        size = picture.deviceIndependentSize()
        x = (self.width() - size.width()) / 2 if self._compact else look.px(22) - size.width() / 2
        painter.drawPixmap(QPointF(x, (self.height() - size.height()) / 2), picture)

    def _paint_right(self, painter: QPainter, ink: str) -> int:
        """Paint the mark or the count; where the words have to end."""
        look = theme.current()
        right = self.width() - look.px(12)
        if self._mark:
            picture = theme.pixmap(self._mark, self._mark_tone, 18)
            size = picture.deviceIndependentSize()
            right -= round(size.width())
            painter.drawPixmap(QPointF(right, (self.height() - size.height()) / 2), picture)
            right -= look.px(8)
        if self._count:
            painter.setFont(look.font(14, 600))
            painter.setPen(look.colour(ink if ink != "text" else "text_2"))
            width = painter.fontMetrics().horizontalAdvance(self._count)
            right -= width
            rect = QRectF(right, 0, width + 1, self.height())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, self._count)
            right -= look.px(8)
        return right

    def _paint_words(self, painter: QPainter, ink: str, right: int) -> None:
        look = theme.current()
        left = look.px(44 if self._icon or self._pictogram else 12)
        top = look.px(6) if self._second else 0
        height = look.px(21) if self._second else self.height()
        painter.setFont(look.font(16, 600 if self.isChecked() else 400))
        painter.setPen(look.colour(ink))
        self._paint_line(painter, self.text(), QRectF(left, top, right - left, height))
        if self._second:
            painter.setFont(look.font(14))
            painter.setPen(look.colour(ink if ink != "text" else "text_2"))
            rect = QRectF(left, top + height - look.px(1), right - left, look.px(19))
            self._paint_line(painter, self._second, rect)

    def _paint_line(self, painter: QPainter, words: str, rect: QRectF) -> None:
        shown = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, round(rect.width())
        )
        if shown != words:
            set_tip(self, self.accessibleName())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
