"""A server at a real socket that never comes to an end, as one that means harm may be."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

PAUSE = 0.01  # seconds between two bytes

Line = Callable[[socket.socket, threading.Event], None]


def head(size: int) -> bytes:
    """The beginning of an answer of so many bytes."""
    return f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode()


def drips(before: bytes = b"", drop: bytes = b"x") -> Line:
    """Answers with this, and then a drop at a time, for as long as anybody listens."""

    def act(line: socket.socket, ended: threading.Event) -> None:
        line.recv(1 << 16)
        line.sendall(before)
        while not ended.wait(PAUSE):
            line.sendall(drop)

    return act


def reads_hardly(line: socket.socket, ended: threading.Event) -> None:
    """Takes what is sent to it a byte at a time."""
    while not ended.wait(PAUSE):
        line.recv(1)


@contextmanager
def server(act: Line) -> Iterator[str]:
    """Its address. `act` is what it does with each line."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _address = listening.accept()
                    threading.Thread(target=answer, args=(line,), daemon=True).start()

        def answer(line: socket.socket) -> None:
            with line, suppress(OSError):
                act(line, ended)

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            ended.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
