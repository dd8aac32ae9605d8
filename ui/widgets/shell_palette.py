"""Find a person or a command from anywhere: type a few letters, press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from caseworker_app.domain.names import tokens
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.layout import clear, column, stand_on
from ui.widgets.navigation import NavRow
from ui.widgets.search import SearchField
from ui.widgets.text import Text

MOST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """Something to go to or to do: its words, a second line or its keys, and what happens."""

    words: str
    act: Callable[[], object]
    icon: str
    second: str = ""
    keys: str = ""

    def fits(self, typed: tuple[str, ...]) -> bool:
        """Whether every typed word begins one of its words."""
        words = tokens(self.words)
        return all(any(word.startswith(part) for word in words) for part in typed)


class Palette(QWidget):
    """`chosen` carries what was picked. People are searched once `set_people` was called."""

    chosen = Signal(object)

    def __init__(self, commands: Sequence[Found]) -> None:
        super().__init__()
        look = theme.current()
        self._commands = tuple(commands)
        self._people: Callable[[str], list[Found]] = lambda _typed: []
        self._shown: list[Found] = []
        self._rows: list[NavRow] = []
        self._at = 0
        self.search = SearchField(_("Name or command"), _("Find a person or a command"))
        self.search.changed.connect(self._show)
        self.search.entered.connect(lambda: self._pick(self._at))
        self.search.installEventFilter(self)
        self._none = Text(_("Nothing found. Another part of the name perhaps?"), colour="text_2")
        self._place: QVBoxLayout = column(gap=2)
        inner = QWidget()
        inner.setLayout(column(self._none, self._place, None, gap=0, margins=(6, 6, 6, 6)))
        stand_on(inner, "surface")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        self._area.setMinimumSize(min(look.px(480), 640), min(look.px(380), 460))
        self.setLayout(column(self.search, self._area, gap=10))
        self.setFocusProxy(self.search)
        self._show()

    def set_people(self, find: Callable[[str], list[Found]]) -> None:
        """From now on also search people."""
        self._people = find
        self._show()

    def shown(self) -> tuple[Found, ...]:
        """What is in the list now."""
        return tuple(self._shown)

    def _show(self) -> None:
        typed = tokens(self.search.value())
        people = self._people(self.search.value())[:MOST] if typed else []
        self._shown = people + [command for command in self._commands if command.fits(typed)]
        self._none.setVisible(not self._shown)
        clear(self._place)
        self._rows = [self._row(place) for place in range(len(self._shown))]
        self._go(0)

    def _row(self, place: int) -> NavRow:
        found = self._shown[place]
        made = NavRow(found.words, icon=found.icon, second=found.second, count=found.keys)
        made.clicked.connect(lambda _on=False: self._pick(place))
        self._place.addWidget(made)
        return made

    def _go(self, place: int) -> None:
        """Mark a row; the keyboard stays in the search."""
        if self._rows:
            self._at = max(0, min(place, len(self._rows) - 1))
            self._rows[self._at].setChecked(True)
            self._area.ensureWidgetVisible(self._rows[self._at])

    def _pick(self, place: int) -> None:
        if place < len(self._shown):
            self.chosen.emit(self._shown[place])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move the mark while the person goes on typing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}
            if event.key() in steps:
                self._go(self._at + steps[event.key()])
                return True
        return super().eventFilter(watched, event)
