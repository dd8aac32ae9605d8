"""Judging changes: whether they are here already, go on where a chain ends, and are vouched for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import ARRAY, Connection, Uuid, any_, bindparam, select

from caseworker_app.sync.wire.changes import Sealed
from caseworker_app.sync.wire.membership import FIRST, Membership
from caseworker_app.sync.wire.signing import verify
from central_store import tables as t
from central_store.call import Call, State
from central_store.kept_directory import latest, said
from central_store.prepared import CASE, ORG, Prepared, at_once
from central_store.stream_rows import Author, epochs_of

c = t.change.c
_KNOWN = Prepared(
    select(c.change_id, c.seq, c.header, c.body, c.body_hash)
    .where(c.org_id == ORG, c.case_id == CASE)
    .where(c.change_id == any_(bindparam("changes", type_=ARRAY(Uuid))))
)


class NotTaken(Exception):
    """Why a batch was not taken, in a word of `Outcome`."""


@contextmanager
def attempt(db: Connection) -> Iterator[None]:
    """A part of a transaction that leaves no trace where it is not taken."""
    at_once(db, "SAVEPOINT attempt")
    try:
        yield
    except NotTaken:
        at_once(db, "ROLLBACK TO attempt")
        at_once(db, "RELEASE attempt")
        raise
    at_once(db, "RELEASE attempt")


Chains = Mapping[UUID, Sequence[Sealed]]
"""Changes by their devices, each in the order in which they stand in the batch."""


def chains_of(changes: Sequence[Sealed]) -> Chains:
    """The changes of each device. By numbers at first: looking up ids would be half of the work."""
    found: dict[int, list[Sealed]] = {}
    for change in changes:
        found.setdefault(change.header.device.int, []).append(change)
    return {one[0].header.device: one for one in found.values()}


def known_numbers(
    call: Call, case: UUID, chains: Chains, known: Mapping[UUID, Author]
) -> dict[UUID, int]:
    """The numbers of those changes that are here already, byte for byte the same."""
    old = [
        change
        for device, chain in chains.items()
        if device in known
        for change in chain
        if change.header.sequence <= known[device].sequence
    ]
    if not old:
        return {}
    rows = call.all(_KNOWN, case=case, changes=[one.header.change for one in old])
    here = {
        (row.change_id, row.header, row.body_hash or hashlib.sha256(row.body).digest())
        for row in rows
    }
    said = {(one.header.change, one.header_bytes, one.sealed_hash) for one in old}
    if said != here:
        raise NotTaken("fork")
    return {row.change_id: row.seq for row in rows}


def follows(chains: Chains, known: Mapping[UUID, Author]) -> dict[UUID, Sealed]:
    """The last change of each device, if each goes on where the device's chain ends here."""
    for device, chain in chains.items():
        if device not in known:
            raise NotTaken("unsigned")
        sequence, hash_ = known[device].sequence, known[device].hash
        for change in chain:
            header = change.header
            if header.sequence > sequence + 1:
                raise NotTaken("gap")
            if header.sequence <= sequence or header.previous != hash_:
                raise NotTaken("fork")
            sequence, hash_ = header.sequence, change.hash
    return {device: chain[-1] for device, chain in chains.items()}


def may_come(
    call: Call, record: Membership, ends: Mapping[UUID, Sealed], known: Mapping[UUID, Author]
) -> None:
    """Whether the record admits what each of the devices wrote, up to its last change."""
    for id_, last in ends.items():
        device, sequence = known[id_].device, last.header.sequence
        end = record.end_of(id_)
        if not record.admits(*device.who, id_, sequence):
            raise NotTaken("closed" if end else "not-here")
        if end and end.sequence == sequence and end.hash != last.hash:
            raise NotTaken("fork")
        if device.state is not State.ACTIVE and not end and not _released(call, last):
            raise NotTaken("closed")


def have_keys(call: Call, record: Membership, changes: Iterable[Sealed]) -> None:
    """Whether each is sealed with a key that a record speaks of: nobody can read another one."""
    epochs = {one.header.epoch for one in changes} - {record.epoch, FIRST}
    if epochs and not epochs <= epochs_of(call, record.case):
        raise NotTaken("gap")  # somebody may have it from a record that is not here yet


def _released(call: Call, last: Sealed) -> bool:
    """Whether the organisation has let in what a revoked device wrote up to here."""
    signed = latest(call.db, call.org)
    header = last.header
    return signed is not None and any(
        (one.device, one.case) == (header.device, header.case) and header.sequence <= one.sequence
        for one in said(signed).released
    )


def is_signed(
    ends: Mapping[UUID, Sealed], known: Mapping[UUID, Author], signatures: Mapping[UUID, bytes]
) -> None:
    """Each device vouches for its last change, and by the chain for all before it."""
    for id_, last in ends.items():
        if not verify(known[id_].device.signing, signatures.get(id_, b""), last.hash):
            raise NotTaken("unsigned")
