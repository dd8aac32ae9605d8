"""Taking changes in: each batch is judged by itself, and a repeated one gets the same numbers.

A change is taken for what it is, not for who brings it: any member may hand on the changes of
others that the latest record admits, which is how a store put back from a backup is filled again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from caseworker_app.sync.wire.changes import (
    MOST_CHANGES,
    MOST_PUSH_BYTES,
    Batch,
    Sealed,
    unpack_batch,
)
from caseworker_app.sync.wire.membership import Membership
from caseworker_app.sync.wire.messages import Outcome, Push, Pushed
from caseworker_app.sync.wire.signing import verify
from central_store import tables as t
from central_store.call import Call, Refused, State
from central_store.kept_directory import latest, said
from central_store.stream_rows import Author, append, authors, locked


class NotTaken(Exception):
    """Why a batch was not taken, in a word of `Outcome`."""


def push(call: Call, asked: Push) -> Pushed:
    """Take batches of several cases, in the order of cases so that no two pushes wait in a ring."""
    batches = [unpack_batch(raw) for raw in asked.batches]
    changes = [change for batch in batches for change in batch.changes]
    if len(changes) > MOST_CHANGES or sum(_size(one) for one in changes) > MOST_PUSH_BYTES:
        raise Refused("too-large")
    outcomes: dict[int, Outcome] = {}
    for number, batch in sorted(enumerate(batches), key=lambda item: item[1].case):
        outcomes[number] = taken(call, batch)
    return Pushed(tuple(outcomes[number] for number in range(len(batches))))


def taken(call: Call, batch: Batch) -> Outcome:
    """Take one batch, or leave no trace of it."""
    try:
        with call.db.begin_nested():
            return Outcome(batch.case, "", _numbers(call, batch))
    except NotTaken as why:
        return Outcome(batch.case, str(why))


def _numbers(call: Call, batch: Batch) -> tuple[int, ...]:
    stream = locked(call, batch.case)
    if stream is None or not call.is_in(stream.record):
        raise NotTaken("not-here")
    known_authors = authors(call, batch.case, {one.header.device for one in batch.changes})
    known = _known(call, batch, known_authors)
    fresh = [one for one in batch.changes if one.header.change not in known]
    if fresh:
        ends = follows(fresh, known_authors)
        _may_come(call, stream.record, ends, known_authors)
        signatures = dict(batch.signatures)
        is_signed(ends, known_authors, signatures)
        if append(call, stream, fresh, signatures) is None:
            raise NotTaken("fork")
    new = {one.header.change: number for number, one in enumerate(fresh, stream.seq + 1)}
    numbers = known | new
    return tuple(numbers[one.header.change] for one in batch.changes)


def _known(call: Call, batch: Batch, known: Mapping[UUID, Author]) -> dict[UUID, int]:
    """The numbers of those changes that are here already, byte for byte the same."""
    old = {
        one.header.change: one
        for one in batch.changes
        if one.header.device in known and one.header.sequence <= known[one.header.device].sequence
    }
    if not old:
        return {}
    c = t.change.c
    rows = call.db.execute(
        select(c.change_id, c.seq, c.header, c.body, c.body_hash).where(
            c.org_id == call.org, c.case_id == batch.case, c.change_id.in_(sorted(old))
        )
    ).all()
    numbers = {}
    for row in rows:
        sealed_hash = row.body_hash or hashlib.sha256(row.body).digest()
        mine = old[row.change_id]
        if (bytes(row.header), bytes(sealed_hash)) == (mine.header_bytes, mine.sealed_hash):
            numbers[row.change_id] = row.seq
    if len(numbers) != len(old):
        raise NotTaken("fork")
    return numbers


def follows(fresh: Sequence[Sealed], known: Mapping[UUID, Author]) -> dict[UUID, Sealed]:
    """The last change of each device, if each goes on where the device's chain ends here."""
    ends = {id_: (author.sequence, author.hash) for id_, author in known.items()}
    last = {}
    for change in fresh:
        header = change.header
        if header.device not in ends:
            raise NotTaken("unsigned")
        sequence, hash_ = ends[header.device]
        if header.sequence > sequence + 1:
            raise NotTaken("gap")
        if header.sequence <= sequence or header.previous != hash_:
            raise NotTaken("fork")
        ends[header.device] = header.sequence, change.hash
        last[header.device] = change
    return last


def _may_come(
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
        if last.header.epoch > record.epoch:
            raise NotTaken("gap")  # a key that nobody here knows of yet


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


def _size(change: Sealed) -> int:
    return len(change.header_bytes) + len(change.sealed or change.sealed_hash)


def sizes(changes: Iterable[Sealed]) -> int:
    """How many bytes these changes are."""
    return sum(_size(change) for change in changes)
