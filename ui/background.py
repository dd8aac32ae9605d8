"""Worker threads for what takes longer than a blink: unlocking, making a PDF, exchanging.

There are two. One is the coach's: what it does is waited for. The other talks with the central
store, which may take its time; nobody waits for it, and it must not hold up the first.

`work` is a call to a service; it touches no widget and returns a frozen value. `done` and `failed`
run on the Qt thread, and are dropped when their owner has gone meanwhile.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from caseworker_app.errors import CaseworkerError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Result = TypeVar("Result")
Failed = Callable[[CaseworkerError], None]

SWEEP = 1000  # milliseconds
PATIENCE = 3.0  # seconds


class Lane(QObject):
    """One worker. Work is done in the order it was asked for."""

    _finished = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._given: set[Future[Any]] = set()
        self._is_closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _worker(self) -> ThreadPoolExecutor:
        """Made for the first piece of work, which is after the first paint."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)

    def run(
        self,
        owner: QObject,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Failed | None = None,
    ) -> None:
        """Do `work` in the worker, then call `done` with its result while `owner` still lives.

        A `CaseworkerError` goes to `failed`; anything else is a bug and goes to the crash hook, as
        does a `CaseworkerError` that nobody takes. After `close` nothing is done any more.
        """
        if self._is_closed:
            return
        future = self._worker.submit(work)
        self._given.add(future)
        future.add_done_callback(lambda ready: self._finished.emit((owner, ready, done, failed)))

    def busy(self) -> bool:
        """Whether something is being done or waits for its turn."""
        return bool(self._given)

    def closing(self) -> bool:
        """Whether whoever is at work here should come to an end. May be asked in any thread."""
        return self._is_closed

    def close(self, patience: float | None = None) -> bool:
        """Finish the piece of work at hand, drop the rest, and end the thread.

        With `patience` no longer than so many seconds; False when it is still at work then, and
        the process cannot end by itself: Python waits for the thread.
        """
        from concurrent.futures import wait  # noqa: PLC0415

        self._is_closed = True
        self._worker.shutdown(wait=patience is None, cancel_futures=True)
        at_hand = [one for one in self._given if not one.cancelled()]
        return not wait(at_hand, patience).not_done

    @Slot(object)
    def _deliver(
        self,
        finished: tuple[QObject, Future[Any], Callable[[Any], None], Failed | None],
    ) -> None:
        owner, future, done, failed = finished
        self._given.discard(future)
        if future.cancelled():
            return
        problem = future.exception()
        if isinstance(problem, CaseworkerError) and failed is not None:
            if isValid(owner):
                failed(problem)
        elif problem is not None:
            sys.excepthook(type(problem), problem, problem.__traceback__)
        elif isValid(owner):
            done(future.result())


class Background(Lane):
    """The coach's worker, and beside it `line`, the one that talks with the central store.

    While they live, garbage is collected on the Qt thread alone. Python would collect wherever it
    happens to run, and a widget that is taken apart in a worker ends the whole program.
    """

    def __init__(self) -> None:
        super().__init__("background")
        self.line = Lane("line")
        gc.disable()
        self._sweeping = QTimer(self)
        self._sweeping.timeout.connect(_sweep)
        self._sweeping.start(SWEEP)

    def close(self, patience: float | None = None) -> bool:
        """End both. The line is given little time: the central store may not answer at all."""
        is_quiet = self.line.close(PATIENCE)
        super().close(patience)
        self._sweeping.stop()
        if is_quiet:  # else the line is still at work, and must not be where garbage is collected
            gc.enable()
        return is_quiet


def _sweep() -> None:
    """Collect what Python would have collected by now: the oldest generation that is due."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
