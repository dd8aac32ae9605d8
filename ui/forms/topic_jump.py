"""A card over the conversation in which one types where to go, and goes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from caseworker_app.domain.path import Place
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.boxes import Card

MOST = 7


@dataclass(frozen=True, slots=True)
class Target:
    """A place to jump to, and the words it is found by."""

    place: Place
    words: str
    pictogram: str


class TopicJump(Card):
    """Type letters, Enter goes to the chosen match, Escape closes. `chosen` carries a `Place`."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, host: QWidget, targets: Sequence[Target]) -> None:
        super().__init__(gap=8, margin=18)
        self.setParent(host)
        self._host = host
        self._targets = tuple(targets)
        self._edit = QLineEdit()
        self._edit.setPlaceholderText(_("Jump to a topic or a question"))
        self._edit.setAccessibleName(_("Jump to a topic or a question"))
        self._edit.textChanged.connect(self._show_found)
        self._edit.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(_("Topics and questions found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(self._take)
        self.body.addWidget(self._edit)
        self.body.addWidget(self._list)
        self.setFocusProxy(self._edit)
        self.hide()

    def ask(self) -> None:
        """Appear over the page with an empty line."""
        look, host = theme.current(), self._host
        width = min(look.px(560), host.width() - 2 * look.space(16))
        height = min(look.px(46 * MOST + 110), host.height() - look.px(90))
        self.setGeometry((host.width() - width) // 2, look.px(78), width, height)
        self._edit.clear()
        self._show_found("")
        self.show()
        self.raise_()
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_found(self, typed: str) -> None:
        """Every word typed must be in it, wherever."""
        wanted = typed.casefold().split()
        self._list.clear()
        for target in self._targets:
            if all(word in target.words.casefold() for word in wanted):
                item = QListWidgetItem(target.words)
                item.setIcon(QIcon(theme.pictogram(target.pictogram, "text_2", 22)))
                item.setSizeHint(QSize(0, theme.current().px(44)))
                item.setData(Qt.ItemDataRole.UserRole, target.place)
                self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._close()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step:
                row = self._list.currentRow() + step
                self._list.setCurrentRow(max(0, min(self._list.count() - 1, row)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self._list.currentItem())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close()
                return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)
