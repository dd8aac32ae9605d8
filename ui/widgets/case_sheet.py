"""The sheet under every page of one person's file: the head on a white band, then the page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.layout import Ground, Item, ScrollPage, add, clear, column, row, stand_on
from ui.widgets.text import h3

WIDEST = 1180
MARGIN = 40
BESIDE_FROM = 800
"""From this width on, measured in text, two columns stand beside each other."""


class Band(QWidget):
    """A strip over the whole width of the page; what stands on it keeps to the middle."""

    def __init__(self, ground: Ground, *, top: int = 28, bottom: int = 32) -> None:
        super().__init__()
        look = theme.current()
        stand_on(self, ground)
        self._top, self._bottom = look.space(top), look.space(bottom)
        self.body = QVBoxLayout(self)
        self.body.setSpacing(look.space(16))
        self._set_margins(look.px(WIDEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take up the new width."""
        self._set_margins(event.size().width())
        super().resizeEvent(event)

    def _set_margins(self, width: int) -> None:
        look = theme.current()
        narrow = look.width_class(width) == "narrow"
        side = max(look.space(20 if narrow else MARGIN), (width - look.px(WIDEST)) // 2)
        self.body.setContentsMargins(side, self._top, side, self._bottom)


class CaseSheet(ScrollPage):
    """Scrolls head and page together, so that both have room when the letters are large."""

    def __init__(self, ground: Ground = "surface") -> None:
        super().__init__(max_width=100_000, margin=0, ground=ground)
        self.body.setSpacing(0)
        self._head = Band("surface", bottom=0)
        self._page = Band(ground, top=24)
        self._page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.body.addWidget(self._head)
        self.body.addWidget(self._page, 1)

    def begin(self, head: QWidget) -> None:
        """Take everything off the sheet and put this head on it."""
        clear(self._head.body)
        clear(self._page.body)
        self._head.body.addWidget(head)

    def add(self, *items: Item) -> None:
        """Put things at the end of the page."""
        add(self._page.body, *items)


class Columns(QWidget):
    """Two columns beside each other; where the room is short, the right one goes below the left."""

    def __init__(self, left: Item, right: Item, *, share: tuple[int, int] = (11, 8)) -> None:
        super().__init__()
        self._sides = (_as_widget(left), _as_widget(right))
        self._layout = row(gap=44)
        for side, part in zip(self._sides, share, strict=True):
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._layout.addWidget(side, part)
        self.setLayout(self._layout)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest part."""
        width = max(side.minimumSizeHint().width() for side in self._sides)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take up the new width."""
        beside = event.size().width() >= theme.current().px(BESIDE_FROM)
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        super().resizeEvent(event)


class Sideways(QWidget):
    """Something with its buttons at the right; where the room is short, they go below."""

    def __init__(self, main: QLayout, buttons: QLayout) -> None:
        super().__init__()
        self._main, self._buttons = main, buttons
        self._layout = row(main, buttons, gap=8)
        self._layout.setStretch(0, 1)
        self._layout.setAlignment(buttons, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(self._layout)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of its two parts."""
        width = max(part.minimumSize().width() for part in (self._main, self._buttons))
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or below."""
        beside = event.size().width() >= theme.current().px(560)
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._layout.setSpacing(theme.current().space(20 if beside else 8))
        super().resizeEvent(event)


def section(title: str, content: Item, link: QWidget | None = None) -> QVBoxLayout:
    """A part of the page under its title, with one way on at the right."""
    words = h3(title)
    words.setMinimumHeight(theme.current().px(40))
    head = row(words, link, gap=12) if link else row(words)
    head.setStretch(0, 1)
    return column(head, content, gap=4)


def _as_widget(item: Item) -> QWidget:
    if isinstance(item, QWidget):
        return item
    holder = QWidget()
    if item is not None:
        item.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(item)
    return holder
