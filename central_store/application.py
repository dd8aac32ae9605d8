"""The central store as an ASGI application, made from the table of routes.

Clock and random bytes come from outside, so that a simulation can play a whole life again. Work
with the database runs in threads, unless `threads` says that everything shall happen in turn.
"""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from anyio.to_thread import current_default_thread_limiter
from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as StarletteRoute

from caseworker_app.sync.wire.packing import Malformed
from central_store.answering import Clock, Server, answer, refusal
from central_store.call import RandomBytes, Refused, not_here
from central_store.database import POOL, transaction
from central_store.limits import Limits
from central_store.migrating import is_current
from central_store.openapi import description
from central_store.reading import CLOSE
from central_store.routes import ROUTES, Route, path_of
from central_store.watching import METRICS_TYPE, REQUEST_ID, Figures, Seen, note_fault

Endpoint = Callable[[Request], Awaitable[Response]]
_BUSY_SECONDS = 2
_UNAVAILABLE = 503


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
    figures = Figures()
    routes = [
        StarletteRoute(path_of(route), _watched(figures, server, route), methods=[route.method])
        for route in ROUTES
    ]
    return Starlette(
        routes=[*_for_operators(server, figures), *routes],
        exception_handlers={HTTPException: _nothing_here},
        lifespan=_as_many_threads_as_connections,
    )


@asynccontextmanager
async def _as_many_threads_as_connections(_: Starlette) -> AsyncIterator[None]:
    """Whoever comes next waits for a thread, and then has a connection at once."""
    current_default_thread_limiter().total_tokens = POOL
    yield


def _watched(figures: Figures, server: Server, route: Route) -> Endpoint:
    """The route's endpoint: whatever happens, there is an answer, and a line about it."""

    async def endpoint(request: Request) -> Response:
        start, id_ = time.perf_counter(), os.urandom(8).hex()
        with figures.running.track_inprogress():
            response = await _answered(server, route, request, id_)
        received = request.headers.get("content-length", "0")
        took = time.perf_counter() - start
        seen = Seen(route.name, response.status_code, took, int(received), len(response.body), id_)
        figures.count(seen)
        response.headers[REQUEST_ID] = id_
        return response

    return endpoint


async def _answered(server: Server, route: Route, request: Request, id_: str) -> Response:
    try:
        return await answer(server, route, request)
    except Refused as why:
        return refusal(why)
    except Malformed:
        return refusal(Refused("malformed"))
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        note_fault(route.name, id_, error)  # PostgreSQL is away, or has too much to do
        return refusal(Refused("busy", _BUSY_SECONDS))
    except Exception as error:  # noqa: BLE001 - nobody is told what; the line says where
        note_fault(route.name, id_, error)
        return refusal(Refused("broken"))


async def _nothing_here(_request: Request, _error: Exception) -> Response:
    """What no route knows looks like what nobody may see."""
    why = not_here()
    why.headers.update(CLOSE)
    return refusal(why)


def _for_operators(server: Server, figures: Figures) -> list[StarletteRoute]:
    async def health(_: Request) -> Response:
        return JSONResponse({"status": "here"})

    async def ready(_: Request) -> Response:
        try:
            good = await server.run(lambda: _is_ready(server))
        except Exception:  # noqa: BLE001 - whatever it is, it is not ready
            good = False
        return JSONResponse({"status": "ready" if good else "not ready"}, 200 if good else 503)

    async def metrics(_: Request) -> Response:
        return Response(figures.text(), media_type=METRICS_TYPE)

    async def openapi(_: Request) -> Response:
        return JSONResponse(description())

    made = {"health": health, "ready": ready, "metrics": metrics, "openapi.json": openapi}
    return [StarletteRoute(f"/{name}", endpoint) for name, endpoint in made.items()]


def _is_ready(server: Server) -> bool:
    with transaction(server.engine, UUID(int=0)) as db:
        return is_current(db)
