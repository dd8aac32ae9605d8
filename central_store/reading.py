"""Reading a request's body: not more than it may have, and not for longer than it may take."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.requests import ClientDisconnect, Request

from central_store.call import SMALL, Refused

FIRST_SECONDS = 15
BYTES_A_SECOND = 8 * 1024
"""A line slower than this is cut: whoever is that slow on purpose holds up nobody else."""

BIG_AT_ONCE = 12
OF_ONE = 2
_BUSY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class BigBodies:
    """Room for large bodies: so many in memory at once, and few of them of the same sender."""

    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(BIG_AT_ONCE))
    _senders: Counter[Hashable] = field(default_factory=Counter)

    @asynccontextmanager
    async def room(self, sender: Hashable) -> AsyncIterator[None]:
        """Wait for room. Refused as busy when this sender has enough under way."""
        if self._senders[sender] >= OF_ONE:
            raise Refused("busy", _BUSY_SECONDS, headers=CLOSE)
        self._senders[sender] += 1
        try:
            async with self._room:
                yield
        finally:
            self._senders[sender] -= 1
            if not self._senders[sender]:
                del self._senders[sender]


CLOSE = {"Connection": "close"}
"""What was not read of a request is not read any more."""


def is_small(request: Request) -> bool:
    """Whether a request says that its body is small: it is read without asking who sends it."""
    declared = request.headers.get("content-length", "")
    return declared.isdecimal() and int(declared) <= SMALL


async def body_of(request: Request, most: int) -> bytes:
    """The whole body. Refused as too large at the first byte too many, without reading on."""
    if request.headers.get("content-encoding"):
        raise _refused("malformed")  # ciphertext gets no smaller, so this can only be a trap
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > most:
        raise _refused("too-large" if declared.isdecimal() else "malformed")
    loop = asyncio.get_running_loop()
    until = loop.time() + FIRST_SECONDS
    pieces, size = [], 0
    try:
        async with asyncio.timeout_at(until) as limit:
            async for piece in request.stream():
                size += len(piece)
                if size > most:
                    raise _refused("too-large")
                limit.reschedule(until + size / BYTES_A_SECOND)
                pieces.append(piece)
    except (TimeoutError, ClientDisconnect):
        raise _refused("malformed") from None
    return b"".join(pieces)


def _refused(error: str) -> Refused:
    return Refused(error, headers=CLOSE)
