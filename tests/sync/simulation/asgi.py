"""Asks a real ASGI program one thing, without a network: a request goes in, an answer comes out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from caseworker_app.sync.link import Answer

_idle: list[asyncio.AbstractEventLoop] = []


def ask(
    app: Callable[..., Any],
    method: str,
    path: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    pieces: int = 1,
) -> Answer:
    """One request to its end. The body comes in so many pieces, as over a slow line.

    What the program raises is raised here: an unhandled error of the server is a finding.
    """
    sent: list[dict[str, Any]] = []
    waiting = _pieces(body, pieces)

    async def receive() -> dict[str, Any]:
        if not waiting:
            return {"type": "http.disconnect"}
        piece = waiting.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    _run(app(_scope(method, path, body, headers or {}), receive, send))
    start = next(one for one in sent if one["type"] == "http.response.start")
    content = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    names = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], names, content)


def _pieces(body: bytes, pieces: int) -> list[bytes]:
    size = max(1, -(-len(body) // pieces))
    return [body[at : at + size] for at in range(0, len(body), size)] or [b""]


def _scope(method: str, path: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    path, _, query = path.partition("?")
    sent = {"host": "central.example", "content-length": str(len(body)), **headers}
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
        "client": ("192.0.2.1", 40000),
        "server": ("central.example", 443),
        "state": {},
    }


def _run(asked: Coroutine[Any, Any, None]) -> None:
    """Run to the end, also in the middle of another request that is held up for a while."""
    outer = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    loop = _idle.pop() if _idle else asyncio.new_event_loop()
    try:
        loop.run_until_complete(asked)
    finally:
        _idle.append(loop)
        asyncio._set_running_loop(outer)
