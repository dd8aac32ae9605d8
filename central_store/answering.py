"""From a request to an answer: what may ask, in which transaction, and how a refusal looks."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Engine, bindparam, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from caseworker_app.sync.wire.directory import org_id
from caseworker_app.sync.wire.messages import (
    MEDIA_TYPE,
    OLDEST_PROTOCOL,
    PROTOCOL_HEADER,
    REFUSALS,
    Refusal,
)
from caseworker_app.sync.wire.packing import pack, unpack
from central_store import admission
from central_store import tables as t
from central_store.call import (
    SMALL,
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
from central_store.limits import Allowance, Buckets, Limits
from central_store.prepared import ORG, Prepared
from central_store.reading import CLOSE, BigBodies, body_of, is_small
from central_store.routes import Access, Route

T = TypeVar("T")
Clock = Callable[[], datetime]
_BYTES = "application/octet-stream"
_IS_KNOWN = Prepared(
    select(1)
    .select_from(t.organisation)
    .where(t.organisation.c.org_id == ORG, t.organisation.c.handle == bindparam("handle"))
)


@dataclass(frozen=True, slots=True)
class Server:
    """What all requests share. `threads` says whether the database is asked off the loop."""

    engine: Engine
    clock: Clock
    randoms: RandomBytes
    limits: Limits
    threads: bool
    buckets: Buckets = field(default_factory=Buckets)
    big: BigBodies = field(default_factory=BigBodies)

    async def run(self, work: Callable[[], T]) -> T:
        """Do work with the database."""
        return await run_in_threadpool(work) if self.threads else work()

    def spend(self, key: Hashable, allowance: Allowance, amount: float = 1) -> None:
        """Count a request, or bytes. Refused as "slow-down" when it is too much."""
        waits = self.buckets.seconds_to_wait(key, allowance, self.clock(), amount)
        if waits:
            raise Refused("slow-down", waits, headers=CLOSE)


async def answer(server: Server, route: Route, request: Request) -> Response:
    """The answer of a route to a request. Refused, or Malformed, when there is none."""
    _speaks_our_protocol(route, request)
    if route.access is Access.ANYBODY:
        _stranger_may(server, route, request)
    if route.most_bytes <= SMALL or is_small(request):
        body = await body_of(request, SMALL)
        return await _acted(server, route, request, body, counted=False)
    sender: Hashable = "a stranger"
    if route.access is not Access.ANYBODY:  # nobody makes us read megabytes without a token
        sender = await server.run(lambda: _caller(server, route, request))
    async with server.big.room(sender):
        body = await body_of(request, route.most_bytes)
        server.spend(("bytes", sender), server.limits.bytes, len(body))
        return await _acted(server, route, request, body, counted=True)


async def _acted(
    server: Server, route: Route, request: Request, body: bytes, *, counted: bool
) -> Response:
    """Act, and answer. A request with a large body was counted before it was read."""

    def work() -> object:
        def act(call: Call) -> object:
            return route.action(call, _asked(route, request, body))

        size = None if counted else len(body)
        return repeated(lambda: _within(server, route, request, act, size))

    said = await server.run(work)
    if route.access is Access.ANYBODY:
        _stranger_was_right(server, route, request)
    return _response(said)


def _asked(route: Route, request: Request, body: bytes) -> object:
    if route.asks is Raw:
        return Raw(request.path_params, request.query_params, request.headers, body)
    return unpack(route.asks, body, route.most_bytes)


def _caller(server: Server, route: Route, request: Request) -> tuple[UUID, UUID]:
    try:
        return _within(server, route, request, lambda call: (call.org, call.caller.id), 0)
    except Refused as why:  # the body stays unread
        why.headers.update(CLOSE)
        raise


def _within(
    server: Server,
    route: Route,
    request: Request,
    action: Callable[[Call], T],
    size: int | None,
) -> T:
    """Do something in a transaction of the organisation in the path, in the name of who asks.

    `size` is what to count for a device: so many bytes and one request, or nothing at all.
    """
    handle = request.path_params.get("handle", "")
    org, now = org_id(handle), server.clock()
    with transaction(server.engine, org) as db:
        call = Call(db, org, handle, now, server.randoms)
        if route.access is Access.ANYBODY:
            if not route.any_handle:
                _is_known(call)
            return action(call)
        caller = admission.with_token(call, _token(request))
        if caller is None:
            _is_known(call)
            raise Refused("sign-in")
        if route.access is Access.SIGNED and caller.state is not State.ACTIVE:
            raise not_here()
        if size is not None:
            _device_may(server, route, org, caller, size)
        return action(Call(db, org, handle, now, server.randoms, caller))


def _is_known(call: Call) -> None:
    if call.first(_IS_KNOWN, handle=call.handle) is None:
        raise not_here()


def _token(request: Request) -> bytes:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    try:
        return bytes.fromhex(token) if scheme.lower() == "bearer" else b""
    except ValueError:
        return b""


def _speaks_our_protocol(route: Route, request: Request) -> None:
    said = request.headers.get(PROTOCOL_HEADER, str(OLDEST_PROTOCOL))
    if not said.isdecimal() or len(said) > len(str(1 << 32)):
        raise Refused("malformed", headers=CLOSE)
    if int(said) < OLDEST_PROTOCOL and not route.any_protocol:
        raise Refused("protocol-too-old", headers=CLOSE)


def _stranger_may(server: Server, route: Route, request: Request) -> None:
    address = request.client.host if request.client else ""
    server.spend(("stranger", address), server.limits.strangers)
    if route.limit:
        server.spend(_of_stranger(route, request), getattr(server.limits, route.limit))


def _stranger_was_right(server: Server, route: Route, request: Request) -> None:
    """Only what fails counts: a whole office connects its laptops from one address."""
    if route.limit:
        allowance = getattr(server.limits, route.limit)
        server.buckets.give_back(_of_stranger(route, request), allowance)


def _of_stranger(route: Route, request: Request) -> Hashable:
    address = request.client.host if request.client else ""
    return route.limit, address, request.path_params.get("handle")


def _device_may(server: Server, route: Route, org: UUID, caller: Device, size: int) -> None:
    server.spend(("requests", org, caller.id), server.limits.requests)
    server.spend(("bytes", (org, caller.id)), server.limits.bytes, size)
    if route.limit:
        server.spend((route.limit, org, caller.id), getattr(server.limits, route.limit))


def _response(said: object) -> Response:
    if isinstance(said, Plain):
        media = None if said.status >= REFUSALS["malformed"] else _BYTES
        return Response(said.body, said.status, dict(said.headers), media or MEDIA_TYPE)
    return Response(pack(said), media_type=MEDIA_TYPE)


def refusal(why: Refused) -> Response:
    """The answer that says why not; equal reasons give equal bytes."""
    body = why.body if why.body is not None else Refusal(why.error, why.seconds)
    return Response(pack(body), REFUSALS[why.error], why.headers, MEDIA_TYPE)
