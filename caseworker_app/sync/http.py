"""The real way to the central store: HTTPS, with the certificates that this machine trusts.

A municipality often signs its servers itself; the certificates of the system know that, those that
come with a library do not. Redirects are not followed: a code or a token goes nowhere else.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from urllib.parse import urlsplit

import httpx2
import truststore

from caseworker_app.sync.link import MOST_ANSWER, Answer
from caseworker_app.sync.refusals import Unreachable, Unreadable

T = TypeVar("T")

CONNECT, READ = 5.0, 30.0
"""Seconds: a laptop in a stairwell finds out soon, a slow line is waited for."""

_LOCAL = ("127.0.0.1", "localhost", "::1")


class Https:
    """Connections to one server, kept open for as long as a round takes."""

    def __init__(self, server: str) -> None:
        """`server` is "https://host[:port]"; plain http only to this machine itself."""
        parts = urlsplit(server)
        if parts.scheme != "https" and parts.hostname not in _LOCAL:
            raise Unreachable
        self._thread = ThreadPoolExecutor(1, "exchange aside")
        self._client = httpx2.Client(
            base_url=server,
            verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            timeout=httpx2.Timeout(READ, connect=CONNECT),
            follow_redirects=False,
            headers={"User-Agent": "caseworker", "Accept-Encoding": "identity"},
        )

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The whole answer, or Unreachable. Unreadable when it is too long to read to its end."""
        try:
            with self._client.stream(method, path, content=body, headers=dict(headers)) as response:
                read = bytearray()
                for piece in response.iter_bytes():
                    read += piece
                    if len(read) > MOST_ANSWER:
                        raise Unreadable
                named = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, named, bytes(read))
        except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, OSError):
            raise Unreachable from None

    def aside(self, work: Callable[[], T]) -> Callable[[], T]:
        """Do something in a thread of its own; what comes back waits for it."""
        return self._thread.submit(work).result

    def close(self) -> None:
        """Give the connections back."""
        self._thread.shutdown(cancel_futures=True)
        self._client.close()
