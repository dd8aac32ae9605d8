"""The real way to the central store: HTTPS, with the certificates that this machine trusts.

A municipality often signs its servers itself; the certificates of the system know that, those that
come with a library do not. Redirects are not followed: a code or a token goes nowhere else.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import httpx2
import truststore

from caseworker_app.sync.link import MOST_ANSWER, Answer
from caseworker_app.sync.patience import GRACE, LEAST_RATE, Patience, UnderWay
from caseworker_app.sync.refusals import Unreachable, Unreadable
from caseworker_app.sync.wire.invitation import is_server

T = TypeVar("T")

CONNECT, READ = 5.0, 30.0
"""Seconds: a laptop in a stairwell finds out soon, a slow line is waited for."""


class Https:
    """Connections to one server, kept open for as long as a round takes."""

    def __init__(
        self,
        server: str,
        stop: Callable[[], bool] = lambda: False,
        *,
        grace: float = GRACE,
        least_rate: float = LEAST_RATE,
    ) -> None:
        """`server` is "https://host[:port]"; plain http only to this machine itself.

        `stop` is asked, from another thread, for as long as a request is under way. One takes
        `grace` seconds at the most where nothing passes, and more as long as bytes come.
        """
        if not is_server(server):
            raise Unreachable
        self._thread = ThreadPoolExecutor(1, "exchange aside")
        self._client = httpx2.Client(
            base_url=server,
            verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            timeout=httpx2.Timeout(READ, connect=CONNECT),
            follow_redirects=False,
            headers={"User-Agent": "caseworker", "Accept-Encoding": "identity"},
        )
        self._patience = Patience(stop, grace, least_rate)

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The whole answer, or Unreachable. Unreadable when it is too long to read to its end."""
        with self._patience.request(len(body)) as under_way:
            try:
                answer = self._answer(method, path, body, headers, under_way)
            except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, OSError):
                raise Unreachable from None
            if under_way.is_cut:  # else the end of what came would look like that of the answer
                raise Unreachable
            return answer

    def _answer(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], under_way: UnderWay
    ) -> Answer:
        watched = {"trace": self._patience.follow}
        with self._client.stream(
            method, path, content=body, headers=dict(headers), extensions=watched
        ) as response:
            read = bytearray()
            for piece in response.iter_bytes():
                read += piece
                under_way.size += len(piece)
                if len(read) > MOST_ANSWER:
                    raise Unreadable
            named = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, named, bytes(read))

    def aside(self, work: Callable[[], T]) -> Callable[[], T]:
        """Do something in a thread of its own; what comes back waits for it."""
        return self._thread.submit(work).result

    def close(self) -> None:
        """Give the connections back."""
        self._thread.shutdown(cancel_futures=True)
        self._client.close()
        self._patience.close()
