"""One worker thread for what takes longer than a blink: unlocking, making a PDF, exchanging.

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


class Background(QObject):
    """The one worker. Work is done in the order it was asked for.

    While it lives, garbage is collected on the Qt thread alone. Python would collect wherever it
    happens to run, and a widget that is taken apart in the worker ends the whole program.
    """

    _finished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._waiting = 0
        self._is_closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        gc.disable()
        self._sweeping = QTimer(self)
        self._sweeping.timeout.connect(_sweep)
        self._sweeping.start(SWEEP)

    @cached_property
    def _worker(self) -> ThreadPoolExecutor:
        """Made for the first piece of work, which is after the first paint."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")

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
        self._waiting += 1
        future = self._worker.submit(work)
        future.add_done_callback(lambda ready: self._finished.emit((owner, ready, done, failed)))

    def busy(self) -> bool:
        """Whether something is being done or waits for its turn."""
        return self._waiting > 0

    def close(self) -> None:
        """Finish the piece of work at hand, drop the rest, and end the thread."""
        self._is_closed = True
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._sweeping.stop()
        gc.enable()

    @Slot(object)
    def _deliver(
        self,
        finished: tuple[QObject, Future[Any], Callable[[Any], None], Failed | None],
    ) -> None:
        owner, future, done, failed = finished
        self._waiting -= 1
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


def _sweep() -> None:
    """Collect what Python would have collected by now: the oldest generation that is due."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
