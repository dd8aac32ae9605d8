"""What frames every page: the place of the rail, and the strip above fictional people."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from caseworker_app.domain.exchange import ExchangeView
from caseworker_app.i18n import _
from ui.widgets.boxes import Box
from ui.widgets.buttons import button
from ui.widgets.exchange_words import on_the_rail
from ui.widgets.layout import column, row, stand_on
from ui.widgets.rail import Place, Rail
from ui.widgets.text import IconText


class RailPlace(QScrollArea):
    """Where the rail stands. In a low window it can be scrolled, by wheel and by the Tab key."""

    def __init__(self, rail: Rail) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hold(rail)

    def hold(self, rail: Rail) -> None:
        """Show this rail instead of the one before."""
        self.setWidget(rail)
        rail.show()


class SampleStrip(QWidget):
    """One line above everything, for as long as somebody looks round."""

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        stand_on(self, "canvas")
        words = _("These people are fictional. What you write here is thrown away at the end.")
        said = IconText("info", words, "metab", colour="accent_ink", icon_colour="accent_ink")
        end = button(_("End the look round"), small=True, slot=self.ended.emit)
        strip = Box("accent_tint", "accent_edge", radius=12)
        inner = row(said, end, gap=16, margins=(16, 4, 6, 4))
        inner.setStretch(0, 1)
        inner.setAlignment(said, Qt.AlignmentFlag.AlignVCenter)
        strip.setLayout(inner)
        self.setLayout(column(strip, margins=(10, 6, 10, 6)))


class ReadingStrip(QWidget):
    """One line above a page of a file in which the coach only reads along."""

    def __init__(self) -> None:
        super().__init__()
        stand_on(self, "canvas")
        words = _(
            "You read along in this file. What you write here reaches the others only when"
            " somebody who leads the file lets it in."
        )
        said = IconText("info", words, "metab", colour="accent_ink", icon_colour="accent_ink")
        strip = Box("accent_tint", "accent_edge", radius=12)
        strip.setLayout(column(said, margins=(16, 6, 16, 6)))
        self.setLayout(column(strip, margins=(10, 6, 10, 6)))


def places() -> tuple[Place, ...]:
    """Where one can go from anywhere. The last two are not among the first in the rail."""
    return (
        Place("today", _("Today"), "sun", keys="Ctrl+1"),
        Place("people", _("People"), "users", keys="Ctrl+2"),
        Place("agreements", _("Agreements"), "list-checks", keys="Ctrl+3"),
        Place("exchange", _("Exchange"), "refresh-cw", keys="Ctrl+4"),
        Place("settings", _("Settings"), "settings", keys="Ctrl+,"),
    )


def shell_rail(organisation: str, coach: str) -> Rail:
    """The rail of the program: where one can go to. The exchange has a card of its own there."""
    *daily, _exchange, settings = places()
    lock = Place("lock", _("Lock"), "lock", checkable=False)
    return Rail(organisation or "Caseworker", daily, (settings, lock), coach)


def show_exchange(rail: Rail, view: ExchangeView, now: datetime) -> None:
    """Let the rail say how the exchange stands."""
    said = on_the_rail(view, now.astimezone().date())
    rail.show_sync(said.icon, said.title, said.sentence, said.warn)
