"""A line may be slow, and a server may mean harm: a request comes to an end in either case."""

from __future__ import annotations

import socket
import threading
from contextlib import closing
from time import monotonic

import pytest

from caseworker_app.sync.http import Https
from caseworker_app.sync.refusals import Unreachable
from tests.sync.dripping import PAUSE, Line, drips, head, reads_hardly, server

GRACE = 0.5
LONG = 5.0
FOR_EVER = 1 << 40
ENDLESS = {
    "body": (drips(head(4_000_000)), 10),
    "until it closes": (drips(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"), 10),
    "chunks": (drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"), 10),
    "header": (drips(b"HTTP/1.1 200 OK\r\nA: "), 10),
    "to be continued": (drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), 10),
    "reads hardly": (reads_hardly, 4_000_000),
}
"""What a server may do without end, and how much is sent to it."""

endless = pytest.mark.parametrize(("act", "size"), ENDLESS.values(), ids=ENDLESS)


def ask(way: Https, size: int) -> bytes:
    return way.send("POST", "/lindental/v1/push", bytes(size), {}).body


@endless
def test_a_server_that_drips_does_not_hold_a_request_for_ever(act: Line, size: int) -> None:
    with server(act) as address, closing(Https(address, grace=GRACE, least_rate=FOR_EVER)) as way:
        begun = monotonic()
        with pytest.raises(Unreachable):
            ask(way, size)
        assert GRACE <= monotonic() - begun < LONG


@endless
def test_whoever_is_asked_to_stop_does_so_in_the_middle_of_a_request(act: Line, size: int) -> None:
    under_way, stop = threading.Event(), threading.Event()

    def then(line: socket.socket, ended: threading.Event) -> None:
        under_way.set()
        act(line, ended)

    with server(then) as address, closing(Https(address, stop.is_set)) as way:
        asked = way.aside(lambda: ask(way, size))
        assert under_way.wait(LONG)
        stop.set()
        begun = monotonic()
        with pytest.raises(Unreachable):
            asked()
        assert monotonic() - begun < LONG


def test_a_slow_line_is_waited_for_as_long_as_something_comes() -> None:
    """Twice as fast as it must be, and far longer than a request may take that brings nothing."""
    size, drop = 150, b"x" * 10

    def honest(line: socket.socket, ended: threading.Event) -> None:
        line.recv(1 << 16)
        line.sendall(head(size))
        for _ in range(size // len(drop)):
            ended.wait(10 * PAUSE)
            line.sendall(drop)

    with server(honest) as address, closing(Https(address, grace=GRACE, least_rate=50)) as way:
        begun = monotonic()
        assert ask(way, 0) == b"x" * size
        assert monotonic() - begun > 2 * GRACE


def test_what_is_sent_on_a_slow_line_has_its_time_as_well() -> None:
    """The answer comes once all is sent, later than it may where nothing is."""

    def honest(line: socket.socket, ended: threading.Event) -> None:
        left = 1000
        while left > 0:
            left -= len(line.recv(left))
        ended.wait(2 * GRACE)
        line.sendall(head(2) + b"ok")

    with server(honest) as address, closing(Https(address, grace=GRACE, least_rate=500)) as way:
        assert ask(way, 1000) == b"ok"


def test_the_line_is_there_for_the_next_request() -> None:
    """What was cut has no part in what is asked afterwards."""
    lines = iter([drips(head(100)), lambda line, _ended: line.sendall(head(2) + b"ok")])

    def act(line: socket.socket, ended: threading.Event) -> None:
        next(lines)(line, ended)

    with server(act) as address, closing(Https(address, grace=GRACE, least_rate=FOR_EVER)) as way:
        with pytest.raises(Unreachable):
            ask(way, 10)
        assert ask(way, 10) == b"ok"
