"""Taking in what others wrote: nothing that is not signed, admitted, and next in its chain.

A batch is judged as a whole before a byte of it is kept. What is signed but cannot be read (a
member's program that writes nonsense, or means harm) is kept for the chain and shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain.changes import Change, Header
from caseworker_app.store import bodies, log, projection
from caseworker_app.store.connection import driver
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.changes import MOST_CHANGES, Batch, Sealed
from caseworker_app.sync.wire.packing import Malformed

Admits = Callable[[Header], bool]

_NONE: Mapping[bytes, int] = MappingProxyType({})


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
    """What a batch brought: the headers that were new here, and how many cannot be read."""

    new: tuple[Header, ...]
    refused: int


def take_in(
    reading: Reading, batch: Batch, admits: Admits, numbers: Mapping[bytes, int] = _NONE
) -> Taken:
    """Take in what is new in a batch, all of it or nothing; in a transaction that writes.

    `numbers` are those that the central store gave, by the hashes of the changes.

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
    log.write(reading.connection, entries, [numbers.get(entry.hash) for entry in entries])
    projection.apply_many(reading.connection, changes)
    return Taken(tuple(sealed.header for sealed in new), sum(entry.refused for entry in entries))


def _new_in(reading: Reading, batch: Batch) -> list[Sealed]:
    """The changes that are not here yet, each the next one in its device's chain."""
    known = _known(reading, batch.changes)
    tails: dict[UUID, tuple[int, bytes]] = {}
    new = []
    for sealed in batch.changes:
        header = sealed.header
        here = known.get(header.change.bytes)
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
        known[header.change.bytes] = sealed.hash
        new.append(sealed)
    return new


def _known(reading: Reading, changes: Sequence[Sealed]) -> dict[bytes, bytes]:
    """Id and hash of those that are here already."""
    try:
        ids = [sealed.header.change.bytes for sealed in changes]
    except Malformed as error:
        raise NotTaken("header") from error
    known: dict[bytes, bytes] = {}
    for at in range(0, len(ids), MOST_CHANGES):
        some = ids[at : at + MOST_CHANGES]
        query = f"SELECT id, hash FROM change WHERE id IN ({', '.join('?' * len(some))})"  # noqa: S608
        known.update(driver(reading.connection).execute(query, some))
    return known


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
        return whole, log.opened(reading.place.keys, whole, wrapped, bodies.most_of)
    except errors.StoreDamaged:
        return log.refused(whole), Change(header, ())
