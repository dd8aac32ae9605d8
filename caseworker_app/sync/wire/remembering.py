"""Reading the same bytes once: what is asked for at every step is kept, by what it weighs."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Reads bytes, and remembers what so many of them said; what was asked for longest ago goes.

    Bytes come from anybody and are read before anybody knows who signed them. So what counts is
    their length and not their number: whoever sends much fills no memory with it.
    """

    def __init__(self, read: Callable[[bytes], T], most_bytes: int) -> None:
        """`read` may raise: nothing is remembered then."""
        self._read, self._left = read, most_bytes
        self._found: OrderedDict[bytes, T] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, raw: bytes) -> T:
        """What these bytes say."""
        with self._lock:
            if raw in self._found:
                self._found.move_to_end(raw)
                return self._found[raw]
        found = self._read(raw)
        with self._lock:
            if raw not in self._found:
                self._found[raw] = found
                self._left -= len(raw)
            while self._left < 0:
                old, _ = self._found.popitem(last=False)
                self._left += len(old)
        return found
