"""The real central store on a real PostgreSQL, in this process and in turn with the laptops."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row
from sqlalchemy import Connection, Engine, event

from central_store import organisations
from central_store import tables as t
from central_store.application import create_application
from central_store.call import SMALL
from central_store.database import engine_of
from central_store.embedded import embedded
from central_store.limits import NO_LIMITS
from tests.sync.simulation.chance import Chance
from tests.sync.simulation.clock import Time

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only where nothing is kept
_CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
_OF_AN_ORG = [table for table in t.metadata.sorted_tables if "org_id" in table.c]
_NO_LONGER = "-c lock_timeout=30ms"
"""Of two requests at once one may hold a lock: the other is told to come again."""

_SCHEDULES_KEPT = 100


@dataclass(frozen=True, slots=True)
class Dump:
    """A backup: the rows of each table, as PostgreSQL copies them, and what it knows.

    `cases` are the streams in it, `devices` the laptops, each at one organisation.
    """

    tables: Mapping[str, bytes]
    cases: frozenset[UUID]
    devices: frozenset[tuple[UUID, UUID]]


def a_folder(prefix: str) -> Path:
    """A folder in memory, where there is such a thing, that goes with the process."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@dataclass(frozen=True, slots=True)
class Database:
    """This process's database server, and the ways to it."""

    app: Engine
    owner: Engine
    admin: psycopg.Connection[dict[str, Any]]


@cache
def database() -> Database:
    """Started when it is first asked for. Nothing is forced to the disk: it need not last."""
    found = embedded(a_folder("central-") / "pg")
    admin = psycopg.connect(found.admin, autocommit=True, row_factory=dict_row)
    for setting in _CARELESS:
        admin.execute(f"ALTER SYSTEM SET {setting} = off")
    admin.execute("SELECT pg_reload_conf()")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("central_store.database._GUARDS", _NO_LONGER)
        app = engine_of(found.app, 4)
    event.listen(app, "commit", _before_commit)
    return Database(app, engine_of(found.owner, 2), admin)


_waiting: list[Callable[[], None]] = []


def before_push_commits(work: Callable[[], None] | None, size: int = 0) -> None:
    """Do something while a push of this size is about to be committed; None: not any more.

    A large one first has its token looked at, in a transaction of its own.
    """
    _waiting.clear()
    if work:
        signing_in = [lambda: None] if size > SMALL else []
        _waiting.extend([*signing_in, work])


def _before_commit(_connection: Connection) -> None:
    if _waiting:
        _waiting.pop(0)()


class Central:
    """The central store, with the organisations of a schedule in it."""

    _played = 0

    def __init__(self, handle: str, root: bytes, time: Time, chance: Chance) -> None:
        self.database = database()
        self.handle = handle
        self._chance = chance
        self._time = time
        self.was_put_back = False
        self._forget_others()
        organisations.restored(self.database.owner, chance.new_id())
        self.orgs: list[UUID] = []
        self.add(handle, root)
        self.app = create_application(
            self.database.app, time, chance.randbytes, NO_LIMITS, threads=False
        )

    def add(self, handle: str, root: bytes) -> None:
        """One more organisation."""
        org = organisations.create(self.database.owner, handle, root, self._time())
        self.orgs.append(org)

    @property
    def _ours(self) -> str:
        listed = ", ".join(f"'{org}'" for org in self.orgs)
        return f"org_id IN ({listed})"

    def rows(self, table: str, **where: object) -> list[dict[str, Any]]:
        """Rows of these organisations, as the database administrator sees them."""
        conditions = sql.SQL(" AND ").join(
            [
                sql.SQL("org_id = ANY(%s)"),
                *(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in where),
            ]
        )
        query = sql.SQL("SELECT * FROM {} WHERE {}").format(sql.Identifier(table), conditions)
        return self.database.admin.execute(query, (self.orgs, *where.values())).fetchall()

    def stream(self, case: UUID) -> list[dict[str, Any]]:
        """All changes of a case in their order."""
        return sorted(self.rows("change", case_id=case), key=lambda row: row["seq"])

    def dump(self) -> Dump:
        """A backup of it all, as it is now."""
        cases = frozenset(row["case_id"] for row in self.rows("stream"))
        devices = frozenset((row["org_id"], row["device_id"]) for row in self.rows("device"))
        tables = {table.name: self._copied(table.name) for table in _OF_AN_ORG}
        return Dump(tables, cases, devices)

    def _copied(self, table: str) -> bytes:
        rows = f"SELECT * FROM {table} WHERE {self._ours}"
        query = f"COPY ({rows}) TO STDOUT (FORMAT binary)"
        with self.database.admin.cursor().copy(query.encode()) as copy:
            return b"".join(copy)

    def put_back(self, dump: Dump, *, said: bool) -> None:
        """Put a backup back. `said`: the administrator gave it a new epoch, as they should."""
        self.was_put_back = True
        admin = self.database.admin
        with admin.transaction():
            admin.execute("SET LOCAL session_replication_role = replica")
            for table, rows in dump.tables.items():
                admin.execute(f"DELETE FROM {table} WHERE {self._ours}".encode())
                with admin.cursor().copy(
                    f"COPY {table} FROM STDIN (FORMAT binary)".encode()
                ) as copy:
                    copy.write(rows)
        if said:
            organisations.restored(self.database.owner, self._chance.new_id())

    def _forget_others(self) -> None:
        """Earlier schedules leave rows, which a schedule played again must not find."""
        admin = self.database.admin
        known = admin.execute(
            "SELECT 1 FROM organisation WHERE handle = %s", (self.handle,)
        ).fetchone()
        Central._played += 1
        if known or Central._played % _SCHEDULES_KEPT == 0:
            names = sql.SQL(", ").join(sql.Identifier(table.name) for table in _OF_AN_ORG)
            admin.execute(sql.SQL("TRUNCATE {}").format(names))
