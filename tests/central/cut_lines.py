"""Networks that are cut: one inside this process, one that is a real connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

import httpx2

from caseworker_app.sync.link import Answer
from caseworker_app.sync.refusals import Unreachable

FOR_EVER = 1 << 60
Meddles = Callable[[str, str, Answer], Answer]


@dataclass
class Line:
    """Carries requests about documents to the real server until `left` bytes have passed.

    What is cut on its way there never arrives; what is cut on its way back was done, and nobody
    hears of it. `next_cut` says after how many bytes more it is cut again; `meddles` may change an
    answer, as a server that means harm would.
    """

    client: httpx2.Client
    left: int = FOR_EVER
    next_cut: Callable[[], int] = lambda: FOR_EVER
    meddles: Meddles = lambda _method, _path, answer: answer
    sent: int = 0
    came: int = 0
    requests: list[str] = field(default_factory=list)

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        about_documents = "/blobs/" in path
        if about_documents:
            self._pass(len(body))
            self.sent += len(body)
            self.requests.append(method)
        found = self.client.request(method, path, content=body, headers=dict(headers))
        named = {name.lower(): value for name, value in found.headers.items()}
        answer = Answer(found.status_code, named, found.content)
        if about_documents:
            self._pass(len(answer.body) + 1)
            self.came += len(answer.body)
            answer = self.meddles(method, path, answer)
        return answer

    def _pass(self, size: int) -> None:
        if self.left < size:
            self.left = self.next_cut()
            raise Unreachable
        self.left -= size


def with_body(answer: Answer, body: bytes) -> Answer:
    """The same answer with other bytes."""
    return replace(answer, body=body)


class CutProxy:
    """Stands between a laptop and a real server and cuts each connection after so many bytes.

    `limits` gives for each new connection how many bytes pass in either direction.
    """

    def __init__(self, port: int, limits: Iterator[int]) -> None:
        self._server, self._limits = ("127.0.0.1", port), limits
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                laptop, _address = self._listening.accept()
                server = socket.create_connection(self._server)
                self._sockets += [laptop, server]
                left = [next(self._limits)]
                lock = threading.Lock()
                for one, other in ((laptop, server), (server, laptop)):
                    pumping = (one, other, left, lock)
                    threading.Thread(target=self._pump, args=pumping, daemon=True).start()

    @staticmethod
    def _pump(
        one: socket.socket, other: socket.socket, left: list[int], lock: threading.Lock
    ) -> None:
        with suppress(OSError):
            while found := one.recv(1 << 14):
                with lock:
                    passing = found[: max(0, left[0])]
                    left[0] -= len(found)
                    over = left[0] <= 0
                other.sendall(passing)
                if over:
                    break
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for one in (self._listening, *self._sockets):
            one.close()


@contextmanager
def cut_proxy(port: int, limits: Iterator[int]) -> Iterator[CutProxy]:
    """A proxy before the server at this port."""
    proxy = CutProxy(port, limits)
    try:
        yield proxy
    finally:
        proxy.close()
