"""The way to PostgreSQL: an engine, and transactions that belong to one organisation.

Row security decides by a setting of the transaction, never of the session: a connection goes back
to the pool with nothing set, and without the setting there is not a single row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus
from sqlalchemy import Connection, Engine, Text, bindparam, create_engine, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from central_store.prepared import Prepared, as_usual
from central_store.tables import ORG_SETTING

T = TypeVar("T")

_ENTER = Prepared(select(func.set_config(ORG_SETTING, bindparam("org", type_=Text), True)))  # noqa: FBT003

OWNER = "caseworker_owner"
"""Owns the tables and migrates them; administers organisations."""

APP = "caseworker_app"
"""Serves laptops: owns nothing, and row security holds for it."""

POOL = 10
_ATTEMPTS = 4
_AGAIN = {"40001", "40P01"}  # serialization failure, deadlock
_GUARDS = "-c statement_timeout=30s -c lock_timeout=15s -c idle_in_transaction_session_timeout=60s"


def engine_of(dsn: str, pool: int = POOL) -> Engine:
    """An engine for a PostgreSQL address; parameters, which are content, never stand in errors."""
    url = make_url(dsn).set(drivername="postgresql+psycopg")
    return create_engine(
        url,
        pool_size=pool,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"options": _GUARDS, "connect_timeout": 5},
    )


@contextmanager
def transaction(engine: Engine, org: UUID) -> Iterator[Connection]:
    """A transaction in which there are the rows of this organisation and no others."""
    with engine.connect() as db:
        _begin(db, org)
        with db.begin():
            yield db


def _begin(db: Connection, org: UUID) -> None:
    """Begin and enter, in one way to PostgreSQL and back.

    PostgreSQL may have been started anew since a connection was last used. This is the first that
    is asked on it, so that another one can be taken.
    """
    said = f"BEGIN; SELECT set_config('{ORG_SETTING}', '{org}', true)".encode()
    for left in reversed(range(POOL + 1)):
        driver: Any = db.connection.driver_connection
        result = driver.pgconn.exec_(said)
        if result.status == ExecStatus.TUPLES_OK:
            return
        error = error_from_result(result)
        if not left or driver.pgconn.status == ConnStatus.OK:
            raise as_usual(error)
        db.invalidate(error)


def enter(db: Connection, org: UUID) -> None:
    """Let the rest of the transaction belong to this organisation."""
    _ENTER.run(db, org=str(org))


def repeated(work: Callable[[], T]) -> T:
    """Do the work, again when PostgreSQL says that another transaction came between."""
    for left in reversed(range(_ATTEMPTS)):
        try:
            return work()
        except DBAPIError as error:
            if not left or getattr(error.orig, "sqlstate", None) not in _AGAIN:
                raise
    raise AssertionError
