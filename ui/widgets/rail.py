"""The rail at the left: where one can go, how the exchange stands, whose laptop this is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.drawings import Avatar, Sign, painter_on, picture
from ui.widgets.layout import clear, column, line, row, stand_on
from ui.widgets.navigation import NavRow
from ui.widgets.text import Elided, IconText, Text
from ui.widgets.tips import set_tip

WIDE, COMPACT = 228, 76


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go. `checkable` is False for what acts at once, such as locking.

    `keys` lead there from anywhere.
    """

    id: str
    words: str
    icon: str
    checkable: bool = True
    keys: str = ""


class PressableCard(QAbstractButton):
    """A card that is one button: the state of the exchange, the own name, a thing to open."""

    def __init__(
        self, name: str, content: QLayout, *, framed: bool = True, warn: bool = False
    ) -> None:
        super().__init__()
        self._framed, self._warn = framed, warn
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setLayout(content)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(40, 40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), painter_on(self)
        if not self._framed and not self.underMouse():
            return
        ground = "warn_tint" if self._warn else ("surface" if self._framed else "sunken")
        if self._framed and self.underMouse():
            ground = "sunken"
        painter.setBrush(look.colour(ground))
        edge = ("warn_edge" if self._warn else "line") if self._framed else "edge"
        painter.setPen(look.colour(edge))
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, look.px(12), look.px(12))


class Rail(QWidget):
    """Wide with words, or compact with icons, tooltips, and the same names for screen readers."""

    went = Signal(str)
    sync_pressed = Signal()
    own_pressed = Signal()

    def __init__(
        self,
        organisation: str,
        places: Sequence[Place],
        bottom: Sequence[Place],
        own_name: str,
    ) -> None:
        super().__init__()
        self._organisation, self._own_name = organisation, own_name
        self._rows = {place.id: self._make_row(place) for place in (*places, *bottom)}
        self._sync: PressableCard | None = None
        self._sync_state = ("cloud-off", "", "", False)
        self._compact = False
        stand_on(self, "canvas")
        self._top: QVBoxLayout = column(gap=0)
        self._sync_place: QVBoxLayout = column(gap=0)
        self._own: QVBoxLayout = column(gap=0)
        body = column(self._top, gap=2, margins=(14, 14, 14, 14))
        for place in places:
            body.addWidget(self._rows[place.id])
        body.addStretch(1)
        body.addLayout(self._sync_place)
        body.addSpacing(theme.current().space(8))
        for place in bottom:
            body.addWidget(self._rows[place.id])
        body.addSpacing(theme.current().space(4))
        body.addWidget(line())
        body.addLayout(self._own)
        inner = QWidget()
        stand_on(inner, "canvas")
        inner.setLayout(body)
        edge = QFrame()
        edge.setProperty("edge", True)
        self.setLayout(row(_scrolling(inner), edge, gap=0))
        self.set_compact(False)

    def set_current(self, place: str) -> None:
        """Show where we are. A place that is not in the rail leaves none current."""
        for name, made in self._rows.items():
            made.setAutoExclusive(False)
            made.setChecked(name == place)
            made.setAutoExclusive(made.isCheckable())

    def set_count(self, place: str, count: int) -> None:
        """Show how many things wait at a place; none shows nothing."""
        self._rows[place].set(count=str(count) if count else "")

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001
        """Show icons alone, for a narrow window."""
        look = theme.current()
        self._compact = compact
        self.setFixedWidth(look.px(COMPACT if compact else WIDE))
        for made in self._rows.values():
            made.set_compact(compact)
        self._fill_top()
        self._fill_own()
        self.show_sync(*self._sync_state)

    def show_sync(self, icon: str, title: str, words: str, warn: bool = False) -> None:  # noqa: FBT001, FBT002
        """Show how the exchange stands. Offline is normal and neutral; `warn` needs the coach."""
        self._sync_state = (icon, title, words, warn)
        had_focus = self._sync is not None and self._sync.hasFocus()
        clear(self._sync_place)
        self._sync = None
        if not title:
            return
        colour = "warn" if warn else "text_2"
        if self._compact:
            drawn = picture(icon, colour=colour, size=20)
            content: QLayout = row(None, drawn, None, margins=(0, 10, 0, 10))
        else:
            head = IconText(icon, title, "metab", colour="text", icon_colour=colour)
            content = column(head, Text(words, "meta"), gap=2, margins=(12, 9, 10, 9))
        name = ". ".join(part for part in (title, words) if part)
        self._sync = PressableCard(name, content, framed=not self._compact, warn=warn)
        set_tip(self._sync, name if self._compact else "")
        self._sync.clicked.connect(lambda _checked=False: self.sync_pressed.emit())
        self._sync_place.addWidget(self._sync)
        if had_focus:
            self._sync.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_row(self, place: Place) -> NavRow:
        made = NavRow(place.words, icon=place.icon, checkable=place.checkable)
        made.clicked.connect(lambda _checked=False: self.went.emit(place.id))
        return made

    def _fill_top(self) -> None:
        clear(self._top)
        sign = Sign(28)
        if self._compact:
            self._top.addLayout(row(None, sign, None, margins=(0, 8, 0, 18)))
        else:
            name = Elided(self._organisation, "bodyb")
            self._top.addLayout(row(sign, name, gap=11, margins=(9, 8, 4, 18)))

    def _fill_own(self) -> None:
        clear(self._own)
        face = Avatar(self._own_name, 34 if self._compact else 32)
        if self._compact:
            content = row(None, face, None, margins=(0, 6, 0, 6))
        else:
            content = row(face, Elided(self._own_name, "bodym"), gap=10, margins=(9, 6, 4, 6))
        own = PressableCard(_("You: {name}").format(name=self._own_name), content, framed=False)
        set_tip(own, self._own_name if self._compact else "")
        own.clicked.connect(lambda _checked=False: self.own_pressed.emit())
        self._own.addWidget(own)


def _scrolling(inner: QWidget) -> QScrollArea:
    """With large text on a low screen the rail is higher than the window: Tab and wheel scroll."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area
