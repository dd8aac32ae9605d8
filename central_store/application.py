"""The central store as an ASGI application, made from the table of routes.

Clock and random bytes come from outside, so that a simulation can play a whole life again. Work
with the database runs in threads, unless `threads` says that everything shall happen in turn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route as StarletteRoute

from caseworker_app.sync.wire.directory import org_id
from caseworker_app.sync.wire.messages import (
    MEDIA_TYPE,
    OLDEST_PROTOCOL,
    PROTOCOL_HEADER,
    REFUSALS,
    Refusal,
)
from caseworker_app.sync.wire.packing import Malformed, pack, unpack
from central_store import admission
from central_store import tables as t
from central_store.call import (
    Call,
    Device,
    Plain,
    RandomBytes,
    Raw,
    Refused,
    State,
    not_here,
)
from central_store.database import repeated, transaction
from central_store.limits import Buckets, Limits
from central_store.reading import body_of
from central_store.routes import ROUTES, SMALL, Access, Route

T = TypeVar("T")
Clock = Callable[[], datetime]
_BIG_BODIES = 4
_BUSY_SECONDS = 2
_ALWAYS = {"handin"}  # what a program that is too old may still do


@dataclass(frozen=True, slots=True)
class Server:
    """What all requests share."""

    engine: Engine
    clock: Clock
    randoms: RandomBytes
    limits: Limits
    threads: bool
    buckets: Buckets = field(default_factory=Buckets)
    big_bodies: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_BIG_BODIES))

    async def run(self, work: Callable[[], T]) -> T:
        """Do work with the database, off the loop."""
        return await run_in_threadpool(work) if self.threads else work()


def create_application(
    engine: Engine,
    clock: Clock,
    randoms: RandomBytes,
    limits: Limits | None = None,
    *,
    threads: bool = True,
) -> Starlette:
    """The application on a database whose tables are up to date."""
    server = Server(engine, clock, randoms, limits or Limits(), threads)
    routes = [
        StarletteRoute(path_of(route), _endpoint(server, route), methods=[route.method])
        for route in ROUTES
    ]
    handlers = {HTTPException: _nothing_here}
    return Starlette(routes=routes, exception_handlers=handlers)


def path_of(route: Route) -> str:
    """The whole path of a route."""
    return f"/v1/{route.path}" if route.any_handle else f"/{{handle}}/v1/{route.path}"


def _endpoint(server: Server, route: Route) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return await _answer(server, route, request)
        except Refused as why:
            return refusal(why)
        except Malformed:
            return refusal(Refused("malformed"))
        except (OperationalError, PoolTimeout):  # PostgreSQL is away, or has too much to do
            return refusal(Refused("busy", _BUSY_SECONDS))

    return endpoint


async def _answer(server: Server, route: Route, request: Request) -> Response:
    now = server.clock()
    _of_this_time(route, request)
    _stranger_may(server, route, request, now)
    if route.most_bytes <= SMALL:
        body = await body_of(request, route.most_bytes)
        return await _done(server, route, request, body)
    if route.access is not Access.ANYBODY:  # nobody makes us read megabytes without a token
        await server.run(lambda: _within(server, route, request, lambda _: None))
    async with server.big_bodies:
        body = await body_of(request, route.most_bytes)
        return await _done(server, route, request, body)


async def _done(server: Server, route: Route, request: Request, body: bytes) -> Response:
    def work() -> object:
        asked = _asked(route, request, body)
        return repeated(
            lambda: _within(server, route, request, lambda call: route.action(call, asked))
        )

    return _response(await server.run(work))


def _asked(route: Route, request: Request, body: bytes) -> object:
    if route.asks is Raw:
        return Raw(request.path_params, request.query_params, request.headers, body)
    return unpack(route.asks, body, route.most_bytes)


def _within(server: Server, route: Route, request: Request, action: Callable[[Call], T]) -> T:
    """Do something in a transaction of the organisation in the path, in the name of who asks."""
    handle = request.path_params.get("handle", "")
    org, now = org_id(handle), server.clock()
    with transaction(server.engine, org) as db:
        call = Call(db, org, handle, now, server.randoms)
        if not route.any_handle:
            _is_known(call)
        if route.access is Access.ANYBODY:
            return action(call)
        caller = admission.authorised(call, _token(request))
        if route.access is Access.SIGNED and caller.state is not State.ACTIVE:
            raise not_here()
        _device_may(server, org, caller, request, now)
        return action(Call(db, org, handle, now, server.randoms, caller))


def _is_known(call: Call) -> None:
    known = select(t.organisation.c.handle).where(t.organisation.c.org_id == call.org)
    if call.db.execute(known).scalar() != call.handle:
        raise not_here()


def _token(request: Request) -> bytes:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    try:
        return bytes.fromhex(token) if scheme.lower() == "bearer" else b""
    except ValueError:
        return b""


def _of_this_time(route: Route, request: Request) -> None:
    said = request.headers.get(PROTOCOL_HEADER, str(OLDEST_PROTOCOL))
    if not said.isdecimal():
        raise Refused("malformed")
    if int(said) < OLDEST_PROTOCOL and route.name not in _ALWAYS:
        raise Refused("protocol-too-old")


def _stranger_may(server: Server, route: Route, request: Request, now: datetime) -> None:
    if route.access is not Access.ANYBODY:
        return
    address = request.client.host if request.client else ""
    waits = server.buckets.seconds_to_wait(("stranger", address), server.limits.strangers, now)
    if route.name == "enrol" and not waits:
        key = ("enrol", address, request.path_params["handle"])
        waits = server.buckets.seconds_to_wait(key, server.limits.enrolments, now)
    if waits:
        raise Refused("slow-down", waits)


def _device_may(
    server: Server, org: object, caller: Device, request: Request, now: datetime
) -> None:
    limits, size = server.limits, int(request.headers.get("content-length", "0"))
    waits = server.buckets.seconds_to_wait(("requests", org, caller.id), limits.requests, now)
    waits = waits or server.buckets.seconds_to_wait(
        ("bytes", org, caller.id), limits.bytes, now, size
    )
    if waits:
        raise Refused("slow-down", waits)


def _response(answer: object) -> Response:
    if not isinstance(answer, Plain):
        return Response(pack(answer), media_type=MEDIA_TYPE)
    headers = dict(answer.headers)
    if answer.parts is None:
        return Response(status_code=answer.status, headers=headers)
    media = "application/octet-stream"
    return StreamingResponse(answer.parts, answer.status, headers, media_type=media)


def refusal(why: Refused) -> Response:
    """The answer that says why not; equal reasons give equal bytes."""
    body = why.body if why.body is not None else Refusal(why.error, why.seconds)
    return Response(pack(body), REFUSALS[why.error], media_type=MEDIA_TYPE)


async def _nothing_here(_request: Request, _error: Exception) -> Response:
    """What no route knows looks like what nobody may see."""
    return refusal(not_here())
