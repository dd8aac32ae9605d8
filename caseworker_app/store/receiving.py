"""Taking in what others wrote: nothing that is not signed, admitted, and next in its chain.

A batch is judged as a whole before a byte of it is kept. What is signed but cannot be read (a
member's program that writes nonsense, or means harm) is kept for the chain and shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain.changes import Change, Header
from caseworker_app.store import bodies, log, organisations, projection
from caseworker_app.store.connection import driver
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.changes import MOST_CHANGES, Batch, Sealed
from caseworker_app.sync.wire.packing import Malformed

Admits = Callable[[Header], bool]

Ready = Mapping[bytes, Change]
"""Changes that were opened already, by their hashes."""

NONE_READY: Ready = MappingProxyType({})


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


def made_ready(reading: Reading, batch: Batch) -> Ready:
    """Open what can be opened: before a transaction that writes, so that nobody waits for it.

    Whether any of it counts is only seen by `take_in`.
    """
    wrapped = log.wrapped_keys(reading.connection, batch.case)
    ready = {}
    for sealed in batch.changes:
        with suppress(NoKey):
            whole, change = _opened(reading, sealed, b"", wrapped)
            if not whole.refused:
                ready[sealed.hash] = change
    return ready


def take_in(
    reading: Reading,
    batch: Batch,
    admits: Admits,
    ready: Ready = NONE_READY,
) -> Taken:
    """Take in what is new in a batch, all of it or nothing; in a transaction that writes.

    NotAdmitted, NoKey, OwnFork, or another NotTaken when a link of a chain is missing, another
    one, or not signed.
    """
    new = _new_in(reading, batch)
    for sealed in new:
        if not admits(sealed.header):
            raise NotAdmitted(f"device {sealed.header.device}")
    # Of what is new alone: what is known already vouches for nothing.
    last = {sealed.header.device: sealed.hash for sealed in new}
    given = dict(batch.signatures)
    _check_signed(reading, last, given)
    signatures = {digest: given[device] for device, digest in last.items() if device in given}
    wrapped = log.wrapped_keys(reading.connection, batch.case)
    entries, changes = [], []
    for sealed in new:
        signature = signatures.get(sealed.hash, b"")
        entry, change = _opened(reading, sealed, signature, wrapped, ready.get(sealed.hash))
        entries.append(entry)
        changes.append(change)
    log.write(reading.connection, entries)
    projection.apply_many(reading.connection, changes)
    return Taken(tuple(sealed.header for sealed in new), sum(entry.refused for entry in entries))


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
    try:
        ids = [sealed.header.change.bytes for sealed in batch.changes]
    except Malformed as error:
        raise NotTaken("header") from error
    known = _known(reading, ids)
    tails: dict[UUID, tuple[int, bytes]] = {}
    new = []
    for change_id, sealed in zip(ids, batch.changes, strict=True):
        here = known.get(change_id)
        if here is not None:
            if here != sealed.hash:
                raise NotTaken("another change of the same id")
            continue
        known[change_id] = sealed.hash
        device = sealed.header.device
        tail = tails.get(device) or log.tail(reading.connection, batch.case, device)[:2]
        tails[device] = _next_in_chain(reading, sealed, *tail)
        new.append(sealed)
    return new


def _next_in_chain(
    reading: Reading, sealed: Sealed, sequence: int, previous: bytes
) -> tuple[int, bytes]:
    """Where the chain ends after this change, if it ended there before it."""
    header = sealed.header
    if header.sequence == sequence + 1 and header.previous == previous:
        return header.sequence, sealed.hash
    if header.device == reading.place.keys.device_id and header.sequence <= sequence:
        raise OwnFork(header.sequence)
    raise NotTaken("not the next in its chain")


def _known(reading: Reading, ids: Sequence[bytes]) -> dict[bytes, bytes]:
    """Id and hash of those that are here already."""
    known: dict[bytes, bytes] = {}
    for at in range(0, len(ids), MOST_CHANGES):
        some = ids[at : at + MOST_CHANGES]
        query = f"SELECT id, hash FROM change WHERE id IN ({', '.join('?' * len(some))})"  # noqa: S608
        known.update(driver(reading.connection).execute(query, some))
    return known


def _check_signed(
    reading: Reading, last: Mapping[UUID, bytes], given: Mapping[UUID, bytes]
) -> None:
    """Whoever brings something new vouches with a signature for the last of it."""
    for device, digest in last.items():
        signing = organisations.signing_key(reading, device)
        signature = given.get(device, b"")
        if not signing or not reading.place.keys.verify(signing, signature, digest):
            raise NotTaken("not signed by its device")


def _opened(
    reading: Reading,
    sealed: Sealed,
    signature: bytes,
    wrapped: Mapping[tuple[UUID, int], bytes],
    ready: Change | None = None,
) -> tuple[log.Entry, Change]:
    header = sealed.header
    if sealed.sealed is not None and (header.case, header.epoch) not in wrapped:
        raise NoKey(f"epoch {header.epoch}")
    whole = log.Entry(
        header, sealed.header_bytes, sealed.sealed, sealed.sealed_hash, sealed.hash, signature
    )
    if ready is not None:
        return whole, ready
    try:
        return whole, log.opened(reading.place.keys, whole, wrapped, bodies.most_of)
    except errors.StoreDamaged:
        return log.refused(whole), Change(header, ())
