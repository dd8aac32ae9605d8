"""The picture of a life as a table: the same facts, cell by cell, for eyes and for ears."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from caseworker_app.domain.picture_words import WordTable
from ui import theme
from ui.widgets.text import role_font

Index = QModelIndex | QPersistentModelIndex
_ROW, _SIDE, _ABOVE = 44, 10, 9
_WIDEST_WISH = 190
_WRAPPED = Qt.TextFlag.TextWordWrap.value


class _Cells(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.table = WordTable((), (), ())

    def replace(self, table: WordTable) -> None:
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.table.rows[index.row()][index.column()]
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and way == Qt.Orientation.Horizontal:
            return self.table.heads[section]
        return None


class _CellPainter(QStyledItemDelegate):
    """Words that wrap, with a hairline under each row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        rect = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, look.colour("person_tint"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.colour("line"))
        side = look.space(_SIDE)
        painter.setFont(_font(index.column()))
        painter.setPen(look.colour("person_ink" if chosen else "text"))
        flags = Qt.AlignmentFlag.AlignVCenter.value | _WRAPPED
        painter.drawText(rect.adjusted(side, 0, -side, -1), flags, str(index.data()))
        painter.restore()


class LifeTable(QTableView):
    """`chosen` carries a life domain, whenever somebody goes to another row; `opened`: a click.

    As high as its rows: the page scrolls, the table does not. Where columns are many for the width
    it can be moved sideways.
    """

    chosen = Signal(str)
    opened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._cells = _Cells()
        self.setModel(self._cells)
        self.setItemDelegate(_CellPainter(self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag(Qt.AlignmentFlag.AlignLeft.value | _WRAPPED))
        head.setHighlightSections(False)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.clicked.connect(lambda _index: self.opened.emit())

    def show_table(self, table: WordTable) -> None:
        """Show another table."""
        self._cells.replace(table)
        if self.isVisible():
            self._fit()

    def choose(self, domain: str) -> None:
        """Show a row as chosen, without a signal."""
        domains = self._cells.table.domains
        selection = self.selectionModel()
        selection.blockSignals(True)
        if domain in domains:
            self.selectRow(domains.index(domain))
        else:
            self.clearSelection()
        selection.blockSignals(False)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(480), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(240), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible() and event.size().width() != event.oldSize().width():
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """While nobody looks at it, it need not be measured."""
        self._fit()
        super().showEvent(event)

    def _height(self) -> int:
        sideways = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if sideways else 0
        head = self.horizontalHeader().height()
        return head + self.verticalHeader().length() + bar + 2

    def _fit(self) -> None:
        """Give the columns their widths, and the rows the height that their words need."""
        table = self._cells.table
        if not table.heads:
            return
        widths = self._widths(table)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        least = theme.current().px(_ROW)
        for row, cells in enumerate(table.rows):
            self.setRowHeight(row, max(least, self._needed(cells, widths)))
        head = QFontMetrics(role_font("cap"))
        self.horizontalHeader().setFixedHeight(max(least, _highest(table.heads, widths, [head])))
        self.updateGeometry()

    def _needed(self, cells: Sequence[str], widths: Sequence[int]) -> int:
        metrics = [QFontMetrics(_font(column)) for column in range(len(cells))]
        return _highest(cells, widths, metrics)

    def _widths(self, table: WordTable) -> list[int]:
        """No word is torn; the first column takes what the others leave."""
        look = theme.current()
        sides = 2 * look.space(_SIDE) + 2
        least, wished = [], []
        for column, head in enumerate(table.heads):
            texts = [(head, QFontMetrics(role_font("cap")))]
            metrics = QFontMetrics(_font(column))
            texts += [(cells[column], metrics) for cells in table.rows]
            words = (m.horizontalAdvance(word) for text, m in texts for word in text.split())
            lines = (m.horizontalAdvance(text) for text, m in texts)
            least.append(max(words, default=0) + sides)
            wished.append(min(max(lines) + sides, look.px(_WIDEST_WISH)))
        room = self.viewport().width()
        wished = [max(pair) for pair in zip(least, wished, strict=True)]
        spare = sum(wished) - sum(least)
        share = 0.0 if not spare else min(1.0, max(0.0, (room - sum(least)) / spare))
        widths = [low + int((high - low) * share) for low, high in zip(least, wished, strict=True)]
        widths[0] += max(0, room - sum(widths))
        return widths

    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._cells.table.domains[current.row()])


def _font(column: int) -> QFont:
    return role_font("bodym" if column == 0 else "body")


def _highest(texts: Sequence[str], widths: Sequence[int], metrics: Sequence[QFontMetrics]) -> int:
    """How high the cell with the most lines is."""
    look = theme.current()
    side, above = look.space(_SIDE), look.space(_ABOVE)
    found = 0
    for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
        room = QRect(0, 0, width - 2 * side, 100_000)
        words = metrics[min(place, len(metrics) - 1)].boundingRect(room, _WRAPPED, text)
        found = max(found, words.height() + 2 * above)
    return found
