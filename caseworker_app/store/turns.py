"""Who writes next: one at a time, in the order in which they asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, RLock


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
        """As long as this thread writes."""
        with self._next:
            self._writing.acquire()
        try:
            yield
        finally:
            self._writing.release()
