"""What all pages share: where they can lead to, and the three things they may say to the window.

A page is handed the `App` and the ids it shows. It reads values through services, shows them with
`_show`, and says what it wants in signals; only the main window knows other pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.exchange import ExchangeView
from ui.context import App

Undo = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Route:
    """A place in the program: a page, and the case and the value in it that it shows."""

    page: str
    case: UUID | None = None
    value: UUID | None = None


class Redraws(StrEnum):
    """When a page in view is read again by itself."""

    NEVER = "never"  # the coach is writing there
    ARRIVED = "arrived"  # something came from others
    ALWAYS = "always"  # after each exchange


class Page(QWidget):
    """One screen of the program.

    `went` asks for another page, `back` for the one before. `told` puts a short sentence at the
    foot of the window, with a way to undo or None; `covered` hides everything at once.
    `turned` asks to turn the screen to the participant, with the id of the conversation.
    `exchange_wanted` asks for an exchange with the central store now. `place` is the entry of the
    rail to mark; empty for pages that fill the window without a rail. `redraws` says when the page
    is drawn anew under the coach's hands.
    """

    went = Signal(object)
    back = Signal()
    told = Signal(str, object)
    covered = Signal()
    turned = Signal(object)
    exchange_wanted = Signal()
    place: ClassVar[str] = ""
    redraws: ClassVar[Redraws] = Redraws.ARRIVED

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app

    def refresh(self) -> None:
        """Read again what is shown. Called whenever the page comes into view."""

    def hear(self, view: ExchangeView) -> None:
        """How the exchange stands. Called whenever that changes while the page is in view."""

    def where(self, route: Route) -> Route:
        """The way back to what is in view by now; it was opened by `route`."""
        return route

    def leave(self) -> bool:
        """Keep what is still being typed. Called before the page goes; False keeps it in view."""
        return True
