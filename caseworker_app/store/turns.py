"""Who writes next: one at a time, in the order in which they asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, RLock

from caseworker_app import errors

PATIENCE = 5.0
"""Seconds, as long as SQLite waits for another program."""


class Turns:
    """SQLite lets whoever waits ask again and again, ever more seldom.

    So an exchange that writes page after page would be there first each time, and a save would wait
    for many pages. Here it waits for the one that is being written.
    """

    def __init__(self) -> None:
        self._next = Lock()
        self._writing = RLock()  # a transaction within another fails at once instead of waiting

    @contextmanager
    def mine(self) -> Iterator[None]:
        """As long as this thread writes. StoreInUse when its turn does not come."""
        if not self._next.acquire(timeout=PATIENCE):
            raise errors.StoreInUse
        try:
            if not self._writing.acquire(timeout=PATIENCE):
                raise errors.StoreInUse
        finally:
            self._next.release()
        try:
            yield
        finally:
            self._writing.release()
