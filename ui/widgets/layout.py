"""How things stand beside and below each other: rows, columns, wrapping rows, and the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from ui import theme

Item = QWidget | QLayout | None
Ground = Literal["surface", "canvas", "sunken", "turned", "none"]
Margins = tuple[int, int, int, int]
NO_MARGINS: Margins = (0, 0, 0, 0)
PAGE = 1180


def row(*items: Item, gap: int = 8, margins: Margins = NO_MARGINS) -> QHBoxLayout:
    """Things beside each other; None takes up the rest of the room. Gaps are before scaling."""
    layout = QHBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def column(*items: Item, gap: int = 8, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """Things below each other; None takes up the rest of the room."""
    layout = QVBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def add(layout: QBoxLayout, *items: Item) -> None:
    """Put more things at the end of a row or a column."""
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it, before a list is drawn anew."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            clear(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def line() -> QFrame:
    """A hairline between two things."""
    hairline = QFrame()
    hairline.setProperty("line", True)
    return hairline


def stand_on(widget: QWidget, ground: Ground) -> None:
    """Give a widget a ground of its own: page, rail, well, or the participant's paper."""
    widget.setProperty("ground", ground)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def let_tab_stop_at(one: QWidget | None, group: Iterable[QWidget]) -> None:
    """In a group of buttons Tab stops at `one` only, or at the first; arrows do the rest."""
    members = list(group)
    for member in members:
        stops = member is (one or members[0])
        policy = Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus
        member.setFocusPolicy(policy)


def tab_next(anchor: QWidget, made: QWidget) -> None:
    """Let Tab come to what was made late, and to all in it, right after `anchor`."""
    before = anchor
    for part in (made, *made.findChildren(QWidget)):
        if part.focusPolicy() != Qt.FocusPolicy.NoFocus:
            QWidget.setTabOrder(before, part)
            before = part


def flow(*widgets: QWidget, gap: int = 8) -> QWidget:
    """A row that wraps, as one widget."""
    holder = QWidget()
    layout = FlowLayout(gap)
    holder.setLayout(layout)
    for widget in widgets:
        layout.addWidget(widget)
    return holder


class FlowLayout(QLayout):
    """Puts its widgets in a row and begins a new one where the room ends."""

    def __init__(self, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = theme.current().space(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        inner = QRect(0, 0, width - margins.left() - margins.right(), 0)
        return self._place(inner, move=False) + margins.top() + margins.bottom()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._visible()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width, height).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._visible()]
        width = max((size.width() for size in sizes), default=0)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width, height).grownBy(self.contentsMargins())

    def _visible(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items row by row, each with the size it gets at this width."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._visible():
            size = item.sizeHint()
            if size.width() > width:
                size = QSize(
                    width, item.heightForWidth(width) if item.hasHeightForWidth() else size.height()
                )
            if not rows or used + self._gap + size.width() > width:
                rows.append([])
                used = -self._gap
            rows[-1].append((item, size))
            used += self._gap + size.width()
        return rows

    def _direction(self) -> Qt.LayoutDirection:
        holder = self.parentWidget()
        return holder.layoutDirection() if holder else Qt.LayoutDirection.LeftToRight

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for items in self._rows(rect.width()):
            x, height = rect.x(), max(size.height() for _item, size in items)
            for item, size in items:
                if move:
                    place = QRect(QPoint(x, y + (height - size.height()) // 2), size)
                    item.setGeometry(QStyle.visualRect(self._direction(), rect, place))
                x += size.width() + self._gap
            y += height + self._gap
        return max(0, y - self._gap - rect.y())


class EvenLayout(FlowLayout):
    """Puts its widgets beside each other, equally wide if they fit so.

    Where room is short each is as wide as it must be, and where it is shorter they stand below
    each other.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, parent)
        self.setContentsMargins(3, 3, 3, 3)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        items = self._visible()
        if not items:
            return []
        needed = [item.sizeHint().width() for item in items]
        if max(needed) * len(items) <= width:
            widths = [width // len(items)] * len(items)
        elif sum(needed) <= width:
            widths = [one + (width - sum(needed)) // len(items) for one in needed]
        else:
            return [[(item, QSize(width, item.sizeHint().height()))] for item in items]
        heights = (item.sizeHint().height() for item in items)
        return [list(zip(items, map(QSize, widths, heights), strict=True))]


class ScrollPage(QScrollArea):
    """The sheet every page is written on: scrolls, and keeps its lines short.

    All pages begin at the same edge, however wide they are; a wide window has them in its middle.
    What is `centred` stands in the middle by its own width.
    """

    def __init__(
        self,
        *,
        max_width: int = PAGE,
        margin: int = 40,
        ground: Ground = "surface",
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self._max_width, self._margin = look.px(max_width), look.space(margin)
        self._frame = look.px(max_width if centred else max(max_width, PAGE))
        self._compact_margin = look.space(min(margin, 28))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        sheet = QWidget()
        stand_on(self, ground)
        stand_on(sheet, ground)
        self.body = QVBoxLayout(sheet)
        self.body.setSpacing(look.space(16))
        self.setWidget(sheet)
        self._set_margins(self.width())

    def add(self, *items: Item) -> None:
        """Put things at the end of the page."""
        add(self.body, *items)

    def show_widget(self, widget: QWidget) -> None:
        """Scroll so far that `widget` can be seen."""
        self.ensureWidgetVisible(widget, 0, theme.current().space(24))

    def _set_margins(self, width: int) -> None:
        margin = self._margin
        if theme.current().width_class(self.window().width()) == "narrow":
            margin = self._compact_margin
        left = max(margin, (width - self._frame) // 2)
        right = max(margin, width - left - self._max_width)
        wanted = QMargins(left, margin, right, margin)
        if wanted != self.body.contentsMargins():
            self.body.setContentsMargins(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_margins(event.size().width())
        super().resizeEvent(event)


def _fill(layout: QBoxLayout, items: tuple[Item, ...], gap: int, margins: Margins) -> None:
    look = theme.current()
    layout.setSpacing(look.space(gap))
    layout.setContentsMargins(*(look.space(margin) for margin in margins))
    add(layout, *items)
