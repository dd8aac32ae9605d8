"""How the encrypted file is opened, and what its complaints mean to a coach.

Each thread has one connection of its own, made when it first asks; none ever crosses to another
thread. The key is a raw one, so opening derives nothing and costs a fraction of a millisecond.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import SingletonThreadPool
from sqlcipher3 import dbapi2

from caseworker_app import errors

SAFE_SQLITE = (3, 51, 3)
"""Older versions can lose data when a write-ahead log is reset at the wrong moment."""

ROOM = 65536
"""Bytes: what SQLite asks for at the least before a store in use can be read."""

_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -8000",
    "PRAGMA busy_timeout = 5000",
)

_MEANINGS: tuple[tuple[str, type[errors.CaseworkerError]], ...] = (
    ("disk is full", errors.DiskFull),
    ("database is locked", errors.StoreInUse),
    ("not a database", errors.NotOurStore),
    ("malformed", errors.StoreDamaged),
    ("vtable constructor failed", errors.StoreDamaged),  # the page that describes the search
    ("disk i/o error", errors.StoreDamaged),
    ("readonly", errors.FolderNotWritable),
    ("unable to open", errors.FolderNotWritable),
)


# To bind bytes or nothing, the driver first asks in vain how to adapt them: half a microsecond
# each, twice what it costs to write them down. What is registered is asked no further.
dbapi2.register_adapter(bytes, bytes)
dbapi2.register_adapter(type(None), lambda nothing: nothing)


def engine_for(file: Path, data_key: bytes) -> Engine:
    """An engine on the encrypted file; `data_key` is 32 bytes. Errors never show values."""
    if dbapi2.sqlite_version_info < SAFE_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} may lose data; see the lock file")

    def connect() -> Any:
        # The pool keeps each thread to its own connection; the one exception is closing them all.
        connection = dbapi2.connect(str(file), isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
            for setting in _SETTINGS:
                connection.execute(setting)
        except BaseException:
            connection.close()
            raise
        return connection

    return create_engine(
        URL.create("sqlite", database=str(file)),
        creator=connect,
        module=dbapi2,
        poolclass=SingletonThreadPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
    )


@contextmanager
def transaction(engine: Engine, begin: str) -> Iterator[Connection]:
    """One transaction; what goes wrong in the file becomes an error a coach can be told about."""
    with understood(str(engine.url.database)), engine.connect() as connection:
        run = driver(connection).execute
        run(begin)
        try:
            yield connection
        except BaseException:
            _roll_back(connection)
            raise
        try:
            run("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise


def empty_log(engine: Engine) -> None:
    """Move everything from the write-ahead log into the file, and leave the log empty."""
    with understood(str(engine.url.database)), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def understood(file: Path | str) -> Iterator[None]:
    """Turn the file's complaints into ours; anything unknown stays what it is, a bug."""
    try:
        yield
    except (DBAPIError, dbapi2.DatabaseError) as error:
        complaint = str(getattr(error, "orig", error)).lower()
        for words, meaning in _MEANINGS:
            if words in complaint:
                no_room = meaning is errors.StoreDamaged and _has_no_room(Path(file))
                raise (errors.DiskFull if no_room else meaning) from error
        raise


def driver(connection: Connection) -> Any:
    """The driver's own connection, for the few statements that every pause in typing runs.

    SQLAlchemy's bookkeeping for a statement costs as much as the statement itself there.
    """
    return connection.connection.driver_connection


def _has_no_room(file: Path) -> bool:
    """Whether the disk refuses a new file beside the store.

    A used-up quota, and no room for the index that all connections share, are told by SQLite as
    the failing of a disk. Then nothing is damaged, and an old backup must not be put back.
    """
    probe = file.with_name(f"{file.name}-room")
    try:
        probe.write_bytes(bytes(ROOM))
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    finally:
        probe.unlink(missing_ok=True)
    return False


def _roll_back(connection: Connection) -> None:
    # SQLite rolls back by itself on a full disk; a second ROLLBACK would hide the first complaint.
    if connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
        connection.exec_driver_sql("ROLLBACK")
