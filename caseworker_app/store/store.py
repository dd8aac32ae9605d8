"""One encrypted store in a folder: make it, open it, and take a transaction on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlalchemy.engine import Engine

from caseworker_app import errors
from caseworker_app.store import STORE_NAME, connection, log, projection, tables, wording
from caseworker_app.store.doors import Doors
from caseworker_app.store.keys import Keys
from caseworker_app.store.transactions import Changing, Place, Reading
from caseworker_app.store.turns import Turns

FILE = STORE_NAME
APPLICATION_ID = 0x43415345
MOST_WORDED = 200
"""Values whose words are indexed in one transaction: a save may have to wait for it."""

_AT_ONCE = 500
"""Changes that are opened at the same time while the tables are made anew."""


@dataclass(frozen=True, slots=True, repr=False)
class DeviceRecord:
    """This device as it is kept inside the store: only the vault can read `private`."""

    id: UUID
    signing: bytes
    receiving: bytes
    private: bytes


class Store:
    """An open store. `reading()` and `changing(now)` are its only doors.

    `written` is called after every transaction of `changing`, in the thread that took it.
    """

    def __init__(
        self, folder: Path, engine: Engine, keys: Keys, new_id: Callable[[], UUID] = uuid4
    ) -> None:
        self.folder = folder
        self.keys = keys
        self._engine = engine
        self._doors = Doors()
        _upgrade(engine)
        with connection.transaction(engine, "BEGIN") as open_connection:
            self.id = UUID(bytes=_meta(open_connection, "store"))
        self.new_id = new_id
        self.written: Callable[[], object] = _nobody_listens
        self._place = Place(self.id, keys, new_id)
        self._turns = Turns()
        self._rebuild_if_outdated()

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A view of the store as it is now."""
        with (
            self._doors.entered(),
            connection.transaction(self._engine, "BEGIN") as open_connection,
        ):
            yield Reading(self._place, open_connection)

    @contextmanager
    def changing(self, now: datetime) -> Iterator[Changing]:
        """A transaction that writes: all of it is on the disk afterwards, or nothing."""
        with self._writing() as open_connection:
            changing = Changing(self._place, open_connection, now)
            yield changing
            changing.write()
        self.written()

    def index_words(self, most: int = MOST_WORDED) -> bool:
        """Take the words of so many fetched values into the index; whether there are more."""
        with self._writing() as open_connection:
            return wording.follow(open_connection, most)

    def sweep(self) -> None:
        """After something was erased: leave no page of it in the index or the write-ahead log."""
        with self._writing() as open_connection:
            open_connection.exec_driver_sql("INSERT INTO word (word) VALUES ('optimize')")
        connection.empty_log(self._engine)

    def alone(self) -> AbstractContextManager[None]:
        """Let nobody else in, once all are out: the store is about to be destroyed.

        What they kept until then is kept; from then on they get StoreGone, unless this fails.
        """
        return self._doors.alone()

    def close(self) -> None:
        """Close the connections of all threads. None of them may be at work any more."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with (
            self._doors.entered(),
            self._turns.mine(),
            connection.transaction(self._engine, "BEGIN IMMEDIATE") as open_connection,
        ):
            yield open_connection

    def _rebuild_if_outdated(self) -> None:
        with connection.transaction(self._engine, "BEGIN") as open_connection:
            if _meta(open_connection, "projection") == tables.PROJECTION:
                return
        with connection.transaction(self._engine, "BEGIN IMMEDIATE") as open_connection:
            rebuild(open_connection, self.keys)


def _nobody_listens() -> None:
    """What happens after a save while no window is there."""


def create(folder: Path, store_id: UUID, data_key: bytes, device: DeviceRecord) -> None:
    """Make the encrypted file with this device in it. FolderTaken when there is one already."""
    file = folder / FILE
    if file.exists():
        raise errors.FolderTaken
    with connection.understood(file):
        file.touch(mode=0o600)
        engine = connection.engine_for(file, data_key)
        with connection.transaction(engine, "BEGIN IMMEDIATE") as open_connection:
            run = connection.driver(open_connection).execute
            for statement in (*tables.LOG, *tables.EXCHANGE, *tables.WAITING, *tables.PROJECTED):
                run(statement)
            _set_meta(open_connection, "store", store_id.bytes)
            _set_meta(open_connection, "projection", tables.PROJECTION)
            open_connection.exec_driver_sql(f"PRAGMA user_version = {tables.SCHEMA}")
            open_connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            open_connection.exec_driver_sql(
                "INSERT INTO device (id, signing, receiving, private) VALUES (?, ?, ?, ?)",
                (device.id.bytes, device.signing, device.receiving, device.private),
            )
        engine.dispose()


def open_file(folder: Path, data_key: bytes) -> tuple[Engine, DeviceRecord]:
    """Open the encrypted file and find this device in it.

    NotOurStore when the key does not fit or the file is something else, StoreTooNew when a newer
    program wrote it. Neither writes a byte.
    """
    file = folder / FILE
    if not file.is_file():
        raise errors.NotOurStore
    if not os.access(file, os.W_OK):
        raise errors.FolderNotWritable
    engine = connection.engine_for(file, data_key)
    try:
        return engine, _device_in(engine)
    except BaseException:
        engine.dispose()
        raise


def _device_in(engine: Engine) -> DeviceRecord:
    with connection.transaction(engine, "BEGIN") as open_connection:
        if open_connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
            raise errors.NotOurStore
        if _version(open_connection) > tables.SCHEMA:
            raise errors.StoreTooNew
        row = open_connection.exec_driver_sql(
            "SELECT id, signing, receiving, private FROM device WHERE private IS NOT NULL"
        ).one()
    return DeviceRecord(UUID(bytes=row[0]), *row[1:])


def _upgrade(engine: Engine) -> None:
    """Bring an older store to today's form of the log, all steps in one transaction."""
    with connection.transaction(engine, "BEGIN") as open_connection:
        if _version(open_connection) == tables.SCHEMA:
            return
    with connection.transaction(engine, "BEGIN IMMEDIATE") as open_connection:
        for version in range(_version(open_connection) + 1, tables.SCHEMA + 1):
            for statement in tables.UPGRADES.get(version, ()):
                open_connection.exec_driver_sql(statement)
        open_connection.exec_driver_sql(f"PRAGMA user_version = {tables.SCHEMA}")


def _version(open_connection: Connection) -> int:
    return int(open_connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def rebuild(open_connection: Connection, keys: Keys) -> None:
    """Make the projection anew from the log: also the way to a new version's tables."""
    for statement in (*tables.DROP_PROJECTION, *tables.PROJECTED):
        open_connection.exec_driver_sql(statement)
    wrapped = log.wrapped_keys(open_connection)
    entries = list(log.entries(open_connection))
    for at in range(0, len(entries), _AT_ONCE):
        some = entries[at : at + _AT_ONCE]
        projection.apply_many(open_connection, [log.opened(keys, one, wrapped) for one in some])
    while wording.follow(open_connection, _AT_ONCE):
        pass
    _set_meta(open_connection, "projection", tables.PROJECTION)


def _meta(open_connection: Connection, name: str) -> bytes:
    query = "SELECT value FROM meta WHERE name = ?"
    return bytes(open_connection.exec_driver_sql(query, (name,)).scalar_one())


def _set_meta(open_connection: Connection, name: str, value: bytes) -> None:
    open_connection.exec_driver_sql("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
