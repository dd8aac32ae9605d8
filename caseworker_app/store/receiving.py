"""Taking in what others wrote: nothing that is not signed, admitted, and next in its chain.

A batch is judged as a whole before a byte of it is kept. What is signed but cannot be read (a
member's program that writes nonsense, or means harm) is kept for the chain and shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain.changes import Change, Header
from caseworker_app.store import log, projection
from caseworker_app.store.connection import driver
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.changes import Batch, Sealed
from caseworker_app.sync.wire.packing import Malformed

Admits = Callable[[Header], bool]


class NotTaken(Exception):
    """A batch that is not what it should be. The text names the rule that it breaks."""


class NotAdmitted(NotTaken):
    """Somebody wrote who may not, as far as this laptop knows: it may only have to wait."""


class NoKey(NotTaken):
    """The key of an epoch is not here (yet)."""


class OwnFork(NotTaken):
    """Changes of this device that it does not know: it was put back from an older copy."""

    def __init__(self, sequence: int) -> None:
        super().__init__("own fork")
        self.sequence = sequence


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch brought: the headers that were new here, and how many cannot be read.

    `withheld` are those of them whose body was not given.
    """

    new: tuple[Header, ...]
    refused: int
    withheld: tuple[UUID, ...] = ()


def take_in(reading: Reading, batch: Batch, admits: Admits) -> Taken:
    """Take in what is new in a batch, all of it or nothing; in a transaction that writes.

    NotAdmitted, NoKey, OwnFork, or another NotTaken when a link of a chain is missing, another
    one, or not signed.
    """
    new = _new_in(reading, batch)
    for sealed in new:
        if not admits(sealed.header):
            raise NotAdmitted(f"device {sealed.header.device}")
    _check_signed(reading, batch, new)
    wrapped = log.wrapped_keys(reading.connection, batch.case)
    signatures = _last_signatures(batch)
    entries, changes = [], []
    for sealed in new:
        entry, change = _opened(reading, sealed, signatures.get(sealed.hash, b""), wrapped)
        entries.append(entry)
        changes.append(change)
    log.write(reading.connection, entries)
    projection.apply(reading.connection, changes)
    return Taken(
        tuple(sealed.header for sealed in new),
        sum(entry.refused for entry in entries),
        tuple(entry.header.change for entry in entries if entry.sealed is None),
    )


def fill_in(reading: Reading, batch: Batch) -> bool:
    """Keep the bodies of changes that came without; whether there were any.

    The chain holds their hashes, so that they need no other signature. The tables of the case have
    to be made anew then: what was written on top of them is in there already. NoKey as `take_in`.
    """
    wrapped = log.wrapped_keys(reading.connection, batch.case)
    filled = 0
    for sealed in batch.changes:
        if sealed.sealed is None:
            continue
        entry, _change = _opened(reading, sealed, b"", wrapped)
        filled += reading.connection.exec_driver_sql(
            "UPDATE change SET sealed = ?, refused = ? WHERE hash = ? AND sealed IS NULL",
            (entry.sealed, entry.refused, entry.hash),
        ).rowcount
    return filled > 0


def _new_in(reading: Reading, batch: Batch) -> list[Sealed]:
    """The changes that are not here yet, each the next one in its device's chain."""
    known = _known(reading, batch.changes)
    tails: dict[UUID, tuple[int, bytes]] = {}
    new = []
    for sealed in batch.changes:
        try:
            header = sealed.header
        except Malformed as error:
            raise NotTaken("header") from error
        here = known.get(header.change)
        if here is not None:
            if here != sealed.hash:
                raise NotTaken("another change of the same id")
            continue
        if header.device not in tails:
            sequence, previous, _clock = log.tail(reading.connection, batch.case, header.device)
            tails[header.device] = sequence, previous
        sequence, previous = tails[header.device]
        if (header.sequence, header.previous) != (sequence + 1, previous):
            if header.device == reading.place.keys.device_id and header.sequence <= sequence:
                raise OwnFork(header.sequence)
            raise NotTaken("not the next in its chain")
        tails[header.device] = header.sequence, sealed.hash
        new.append(sealed)
    return new


def _known(reading: Reading, changes: Iterable[Sealed]) -> dict[UUID, bytes]:
    """The hashes of those that are here already."""
    run = driver(reading.connection).execute
    found = {}
    for sealed in changes:
        row = run("SELECT hash FROM change WHERE id = ?", (_change_id(sealed),)).fetchone()
        if row:
            found[UUID(bytes=_change_id(sealed))] = bytes(row[0])
    return found


def _change_id(sealed: Sealed) -> bytes:
    try:
        return sealed.header.change.bytes
    except Malformed as error:
        raise NotTaken("header") from error


def _last_signatures(batch: Batch) -> dict[bytes, bytes]:
    """Hash of the last change of each device in the batch, and the signature given for it."""
    last = {sealed.header.device: sealed.hash for sealed in batch.changes}
    given = dict(batch.signatures)
    return {digest: given[device] for device, digest in last.items() if device in given}


def _check_signed(reading: Reading, batch: Batch, new: list[Sealed]) -> None:
    """Whoever brings something new vouches with a signature for the last of it."""
    last = {sealed.header.device: sealed.hash for sealed in batch.changes}
    given = dict(batch.signatures)
    for device in {sealed.header.device for sealed in new}:
        signing = reading.connection.exec_driver_sql(
            "SELECT signing FROM device WHERE id = ?", (device.bytes,)
        ).scalar()
        signature = given.get(device, b"")
        if signing is None or not reading.place.keys.verify(signing, signature, last[device]):
            raise NotTaken("not signed by its device")


def _opened(
    reading: Reading, sealed: Sealed, signature: bytes, wrapped: dict[tuple[UUID, int], bytes]
) -> tuple[log.Entry, Change]:
    header = sealed.header
    if sealed.sealed is not None and (header.case, header.epoch) not in wrapped:
        raise NoKey(f"epoch {header.epoch}")
    whole = log.Entry(
        header, sealed.header_bytes, sealed.sealed, sealed.sealed_hash, sealed.hash, signature
    )
    try:
        return whole, log.opened(reading.place.keys, whole, wrapped, log.most_of)
    except errors.StoreDamaged:
        return log.refused(whole), Change(header, ())
