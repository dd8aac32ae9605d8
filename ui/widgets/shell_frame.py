"""What frames every page: the place of the rail, and the strip above fictional people."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from caseworker_app.i18n import _
from ui.widgets.boxes import Box
from ui.widgets.buttons import button
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


def shell_rail(organisation: str, coach: str) -> Rail:
    """The rail of the program: where one can go to, and that everything is safe."""
    rail = Rail(
        organisation or "Caseworker",
        (
            Place("today", _("Today"), "sun"),
            Place("people", _("People"), "users"),
            Place("agreements", _("Agreements"), "list-checks"),
        ),
        (
            Place("settings", _("Settings"), "settings"),
            Place("lock", _("Lock"), "lock", checkable=False),
        ),
        coach,
    )
    rail.show_sync("shield-check", _("Everything is safe"), _("Kept and encrypted on this laptop."))
    return rail
