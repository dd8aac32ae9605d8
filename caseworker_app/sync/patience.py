"""How long a request may take.

A socket waits for each byte anew, so a server that sends one now and then could hold it for days.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

GRACE = 60.0
"""Seconds that any request may take: a busy server answers late."""

LEAST_RATE = 5_000
"""Bytes a second, besides: a quarter of what a slow line carries."""

LOOK_EVERY = 0.2  # seconds


@dataclass(eq=False, slots=True)
class UnderWay:
    """A request: since when, the bytes that it sends or has got, whether it was cut."""

    begun: float
    size: int
    is_cut: bool = False


class Patience:
    """Cuts the lines of one way when a request on them takes too long, or `stop` says so.

    It looks from a thread of its own, so it does not matter what the request waits for: the
    greeting of TLS, a header, the body, or somebody who reads what is sent.
    """

    def __init__(
        self, stop: Callable[[], bool], grace: float = GRACE, least_rate: float = LEAST_RATE
    ) -> None:
        self._stop, self._grace, self._least_rate = stop, grace, least_rate
        self._requests: list[UnderWay] = []
        self._streams: list[Any] = []
        self._following = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="exchange patience", daemon=True)
        self._thread.start()

    @contextmanager
    def request(self, size: int) -> Iterator[UnderWay]:
        """Look after a request that sends so many bytes, for as long as it is under way."""
        one = UnderWay(monotonic(), size)
        self._requests.append(one)
        try:
            yield one
        finally:
            self._requests.remove(one)

    def follow(self, _event: str, info: Mapping[str, Any]) -> None:
        """The `trace` of a request, which tells of each new line."""
        found = info.get("return_value")
        if hasattr(found, "get_extra_info"):
            with self._following:  # two requests may be under way
                open_ones = [one for one in self._streams if _socket(one).fileno() >= 0]
                self._streams = [*open_ones, found]

    def close(self) -> None:
        """Nothing is under way any more."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(LOOK_EVERY):
            requests = list(self._requests)
            if requests and (self._stop() or any(map(self._is_overdue, requests))):
                for one in requests:
                    one.is_cut = True
                for stream in self._streams:
                    with suppress(OSError):  # as a plain one: that of TLS would not be cut but left
                        socket.socket.shutdown(_socket(stream), socket.SHUT_RDWR)

    def _is_overdue(self, one: UnderWay) -> bool:
        return monotonic() - one.begun > self._grace + one.size / self._least_rate


def _socket(stream: Any) -> socket.socket:
    found = stream.get_extra_info("socket")
    assert isinstance(found, socket.socket)
    return found
