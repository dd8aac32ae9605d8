"""Who is at work in a store, so that it can be ended when nobody is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from caseworker_app import errors


class Doors:
    """Transactions pass through `entered`. Whoever is `alone` waits for them and lets none in."""

    def __init__(self) -> None:
        self._moved = threading.Condition()
        self._inside = 0
        self._alone: int | None = None

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be inside. StoreGone where another thread is alone, or waits for being it."""
        with self._moved:
            if self._alone not in (None, threading.get_ident()):
                raise errors.StoreGone
            self._inside += 1
        try:
            yield
        finally:
            with self._moved:
                self._inside -= 1
                self._moved.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only thread that comes in, from now on and for good, unless this fails."""
        with self._moved:
            self._alone = threading.get_ident()
            self._moved.wait_for(lambda: not self._inside)
        try:
            yield
        except BaseException:
            self._alone = None
            raise
