"""A list of people or things: who, one line about them, and at the right what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QTextLayout
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui import theme
from ui.widgets.drawings import Tone, initials, paint_avatar
from ui.widgets.marks import Marks, marked
from ui.widgets.text import role_font

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RowValue:
    """One row. `marks` and `meta_marks` are (start, length) of what the search has hit."""

    id: object
    name: str
    meta: str = ""
    right: str = ""
    right_meta: str = ""
    right_tone: str = "text"
    marks: tuple[tuple[int, int], ...] = ()
    meta_marks: tuple[tuple[int, int], ...] = ()
    tone: Tone = "third"

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        parts = (self.name, self.meta, self.right, self.right_meta)
        return ", ".join(part for part in parts if part)


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RowValue] = []

    def replace(self, rows: Sequence[RowValue]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        value = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return value.spoken()
        return None


class _RowPainter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        look = theme.current()
        return QSize(look.px(320), look.px(70))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.UserRole)
        assert isinstance(value, RowValue)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        self._paint_ground(painter, rect, chosen=chosen, hovered=hovered)
        self._paint_words(painter, rect, value, chosen=chosen)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, rect: QRectF, *, chosen: bool, hovered: bool
    ) -> None:
        look = theme.current()
        if chosen or hovered:
            painter.setPen(look.colour("accent_edge" if chosen else "edge"))
            painter.setBrush(look.colour("accent_tint" if chosen else "canvas"))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -1.5), look.px(12), look.px(12))
        else:
            inner = rect.adjusted(look.px(16), 0, -look.px(16), 0)
            painter.fillRect(
                QRectF(inner.left(), inner.bottom() - 1, inner.width(), 1), look.colour("line")
            )

    def _paint_words(
        self, painter: QPainter, rect: QRectF, value: RowValue, *, chosen: bool
    ) -> None:
        look = theme.current()
        size = look.px(42)
        circle = QRectF(rect.left() + look.px(16), rect.center().y() - size / 2, size, size)
        tone: Tone = "plain" if chosen else value.tone
        paint_avatar(painter, circle, initials(value.name), tone, 15)
        left, end = circle.right() + look.px(15), rect.right() - look.px(16)
        upper = QRectF(left, rect.top() + look.px(12), end - left, look.px(24))
        lower = QRectF(left, upper.bottom(), end - left, look.px(20))
        for place, words, role, beside, beside_role, tone_beside in (
            (upper, value.name, "h3", value.right, "body", value.right_tone),
            (lower, value.meta, "meta", value.right_meta, "meta", "text_2"),
        ):
            width = _room_beside(place.width(), _wide(words, role), _wide(beside, beside_role))
            spot = QRectF(place.right() - width, place.top(), width, place.height())
            _paint_line(painter, spot, beside, beside_role, tone_beside, right=True)
            room = width + look.space(16) if width else 0
            ink, marks = ("text", value.marks) if place is upper else ("text_2", value.meta_marks)
            _paint_line(painter, place.adjusted(0, 0, -room, 0), words, role, ink, marks=marks)


def _wide(words: str, role: str) -> int:
    return QFontMetrics(role_font(role)).horizontalAdvance(words)


def _room_beside(whole: float, needed: int, wanted: int) -> float:
    """The right side may take what the left does not need, and a good third in any case."""
    free = whole - needed - theme.current().space(16)
    return min(wanted + 1.0, max(whole * 0.36, free)) if wanted else 0.0


def _paint_line(
    painter: QPainter,
    rect: QRectF,
    words: str,
    role: str,
    ink: str,
    *,
    marks: Marks = (),
    right: bool = False,
) -> None:
    """One line that ends in "…" when it must, with its search hits marked."""
    if not words:
        return
    look = theme.current()
    font: QFont = role_font(role)
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
    layout = QTextLayout(shown, font)
    layout.beginLayout()
    text_line = layout.createLine()
    text_line.setLineWidth(100_000)
    layout.endLayout()
    x = rect.right() - text_line.naturalTextWidth() if right else rect.left()
    y = rect.top() + (rect.height() - text_line.height()) / 2
    painter.setPen(look.colour(ink))
    layout.draw(painter, QPointF(x, y), marked(marks))


class RowList(QListView):
    """One click selects; Enter or a double click opens."""

    opened = Signal(object)
    selected = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._rows = _Rows()
        self.setModel(self._rows)
        self.setItemDelegate(_RowPainter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._on_opened)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_rows(self, rows: Sequence[RowValue]) -> None:
        """Show other rows. What was selected stays selected if it is still there."""
        before = self.selected_id()
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._rows.replace(rows)
        selection.blockSignals(False)
        self.select(before)

    def rows(self) -> tuple[RowValue, ...]:
        """The rows that are shown."""
        return tuple(self._rows.rows)

    def selected_id(self) -> object:
        """The id of the selected row, or None."""
        index = self.currentIndex()
        return self._rows.rows[index.row()].id if index.isValid() else None

    def select(self, wanted: object) -> None:
        """Select the row with this id, if it is shown; otherwise none."""
        places = [place for place, value in enumerate(self._rows.rows) if value.id == wanted]
        if places and wanted is not None:
            self._go(places[0])

    def select_next(self, by: int = 1) -> None:
        """Select the next row, or with -1 the one before; the first if none is."""
        if self._rows.rows:
            index = self.currentIndex()
            place = index.row() + by if index.isValid() else 0
            self._go(max(0, min(len(self._rows.rows) - 1, place)))

    def _go(self, place: int) -> None:
        index = self._rows.index(place, 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.selected.emit(self._rows.rows[index.row()].id)

    def _on_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.rows[index.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._on_opened(self.currentIndex())
        else:
            super().keyPressEvent(event)
