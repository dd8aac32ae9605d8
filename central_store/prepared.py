"""Statements that every request needs: written with SQLAlchemy, compiled once, run by the driver.

Putting one together anew, and SQLAlchemy's bookkeeping about its rows, take ten times as long as
PostgreSQL and psycopg themselves. Whatever is asked rarely is written as usual.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import BindParameter, Connection, DateTime, Dialect, Uuid, bindparam
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import Executable

_DIALECT: Dialect = PGDialect_psycopg()  # type: ignore[no-untyped-call]

ORG, CASE, DEVICE, HOME, USER = (
    bindparam(name, type_=Uuid) for name in ("org", "case", "device", "home", "user")
)
NOW = bindparam("now", type_=DateTime(timezone=True))
"""What most statements ask for: see `Call`."""


def given(*columns: str) -> dict[str, BindParameter[Any]]:
    """Values of an INSERT that are named like their columns when it is run."""
    return {name: bindparam(name) for name in columns}


class Prepared:
    """One statement. Its parameters are named when it is run; its rows have the columns' names."""

    def __init__(self, statement: Executable) -> None:
        compiled = statement.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        self._sql = str(compiled).encode()
        self._fixed = {
            name: bind.effective_value
            for bind, name in compiled.bind_names.items()
            if not bind.required
        }

    def all(self, db: Connection, /, **values: object) -> list[Any]:
        """All rows."""
        return self._run(db, values).fetchall()

    def first(self, db: Connection, /, **values: object) -> Any | None:
        """The first row, if there is one."""
        return self._run(db, values).fetchone()

    def run(self, db: Connection, /, **values: object) -> int:
        """To how many rows it was done."""
        return self._run(db, values).rowcount

    def each(self, db: Connection, rows: Sequence[Mapping[str, object]]) -> None:
        """The same with each of these, in as few ways to PostgreSQL and back as can be."""
        if len(rows) == 1:
            self._run(db, rows[0])
            return
        try:
            _cursor(db).executemany(self._sql, [{**self._fixed, **row} for row in rows])
        except psycopg.Error as error:
            raise as_usual(error) from error

    def _run(self, db: Connection, values: Mapping[str, object]) -> psycopg.Cursor[Any]:
        try:
            return _cursor(db).execute(self._sql, {**self._fixed, **values})
        except psycopg.Error as error:
            raise as_usual(error) from error


class Written(Prepared):
    """One that is written in SQL."""

    def __init__(self, sql: str) -> None:
        self._sql, self._fixed = sql.encode(), {}


def at_once(db: Connection, command: str) -> None:
    """Run a command that has no parameters, such as SAVEPOINT."""
    try:
        _cursor(db).execute(command.encode())
    except psycopg.Error as error:
        raise as_usual(error) from error


def _cursor(db: Connection) -> psycopg.Cursor[Any]:
    driver: Any = db.connection.driver_connection
    return driver.cursor(binary=True, row_factory=namedtuple_row)  # type: ignore[no-any-return]


def as_usual(error: psycopg.Error) -> BaseException:
    """The same error as SQLAlchemy would raise: nobody has to know how a statement was run."""
    return DBAPIError.instance(
        None, None, error, psycopg.Error, hide_parameters=True, dialect=_DIALECT
    )
