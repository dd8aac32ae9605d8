"""What a program of another version writes: more than this one knows, under another number."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import cbor2

from caseworker_app.domain.changes import Edit, Header
from caseworker_app.domain.clock import tick
from caseworker_app.store import bodies, log, projection, tables
from caseworker_app.store.connection import transaction
from caseworker_app.store.store import Store

NEWER, OLDER = tables.SCHEMA + 2, tables.SCHEMA - 2


def write_as_newer(store: Store, case: UUID, edits: Iterable[Edit], now: datetime) -> None:
    """A change as a program two versions on writes it: more in the header, more in each edit."""
    _write(store, case, edits, now, NEWER, ["what comes with version 5", {"more": 1}], ["why"])


def write_as_older(store: Store, case: UUID, edits: Iterable[Edit], now: datetime) -> None:
    """A change as a program two versions back wrote it."""
    _write(store, case, edits, now, OLDER, [], [])


def _write(
    store: Store,
    case: UUID,
    edits: Iterable[Edit],
    now: datetime,
    schema: int,
    in_header: list[object],
    in_edit: list[object],
) -> None:
    keys = store.keys
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        sequence, previous, clock = log.tail(connection, case, keys.device_id)
        wrapped = log.wrapped_keys(connection, case)
        epoch = max(epoch for _, epoch in wrapped)
        header = Header(
            store.id, case, store.new_id(), keys.device_id, sequence + 1, previous,
            tick(clock, now), schema, epoch,
        )  # fmt: skip
        header_bytes = cbor2.dumps([*cbor2.loads(log.packed_header(header)), *in_header])
        body = zlib.compress(cbor2.dumps([[*bodies.plain_edit(e), *in_edit] for e in edits]))
        sealed = keys.seal(case, epoch, wrapped[case, epoch], body, header_bytes)
        made = log.Entry(header, header_bytes, sealed, b"", b"", b"")
        travels = log.sealed_of(made)
        signature = keys.sign(travels.hash)
        made = replace(
            made, sealed_hash=travels.sealed_hash, hash=travels.hash, signature=signature
        )
        log.write_own(connection, made)
        projection.apply(connection, [log.opened(keys, made, wrapped)])
