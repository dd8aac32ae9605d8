"""Writing and reading the log: each change chained to the one before, sealed and signed.

hash = SHA-256(header, SHA-256(sealed body)). The body's own hash is kept beside it, so that a body
that had to be erased leaves a chain that can still be verified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from caseworker_app import errors
from caseworker_app.domain.changes import Change, Edit, Header
from caseworker_app.store import bodies
from caseworker_app.store.connection import driver
from caseworker_app.store.keys import Keys
from caseworker_app.sync.wire.changes import Sealed, chain_hash, packed_header, unpacked_header
from caseworker_app.sync.wire.packing import Malformed


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """A change as it lies in the log and as it travels.

    `sealed` is None once erased. `signature` is empty where a later one of the device vouches for
    it; `refused` ones came from others, are signed, and cannot be read.
    """

    header: Header
    header_bytes: bytes
    sealed: bytes | None
    sealed_hash: bytes
    hash: bytes
    signature: bytes
    refused: bool = False


def append(
    connection: Connection,
    keys: Keys,
    header: Header,
    wrapped: bytes,
    edits: Iterable[Edit],
    *,
    travels: bool = True,
) -> Entry:
    """Seal, chain, sign and write one change of this device.

    DocumentTooLarge for one that nobody could open again, or that could not travel as it should:
    nothing of it is written then.
    """
    header_bytes, body = packed_header(header), bodies.packed(list(edits), travels=travels)
    sealed = keys.seal(header.case, header.epoch, wrapped, body, header_bytes)
    sealed_hash = hashlib.sha256(sealed).digest()
    digest = chain_hash(header_bytes, sealed_hash)
    entry = Entry(header, header_bytes, sealed, sealed_hash, digest, keys.sign(digest))
    write_own(connection, entry)
    return entry


def write_own(connection: Connection, entry: Entry) -> None:
    """Put a change of this device at the end of the log, where it waits to be handed over."""
    header = entry.header
    write(connection, [entry])
    driver(connection).execute(
        "INSERT INTO waiting (case_id, device, sequence) VALUES (?, ?, ?)",
        (header.case.bytes, header.device.bytes, header.sequence),
    )


def broken(entry: Entry) -> str:
    """In which way an entry is not what was signed; empty when it is whole."""
    try:
        if unpacked_header(entry.header_bytes) != entry.header:
            return "its header is another one"
    except Malformed:
        return "its header is another one"
    if chain_hash(entry.header_bytes, entry.sealed_hash) != entry.hash:
        return "its hash is another one"
    if entry.sealed is not None and hashlib.sha256(entry.sealed).digest() != entry.sealed_hash:
        return "its sealed body is another one"
    return ""


def write(connection: Connection, entries: Iterable[Entry]) -> None:
    """Put entries at the end of the log."""
    rows = []
    last, case, device = None, b"", b""
    for entry in entries:
        header = entry.header
        if last is None or (header.case, header.device) != (last.case, last.device):
            last, case, device = header, header.case.bytes, header.device.bytes
        at = (header.change.bytes, case, device, header.sequence, header.clock)
        written = (entry.header_bytes, entry.sealed, entry.sealed_hash, entry.hash)
        rows.append((*at, *written, entry.signature, entry.refused))
    driver(connection).executemany(
        "INSERT INTO change (id, case_id, device, sequence, clock, header, sealed, sealed_hash,"
        " hash, signature, refused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


_TAIL = """
SELECT max(coalesce(latest.clock, 0), coalesce(last.clock, 0)), last.sequence, last.hash FROM (
    SELECT max(clock) AS clock FROM change WHERE clock < ?
) AS latest LEFT JOIN (
    SELECT sequence, hash, clock FROM change WHERE case_id = ? AND device = ?
    ORDER BY sequence DESC LIMIT 1
) AS last
"""


def tail(
    connection: Connection, case: UUID, device: UUID, followed: int = 0
) -> tuple[int, bytes, int]:
    """(sequence, hash, clock) to continue from; (0, b"", 0) in an empty log.

    The first two are of the device's last change in the case. The clock is its own there, or the
    latest of all cases that is before `followed`.
    """
    row = driver(connection).execute(_TAIL, (followed, case.bytes, device.bytes)).fetchone()
    return row[1] or 0, row[2] or b"", row[0] or 0


def entries(connection: Connection, case: UUID | None = None) -> Iterator[Entry]:
    """All entries in the order in which they arrived, or those of one case."""
    where, values = ("WHERE case_id = ?", (case.bytes,)) if case else ("", ())
    rows = connection.exec_driver_sql(
        f"{SELECT} {where} ORDER BY arrival",
        values,
    )
    return map(entry, rows)


SELECT = "SELECT header, sealed, sealed_hash, hash, signature, refused FROM change"

SELECT_WAITING = SELECT.replace(
    "FROM change", "FROM waiting JOIN change USING (case_id, device, sequence)"
)
"""The same for changes without a receipt alone."""

CONFIRMED = (
    "NOT EXISTS (SELECT 1 FROM waiting AS w WHERE w.case_id = change.case_id"
    " AND w.device = change.device AND w.sequence = change.sequence)"
)
"""In a query for changes: the central store has said that it has them."""


def entry(row: Sequence[Any]) -> Entry:
    """The entry in a row that `SELECT` gave. StoreDamaged when its header is none."""
    header_bytes, sealed, sealed_hash, digest, signature, refused = row
    try:
        header = unpacked_header(header_bytes)
    except Malformed as error:
        raise errors.StoreDamaged from error
    return Entry(header, header_bytes, sealed, sealed_hash, digest, signature, bool(refused))


def opened(
    keys: Keys,
    entry: Entry,
    wrapped: Mapping[tuple[UUID, int], bytes],
    most: Callable[[int], int] = lambda _size: bodies.MOST,
) -> Change:
    """The change with its edits; an erased one has none. `wrapped` are the case keys.

    StoreDamaged when the seal is broken, the key is not among them, or there is more in it than
    `most` says of a body of its size.
    """
    if entry.sealed is None or entry.refused:
        return Change(entry.header, ())
    header = entry.header
    key = wrapped.get((header.case, header.epoch))
    if key is None:
        raise errors.StoreDamaged
    body = keys.open(header.case, header.epoch, key, entry.sealed, entry.header_bytes)
    return Change(header, bodies.edits_in(body, most(len(body))))


def refused(whole: Entry) -> Entry:
    """The entry, kept for its chain alone."""
    return replace(whole, refused=True)


def sealed_of(found: Entry) -> Sealed:
    """The entry as it travels: without its signature."""
    if found.sealed is None:
        return Sealed(found.header_bytes, None, found.sealed_hash)
    travelling = Sealed.of(found.header_bytes, found.sealed)
    travelling.__dict__["header"] = found.header  # as it would unpack it: that costs most of this
    return travelling


def edits_of(connection: Connection, keys: Keys, change: UUID) -> tuple[Edit, ...]:
    """The edits of one change in the log; none when it is not here."""
    row = connection.exec_driver_sql(f"{SELECT} WHERE id = ?", (change.bytes,)).fetchone()
    if row is None:
        return ()
    found = entry(row)
    return opened(keys, found, wrapped_keys(connection, found.header.case)).edits


def wrapped_keys(connection: Connection, case: UUID | None = None) -> dict[tuple[UUID, int], bytes]:
    """All case keys of this device, wrapped, by (case, epoch); or those of one case."""
    where, values = ("WHERE case_id = ?", (case.bytes,)) if case else ("", ())
    rows = connection.exec_driver_sql(
        f"SELECT case_id, epoch, wrapped FROM case_key {where}",  # noqa: S608
        values,
    )
    return {(UUID(bytes=case), epoch): wrapped for case, epoch, wrapped in rows}
