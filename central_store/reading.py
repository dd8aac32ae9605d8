"""Reading a request's body: not more than it may have, and not for longer than it may take."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

from central_store.call import Refused

FIRST_SECONDS = 15
BYTES_A_SECOND = 8 * 1024
"""A line slower than this is cut: whoever is that slow on purpose holds up nobody else."""


async def body_of(request: Request, most: int) -> bytes:
    """The whole body. Refused as too large at the first byte too many, without reading on."""
    if request.headers.get("content-encoding"):
        raise Refused("malformed")  # ciphertext does not get smaller, so this can only be a trap
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > most:
        raise Refused("too-large" if declared.isdecimal() else "malformed")
    loop = asyncio.get_running_loop()
    until = loop.time() + FIRST_SECONDS
    pieces, size = [], 0
    try:
        async with asyncio.timeout_at(until) as limit:
            async for piece in request.stream():
                size += len(piece)
                if size > most:
                    raise Refused("too-large")
                limit.reschedule(until + size / BYTES_A_SECOND)
                pieces.append(piece)
    except (TimeoutError, ClientDisconnect):
        raise Refused("malformed") from None
    return b"".join(pieces)
