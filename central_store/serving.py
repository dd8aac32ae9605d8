"""Running the central store: uvicorn with the application, and PostgreSQL embedded or elsewhere."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import uvicorn
from sqlalchemy import Engine, text
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from central_store.application import create_application
from central_store.database import engine_of, transaction
from central_store.limits import Limits
from central_store.migrating import is_current
from central_store.reading import BYTES_A_SECOND
from central_store.watching import write_lines

HOST, PORT = "127.0.0.1", 8765
HEADER_SECONDS = 15
KEEP_SECONDS = 30
READER_SECONDS = 15
"""How often a line on which an answer waits is looked at: it must be moving."""

SENT_BYTES = 128 * 1024
"""What the system takes over of an answer: with megabytes there, a slow line seems to stand."""

DRAIN_SECONDS = 30
MOST_HEADER_BYTES = 16 * 1024


class NotReady(RuntimeError):
    """The database is not as it must be; the text says what to do."""


class Punctual(H11Protocol):
    """HTTP that waits for ever neither for the head of a request nor for who reads an answer."""

    late: asyncio.TimerHandle | None = None
    unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The first head is awaited from now on."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # so that each byte that waits is told of
        line: socket.socket = transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENT_BYTES)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Whatever came: either a head is whole by now, or it is still awaited."""
        super().data_received(data)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        super().connection_lost(exc)
        self._nothing_awaited()
        self._all_read()

    def pause_writing(self) -> None:
        """An answer waits in memory for somebody who reads it."""
        super().pause_writing()
        self._look_again(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """All of it is on its way."""
        super().resume_writing()
        self._all_read()

    def _look_again(self, waiting: int) -> None:
        self.unread = self.loop.call_later(READER_SECONDS, self._cut_unless_less_than, waiting)

    def _cut_unless_less_than(self, before: int) -> None:
        """Cut a line slower than one on which a request comes in may be."""
        waiting = self.transport.get_write_buffer_size()
        if before - waiting < READER_SECONDS * BYTES_A_SECOND:
            self.transport.abort()
        else:
            self._look_again(waiting)

    def _all_read(self) -> None:
        if self.unread is not None:
            self.unread.cancel()
            self.unread = None

    def _await_head(self) -> None:
        if self._answers():
            self._nothing_awaited()
        elif self.late is None:
            self.late = self.loop.call_later(HEADER_SECONDS, self._cut)

    def _cut(self) -> None:
        if not self._answers():
            self.transport.close()

    def _answers(self) -> bool:
        """Whether a request is under way."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _nothing_awaited(self) -> None:
        if self.late is not None:
            self.late.cancel()
            self.late = None


def serve(
    dsn: str | None,
    data: Path | None,
    port: int = PORT,
    host: str = HOST,
    limits: Limits | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; what is under way is finished first.

    `dsn` names a PostgreSQL as the role `caseworker_app`; without one, the embedded one in `data`
    is started. NotReady when the tables are of another version, or the role could see too much.
    """
    if dsn is None:
        from central_store.embedded import embedded  # noqa: PLC0415 - not needed with a dsn

        if data is None:
            raise NotReady("Say where the data lies (--data), or which PostgreSQL to use (--dsn).")
        dsn = embedded(data).app
    engine = engine_of(dsn)
    try:
        check(engine)
        write_lines()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # uvicorn drains, then raises it once more
        uvicorn.Server(config(engine, port, host, limits)).run()
    finally:
        engine.dispose()


def config(
    engine: Engine, port: int, host: str = HOST, limits: Limits | None = None
) -> uvicorn.Config:
    """How uvicorn is run. A reverse proxy on this machine may say who it speaks for."""
    return uvicorn.Config(
        create_application(engine, _now, os.urandom, limits),
        host=host,
        port=port,
        http=Punctual,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
    )


def check(engine: Engine) -> None:
    """NotReady unless the tables are up to date and row security holds for the role that serves."""
    with transaction(engine, UUID(int=0)) as db:
        if not is_current(db):
            raise NotReady("The tables are of another version: run `caseworker-central migrate`.")
        role = db.execute(
            text(
                "SELECT rolname, rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_tables"
                " WHERE tableowner = rolname AND tablename = 'change') AS sees_all"
                " FROM pg_roles WHERE rolname = current_user"
            )
        ).one()
        if role.sees_all:
            raise NotReady(f"The role {role.rolname} may not serve: use caseworker_app in --dsn.")


def _now() -> datetime:
    return datetime.now(UTC)
