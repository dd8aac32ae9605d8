"""A card over the conversation in which one types where to go, and goes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from caseworker_app.domain.path import Place
from caseworker_app.i18n import _, ngettext
from ui import theme
from ui.widgets.boxes import Card
from ui.widgets.text import Text

MOST = 7
MOST_FOUND = 60

Chosen = Callable[[Place], object]


@dataclass(frozen=True, slots=True)
class Target:
    """A place to jump to, and the words it is found by."""

    place: Place
    words: str
    pictogram: str


class TopicJump(Card):
    """Type letters, Enter takes the chosen match, Escape closes."""

    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(gap=8, margin=18)
        self.setParent(host)
        self._host = host
        self._targets: list[tuple[str, Target]] = []
        self._chosen: Chosen = lambda _place: None
        self._edit = QLineEdit()
        self._edit.textChanged.connect(self._show_found)
        self._edit.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(_("Topics and questions found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(self._take)
        self.body.addWidget(self._edit)
        self._more = Text("", "meta")
        self.body.addWidget(self._list)
        self.body.addWidget(self._more)
        self.setFocusProxy(self._edit)
        self.hide()

    def ask(self, name: str, targets: Sequence[Target], chosen: Chosen) -> None:
        """Appear over the page with an empty line; `chosen` is given the place."""
        self._edit.setPlaceholderText(name)
        self._edit.setAccessibleName(name)
        self._targets = [(target.words.casefold(), target) for target in targets]
        self._chosen = chosen
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
        found = [one for words, one in self._targets if all(word in words for word in wanted)]
        self._list.clear()
        for target in found[:MOST_FOUND]:
            item = QListWidgetItem(target.words)
            item.setIcon(QIcon(theme.pictogram(target.pictogram, "text_2", 22)))
            item.setSizeHint(QSize(0, theme.current().px(44)))
            item.setData(Qt.ItemDataRole.UserRole, target.place)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        more = len(found) - MOST_FOUND
        self._more.setText(ngettext("{count} more: type on", "{count} more: type on", more))
        self._more.setVisible(more > 0)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            place = item.data(Qt.ItemDataRole.UserRole)
            self._close()
            self._chosen(place)

    def _close(self) -> None:
        self.forget()
        self.closed.emit()

    def forget(self) -> None:
        """Go, and keep nothing of what was typed or found."""
        self._targets = []
        self.hide()
        self._edit.clear()
        self._list.clear()

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
            self.forget()
        return super().eventFilter(watched, event)
