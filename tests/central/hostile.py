"""What somebody may send who wants to harm the server: too much, too deep, too slow, too small.

Each attack returns what the server answered: a status, or 0 when it just closed the connection.
"""

from __future__ import annotations

import gzip
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

from caseworker_app.sync.wire.directory import SignedDirectory, User
from caseworker_app.sync.wire.membership import Closed, SignedMembership, body_of
from caseworker_app.sync.wire.packing import pack
from tests.central.laptop import Laptop
from tests.central.real_server import RealServer

MEGABYTE = 1 << 20
CHUNK = b"10000\r\n" + bytes(1 << 16) + b"\r\n"


def head(method: str, path: str, laptop: Laptop | None = None, **headers: object) -> bytes:
    """The head of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: x"]
    if laptop is not None:
        lines.append(f"Authorization: Bearer {laptop.token.hex()}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def raw(server: RealServer, *pieces: bytes | Iterator[bytes], seconds: float = 20) -> int:
    """Send pieces until they end or nobody takes them any more; the status that came back."""
    with socket.create_connection(("127.0.0.1", server.port), seconds) as line:
        try:
            for piece in pieces:
                for part in [piece] if isinstance(piece, bytes) else piece:
                    line.sendall(part)
        except OSError:
            pass  # it was closed while we spoke
        return status_of(line)


def status_of(line: socket.socket) -> int:
    """The status of the answer on this line; 0 when it was closed without one."""
    got = b""
    try:
        while b"\r\n" not in got and (part := line.recv(4096)):
            got += part
    except OSError:
        return 0
    return int(got.split(b" ", 2)[1]) if got.startswith(b"HTTP/1.1 ") else 0


def chunks(megabytes: int) -> Iterator[bytes]:
    """A body without a length, in chunks, and without an end."""
    for _ in range(megabytes * 16):
        yield CHUNK


BOMBS = {
    "ten million numbers": b"\x9a\x00\x98\x96\x80" + bytes(4 * MEGABYTE),
    "ten million promised, none sent": b"\x9a\x00\x98\x96\x80",
    "more than there are atoms": b"\x9b" + b"\xff" * 8,
    "ten million pairs": b"\xba\x00\x98\x96\x80" + b"\x60\x00" * (2 * MEGABYTE),
    "bytes of four gigabytes": b"\x5a\xff\xff\xff\xff" + bytes(100),
    "a hundred thousand deep": b"\x81" * 100_000,
    "a million deep": b"\x81" * MEGABYTE,
    "maps in maps": b"\xa1\x60" * 100_000,
    "without an end": b"\x9f" + bytes(4 * MEGABYTE),
    "tags in tags": b"\xc1" * 100_000,
    "a large number": b"\xc2\x5a\x00\x3f\x00\x00" + b"\xff" * (4 * MEGABYTE - 100),
    "a fraction": b"\xc4\x82\x1b\x7f\xff\xff\xff\xff\xff\xff\xff\x01",
    "shared and again": b"\xd8\x1c\x82\x00\xd8\x1d\x00",
    "not a word": b"\xff\xfe\xfd",
    "": b"",
}
"""Bodies that are small to send and would be large, or endless, to read."""

ZIPPED = gzip.compress(bytes(64 * MEGABYTE))


def too_much(server: RealServer, laptop: Laptop) -> Iterator[tuple[str, int]]:
    """Bodies and heads without an end; what each was answered."""
    push, nonce = f"/{laptop.handle}/v1/push", f"/{laptop.handle}/v1/nonce"
    huge, endless = {"Content_Length": 10**12}, {"Transfer_Encoding": "chunked"}
    yield "huge", raw(server, head("POST", push, laptop, **huge))
    yield "endless", raw(server, head("POST", push, laptop, **endless), chunks(200))
    yield "huge, no token", raw(server, head("POST", push, **huge))
    yield "endless, no token", raw(server, head("POST", push, **endless), chunks(200))
    yield "huge, a stranger's", raw(server, head("POST", nonce, **huge))
    yield "endless, a stranger's", raw(server, head("POST", nonce, **endless), chunks(200))
    yield "handed in", raw(server, head("POST", "/no/v1/handin", **endless), chunks(200))
    yield "to nowhere", raw(server, head("POST", "/none/of/this", **endless), chunks(200))
    yield "a long line", raw(server, head("GET", "/v1/hello", X="y" * MEGABYTE))
    yield "many lines", raw(server, b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 100_000)


def bombs(laptop: Laptop) -> Iterator[tuple[str, int]]:
    """Everything that is small to send, to every kind of route; what each was answered."""
    for name, bomb in BOMBS.items():
        for route in ("push", "handin", "pull", "nonce"):
            yield f"{name}: {route}", laptop.raw("POST", route, bomb[:4_200_000]).status_code
        batch = [bytes(16), [[bomb[:1_000_000], b"x", True]], []]
        signed = {"body": bomb[:3_000_000], "signature": bytes(64)}
        put = {"case": bytes(16), "records": [signed], "keys": [], "guests": []}
        inside = {"batches": [batch]}
        yield f"{name}: in a change", laptop.ask("POST", "push", inside).status_code
        roots = {**signed, "roots": []}
        yield f"{name}: in a directory", laptop.ask("PUT", "directory", roots).status_code
        yield f"{name}: in a record", laptop.ask("PUT", "members", put).status_code
    for coding in ("gzip", "deflate", "br", "identity"):
        sent = laptop.raw("POST", "push", ZIPPED, content_encoding=coding)
        yield f"zipped: {coding}", sent.status_code


def unsigned(laptop: Laptop) -> Iterator[int]:
    """Records and directories as large as they may be, no two alike; what each was answered.

    All of it is well formed and must be read to see that nobody signed it.
    """
    for _ in range(4):
        case = uuid4()
        ends = [Closed(uuid4(), 1, b"") for _ in range(5_000)]
        record = laptop.record(case, closed=ends).record
        body, author = body_of(record), record.author.bytes
        bodies = [body.replace(author, os.urandom(16)) for _ in range(16)]
        signed = [SignedMembership(one, bytes(64)) for one in bodies]
        yield laptop.put(case, *signed).status_code
    users = tuple(User(uuid4(), b"") for _ in range(7_000))
    body, first = pack(replace(laptop.office.directory, users=users)), users[0].id.bytes
    for _ in range(32):
        signed = SignedDirectory(body.replace(first, os.urandom(16)), bytes(64))
        yield laptop.ask("PUT", "directory", signed).status_code
