"""The parts of the page of the exchange: how it stands, what waits, what arrived, what is here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.exchange import Arrived, ExchangeView, Kept, Standing, Waiting
from caseworker_app.i18n import _, ngettext, texts
from ui import theme
from ui.widgets.boxes import Box, Card, Panel
from ui.widgets.buttons import button
from ui.widgets.case_sheet import Sideways
from ui.widgets.drawings import Avatar, Tile
from ui.widgets.exchange_words import (
    arrived_meta,
    kept_meta,
    kept_right,
    on_the_page,
    remarks,
    waiting_icon,
    waiting_meta,
    waiting_title,
)
from ui.widgets.layout import Item, column, line, row
from ui.widgets.rail import PressableCard
from ui.widgets.text import IconText, Text, h2, h3, isolated

FEW = 6
_TRIES = (Standing.OFFLINE, Standing.DONE, Standing.TROUBLE, Standing.PENDING)


class StateCard(Card):
    """The one sentence, since when, and the button for those who do not want to wait.

    `wanted` asks for an exchange now, `connected` for the way to a central store.
    """

    wanted = Signal()
    connected = Signal()

    def __init__(self, view: ExchangeView, today: date) -> None:
        super().__init__(gap=14)
        said = on_the_page(view, today)
        tile = Tile(said.icon, size=54, tone="warn" if said.warn else "third")
        said_words = column(h2(said.title), Text(said.sentence, colour="text_2"), gap=2)
        main = row(tile, said_words, gap=18)
        main.setStretch(1, 1)
        main.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        act = row()
        if view.standing in _TRIES:
            words = _("Exchange now") if view.standing is Standing.DONE else _("Try now")
            act.addWidget(button(words, icon="refresh-cw", slot=self.wanted.emit))
        elif view.standing is Standing.ALONE:
            act.addWidget(
                button(_("Connect this laptop"), "primary", icon="link", slot=self.connected.emit)
            )
        self.body.addWidget(Sideways(main, act))
        told = remarks(view, today)
        if told:
            self.body.addWidget(line())
        for icon, sentence in told:
            self.body.addWidget(IconText(icon, sentence))


class Line(PressableCard):
    """A line of one of the lists: who and what, a second line, and where it leads."""

    def __init__(self, first: QWidget, title: str, second: str, right: str = "") -> None:
        said = column(None, Text(title, "bodym"), Text(second, "meta"), None, gap=0)
        content = row(first, said, gap=12, margins=(4, 9, 6, 9))
        content.setStretch(1, 1)
        if right:
            content.addWidget(Text(right, "meta"))
        name = ". ".join(part for part in (title, second, right) if part)
        super().__init__(name, content, framed=False)


class DecisionCard(Box):
    """What two people wrote differently, and the way there."""

    pressed = Signal()

    def __init__(self, count: int) -> None:
        super().__init__("warn_tint", "warn_edge", radius=12)
        words = ngettext(
            "{count} entry was changed by two people", "{count} entries were changed by two people",
            count,
        )  # fmt: skip
        said = column(Text(words, "bodyb", colour="warn_ink"), gap=2)
        said.addWidget(Text(_("Nothing is lost. You choose what is right."), "meta"))
        look = button(_("Have a look"), small=True, slot=self.pressed.emit)
        icon = IconText("git-compare", "", icon_colour="warn")
        icon.setFixedWidth(theme.current().px(24))
        layout = row(icon, said, look, gap=10, margins=(16, 10, 14, 10))
        layout.setStretch(1, 1)
        self.setLayout(layout)


def waiting_list(view: ExchangeView, today: date, go: Callable[[Waiting], object]) -> QVBoxLayout:
    """What has no receipt yet, one line for each person."""
    lines = []
    for one in view.waiting:
        picture = Tile(waiting_icon(one), size=36, round=True)
        made = Line(picture, waiting_title(one), waiting_meta(one, today))
        made.clicked.connect(lambda _on=False, one=one: go(one))
        lines.append(made)
    offline = view.standing is Standing.OFFLINE
    title = _("Waits for the server") if offline else _("Not handed over yet")
    return titled(title, len(view.waiting), _ruled(lines))


def arrived_list(
    arrived: Sequence[Arrived], today: date, go: Callable[[Arrived], object]
) -> QVBoxLayout:
    """What came from others with the last exchange."""
    lines = []
    for one in arrived:
        made = Line(Avatar(one.name, 36), isolated(one.name), arrived_meta(one, today))
        made.clicked.connect(lambda _on=False, one=one: go(one))
        lines.append(made)
    return titled(_("Came from others"), len(arrived), _ruled(lines))


class KeptPanel(Panel):
    """The files on this laptop, and who else works with each."""

    opened = Signal(object)

    def __init__(self, kept: Sequence[Kept], *, all_shown: bool = False) -> None:
        count = ngettext("{count} file", "{count} files", len(kept))
        title = row(h3(_("On this laptop")), Text(count, "meta"), gap=12)
        title.setStretch(0, 1)
        lead = _("The server keeps what you share, sealed. Nobody there can read it.")
        super().__init__(title, Text(lead, "meta"), gap=6)
        self._kept = tuple(kept)
        self._list = column(gap=0)
        self.body.addLayout(self._list)
        shown = self._kept if all_shown else self._kept[:FEW]
        self._add(shown)
        if len(shown) < len(self._kept):
            self._more = button(
                _("Show all {count}").format(count=texts().number(len(self._kept))),
                "link",
                slot=self._on_more,
            )
            self.body.addLayout(row(self._more, None))

    def _add(self, kept: Sequence[Kept]) -> None:
        for one in kept:
            if self._list.count():
                self._list.addWidget(line())
            made = Line(Avatar(one.name, 34), isolated(one.name), kept_meta(one), kept_right(one))
            made.clicked.connect(lambda _on=False, one=one: self.opened.emit(one))
            self._list.addWidget(made)

    def _on_more(self) -> None:
        self._add(self._kept[FEW:])
        self._more.hide()


class InvitationPanel(Panel):
    """What a connection would bring, for a laptop that has none."""

    def __init__(self) -> None:
        points = (
            ("users", _("Share a file with colleagues, and see what they add.")),
            ("hard-drive", _("A broken or lost laptop takes nothing with it.")),
            ("lock", _("Everything is sealed before it leaves. The server cannot read it.")),
        )
        super().__init__(
            h3(_("With a connection to your organisation")),
            *(IconText(icon, words) for icon, words in points),
            Text(_("You need the letter with the code from your organisation."), "meta"),
            gap=12,
        )


def titled(title: str, count: int, content: Item) -> QVBoxLayout:
    """A list under its title, with how many there are."""
    head = row(h3(title), Text(texts().number(count), "metab", colour="text_2"), gap=10)
    head.setStretch(0, 1)
    return column(head, content, gap=6)


def _ruled(lines: Sequence[QWidget]) -> QVBoxLayout:
    layout = column(gap=0)
    for number, one in enumerate(lines):
        if number:
            layout.addWidget(line())
        layout.addWidget(one)
    return layout
