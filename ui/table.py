"""What is behind the door: one table with two sides. Either side is shown, and never both.

Whoever has the screen turned to them has only their own side: of the coach's nothing is left, in
the window or in memory, until the PIN has led back.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import partial
from typing import cast
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget
from shiboken6 import delete

from caseworker_app.content.participant import Tongue
from caseworker_app.services import pins
from ui.context import App
from ui.forms.pin_new import choose_pin
from ui.main_window import MainWindow
from ui.page import Route
from ui.pages.turned_page import TurnedPage

Side = MainWindow | TurnedPage


class Table(QWidget):
    """`turned` says which side is about to be shown: true for the participant's.

    The other signals are those of the side in view.
    """

    turned = Signal(bool)
    lock_wanted = Signal()
    lock_or_cover_wanted = Signal()
    cover_wanted = Signal()
    changed = Signal(object)
    signed_off = Signal()

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self._way: tuple[Route, ...] = ()
        self._tongues: dict[UUID, Tongue] = {}
        self.side: Side | None = None
        self._stack = QStackedLayout(self)
        self._show_coach(())

    @property
    def covered_words(self) -> str:
        """What stands on the cover: a word for the participant, nothing for the coach."""
        return self.side.covered_words if isinstance(self.side, TurnedPage) else ""

    def use(self, app: App) -> None:
        """Go on with other settings: everything is drawn anew, at the same place."""
        self.app = app
        if self.side is not None:
            self.side.use(app)

    def leave(self) -> bool:
        """Keep what is still being typed. False when that did not work."""
        return self.side is None or self.side.leave()

    def _show_coach(self, way: Sequence[Route]) -> None:
        """Show the coach's side, at the end of the way that was gone before."""
        window = MainWindow(self.app, way)
        window.lock_wanted.connect(self.lock_wanted)
        window.cover_wanted.connect(self.cover_wanted)
        window.changed.connect(self.changed)
        window.turned.connect(self._turn)
        window.signed_off.connect(self.signed_off)
        self._show(window)

    def _turn(self, conversation: UUID) -> None:
        """Turn the screen; the first time, once there is a PIN that leads back."""
        turn = partial(QTimer.singleShot, 0, self, partial(self._show_participant, conversation))
        store, now = self.app.store, self.app.now()
        if pins.has_pin(store):
            turn()
            return
        choose_pin(
            self, self.app.background, pins.is_good, lambda pin: pins.set_pin(store, pin, now), turn
        )

    def _show_participant(self, conversation: UUID) -> None:
        if not isinstance(self.side, MainWindow) or not self.leave():
            return
        self._way = self.side.way
        self._take_away(turned=True)
        page = TurnedPage(self.app, conversation, self._tongues.get(conversation))
        page.covered.connect(self.cover_wanted)
        page.lock_wanted.connect(self.lock_or_cover_wanted)
        page.returned.connect(self._turn_back, Qt.ConnectionType.QueuedConnection)
        self._show(page)

    def _turn_back(self) -> None:
        if isinstance(self.side, TurnedPage) and self.leave():
            self._tongues[self.side.conversation] = self.side.tongue
            self._take_away(turned=False)
            self._show_coach(self._way)

    def _take_away(self, *, turned: bool) -> None:
        """Leave nothing of the side in view. Called when none of its code is at work."""
        side, self.side = self.side, None
        if side is not None:
            self._stack.removeWidget(side)
            delete(side)
        del side
        gc.collect()
        self.turned.emit(turned)

    def _show(self, side: Side) -> None:
        self.side = side
        self._stack.addWidget(side)
        self.setFocusProxy(side)
        if not side.isAncestorOf(cast("QWidget", QApplication.focusWidget())):
            side.setFocus(Qt.FocusReason.OtherFocusReason)
