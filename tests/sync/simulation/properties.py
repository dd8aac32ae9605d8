"""What must hold when the network has been quiet and everybody has exchanged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from caseworker_app.domain.changes import Change
from caseworker_app.domain.kinds import KINDS
from caseworker_app.store import log, projection
from caseworker_app.store.store import Store
from tests.sync.simulation import said

Rows = dict[str, list[tuple[Any, ...]]]


def changes_of(connection: Connection, keys: log.Keys, case: UUID) -> list[Change]:
    """All changes of a case on a laptop, opened."""
    wrapped = log.wrapped_keys(connection, case)
    return [log.opened(keys, entry, wrapped) for entry in log.entries(connection, case)]


def shown(connection: Connection, case: UUID) -> Rows:
    """All that people can see of a case: every row, and what is in dispute."""
    return {
        kind: sorted(
            tuple(row)
            for row in connection.exec_driver_sql(
                f"SELECT id, _disputed, {', '.join(projection.COLUMNS[kind])} FROM {kind}"
                " WHERE case_id = ?",
                (case.bytes,),
            )
        )
        for kind in KINDS
    }


def wrongly_shown(store: Store, case: UUID) -> list[str]:
    """Where the tables of a case are not what its changes say, worked out in another way."""
    with store.reading() as reading:
        found = said.laid(changes_of(reading.connection, store.keys, case))
        wrong = []
        for kind, value_id in sorted(found.values()):
            if kind not in KINDS:
                continue
            state, value = projection.load(reading.connection, KINDS[kind], value_id, case)
            plain = said.plain_fields(value)
            wrong += said.differences(found, (kind, value_id), state, plain)
    return wrong


def texts_in(stores: Iterable[Store], case: UUID) -> set[str]:
    """Every text that the changes of a case hold on any of these laptops."""
    texts: set[str] = set()
    for store in stores:
        with store.reading() as reading:
            texts |= said.laid(changes_of(reading.connection, store.keys, case)).texts()
    return texts
