"""The head of one person's file: whose it is, what can be done, the tabs between its pages."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from caseworker_app.domain.people import CaseFile, CaseStatus, Person, age
from caseworker_app.i18n import _, ngettext
from ui import theme
from ui.widgets.chips import Chip
from ui.widgets.drawings import Avatar
from ui.widgets.layout import FlowLayout, column, row
from ui.widgets.tabs import Tabs
from ui.widgets.text import Text, isolated


class CaseHead(QWidget):
    """Name, age, place and number of the file; below them the tabs. `went` carries a page's name.

    Buttons stand at the right, the primary one last; where the room is short they stand below.
    """

    went = Signal(str)

    def __init__(self, person: Person, file: CaseFile, current_tab: str, today: date) -> None:
        super().__init__()
        self._identity = QWidget()
        self._buttons = QWidget()
        self._button_row = FlowLayout(10, self._buttons)
        identity = row(Avatar(person.name, 58, "person"), self._names(person, file, today), gap=16)
        identity.setStretch(1, 1)
        self._identity.setLayout(identity)
        self._top = row(self._identity, self._buttons, gap=12)
        self._top.setStretch(0, 1)
        self._tabs = Tabs(_("Parts of this file"), _pages())
        self._tabs.set_current(current_tab)
        self._tabs.went.connect(self.went)
        following = QShortcut(QKeySequence(Qt.Modifier.CTRL | Qt.Key.Key_Tab), self)
        following.activated.connect(self._tabs.next)
        self.setLayout(column(self._top, self._tabs, gap=16))

    def add_button(self, widget: QWidget) -> None:
        """Put a button at the right end of the head."""
        self._button_row.addWidget(widget)
        self._arrange(self.width())

    def add_below(self, widget: QWidget) -> None:
        """Put something below the name."""
        self._below.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of its parts: the buttons can go below the name."""
        parts = (self._identity, self._buttons, self._tabs)
        width = max(part.minimumSizeHint().width() for part in parts)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take up the new width."""
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        wanted = (
            self._identity.sizeHint().width()
            + self._buttons.sizeHint().width()
            + theme.current().space(12)
        )
        fits = wanted <= width
        directions = QBoxLayout.Direction
        self._top.setDirection(directions.LeftToRight if fits else directions.TopToBottom)
        side = Qt.AlignmentFlag.AlignVCenter if fits else Qt.AlignmentFlag(0)
        self._top.setAlignment(self._buttons, side)

    def _names(self, person: Person, file: CaseFile, today: date) -> QWidget:
        names = QWidget()
        self._below = column(gap=0)
        title = row(Text(isolated(person.name) if person.name else _("No name yet"), "h1"), gap=12)
        if file.status is CaseStatus.CLOSED:
            title.addWidget(Chip(_("file closed"), icon="lock"))
            title.addStretch(1)
        known = Text(facts(person, file, today), "meta")
        names.setLayout(column(None, title, known, self._below, None, gap=2))
        return names


def facts(person: Person, file: CaseFile, today: date) -> str:
    """Age, place and number of the file in one line; what is not known is left out."""
    parts = []
    years = age(person.birth_date, today)
    if years is not None:
        parts.append(ngettext("{count} year old", "{count} years old", years))
    if person.place:
        parts.append(isolated(person.place))
    if file.number:
        parts.append(_("file {number}").format(number=file.number))
    return " · ".join(parts)


def _pages() -> list[tuple[str, str]]:
    return [
        ("case", _("Overview")),
        ("talks", _("Conversations")),
        ("goals", _("Goals and steps")),
        ("plan", _("Plan")),
        ("papers", _("Papers")),
    ]
