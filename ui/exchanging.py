"""Exchanges with the central store while the coach works: at the start, after a save, now and then.

One round at a time, on a worker of its own. Without a network it is tried again after a while, and
after a longer while; nobody has to do anything for that, and nobody waits for it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from caseworker_app.domain.exchange import ExchangeView, Standing
from caseworker_app.errors import CaseworkerError
from caseworker_app.services.exchange import by_network
from caseworker_app.services.exchange.view import view as read_view
from ui.context import App

AFTER_SAVE = 5_000  # milliseconds of silence
EVERY = 180_000
CONFIRMED = 30_000  # somebody stands beside the coach and confirms the laptop
FIRST_MISS, LONGEST = 15_000, 300_000

_NOTHING_TO_DO = (Standing.ALONE, Standing.REVOKED)
_MISSED = (Standing.OFFLINE, Standing.TROUBLE)


class Exchanging(QObject):
    """`told` carries how it stands, again and again.

    `ended` carries the view after a round, and whether it brought anything from others.

    A save is noticed by itself: `store.written`.
    """

    told = Signal(object)
    ended = Signal(object, bool)
    _saved = Signal()

    def __init__(self, app: App, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self.view = ExchangeView(Standing.ALONE)
        self._is_at_work = False
        self._is_wanted_again = False
        self._misses = self._left = 0
        self._next = self._timer(self._run)
        self._soon = self._timer(self._after_save)
        self._soon.setInterval(AFTER_SAVE)
        self._saved.connect(self._on_saved)
        app.store.written = _notice(self)
        self.look(then_run=True)

    def now(self) -> None:
        """Exchange at once: somebody has asked for it."""
        self._misses = 0
        if self.is_at_work():
            self._is_wanted_again = True
        else:
            self._run()

    def look(self, *, then_run: bool = False) -> None:
        """Read how it stands, without a network."""
        store = self._app.store

        def take(view: ExchangeView) -> None:
            if self.is_at_work():
                return
            last = self.view
            if last.standing in _MISSED:  # the store does not know what the network was like
                view = replace(view, standing=last.standing, problem=last.problem)
            self._tell(view)
            if then_run and view.standing not in _NOTHING_TO_DO:
                self._run()

        self._app.background.line.run(self, lambda: read_view(store), take)

    def is_at_work(self) -> bool:
        """Whether a round is under way. One that ended in a bug never says that it is over."""
        return self._is_at_work and self._app.background.line.busy()

    def _timer(self, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        return timer

    def _run(self) -> None:
        if self.is_at_work():
            return
        self._is_at_work, self._is_wanted_again = True, False
        self._next.stop()
        self._soon.stop()
        self._tell(replace(self.view, standing=Standing.WORKING, gone=()))
        store, now, line = self._app.store, self._app.now, self._app.background.line
        work = partial(by_network.run, store, now, line.closing)
        line.run(self, work, self._on_ended, self._on_failed)

    def _on_failed(self, error: CaseworkerError) -> None:
        trouble = replace(self.view, standing=Standing.TROUBLE, problem=error.sentences())
        self._on_ended(trouble)

    def _on_ended(self, view: ExchangeView) -> None:
        self._is_at_work = False
        brought = view.arrived != self.view.arrived
        self._misses = self._misses + 1 if view.standing in _MISSED else 0
        self._tell(view)
        self.ended.emit(view, brought)
        if view.standing in _NOTHING_TO_DO:
            return
        if self._is_wanted_again:
            self._run()
        else:
            self._next.start(self._pause(view))

    def _pause(self, view: ExchangeView) -> int:
        """How long to wait for the next round: longer and longer while there is no network."""
        if view.standing is Standing.PENDING:
            return CONFIRMED
        if view.standing in _MISSED:
            return int(min(LONGEST, FIRST_MISS * 2 ** (self._misses - 1)))
        newer, self._left = view.changes_waiting > self._left, view.changes_waiting
        return AFTER_SAVE if newer else EVERY  # saved while the round was under way

    def _on_saved(self) -> None:
        """Wait until nobody writes any more. A round itself saves, too: that asks for no other."""
        if not self.is_at_work() and self.view.standing not in _NOTHING_TO_DO:
            self._soon.start()

    def _after_save(self) -> None:
        """Where there was no network a moment ago, it is only counted what waits."""
        if self.view.standing in _MISSED:
            self.look()
        else:
            self._run()

    def _tell(self, view: ExchangeView) -> None:
        self.view = view
        self.told.emit(view)


def _notice(one: Exchanging) -> Callable[[], None]:
    """What the store calls after a save, for as long as the window is there."""
    known = weakref.ref(one)

    def written() -> None:
        listening = known()
        if listening is not None and isValid(listening):
            listening._saved.emit()  # noqa: SLF001 - comes from whichever thread has saved

    return written
