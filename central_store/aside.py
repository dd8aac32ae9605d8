"""What devices handed in that may not write any more: kept aside until somebody lets it in.

Nobody needs a token to hand in, for the changes carry the signature of a device that is known here,
and that its organisation has signed: laptops take in nothing of one that stands in no directory.
Before that signature was seen to fit, nothing is locked and nobody waits for whoever asks.
Of a device that is revoked, the organisation lets it in with its directory (`released`). Of one
whose user only left the case, who leads the case does: with a record that closes the device's chain
at the end of what lies here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import groupby
from uuid import UUID

from sqlalchemy import Row, Text, bindparam, delete, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on

from caseworker_app.sync.wire.changes import (
    MOST_CHANGES,
    Batch,
    Sealed,
    unpack_batch,
    unpacked_header,
)
from caseworker_app.sync.wire.directory import Released
from caseworker_app.sync.wire.membership import Closed, Membership
from caseworker_app.sync.wire.messages import HandedIn, HandIn
from caseworker_app.sync.wire.packing import Malformed
from central_store import tables as t
from central_store.call import Call, Device, Refused, State, device_of, not_here
from central_store.judging import (
    NotTaken,
    attempt,
    chains_of,
    follows,
    have_keys,
    is_signed,
    known_numbers,
    may_come,
)
from central_store.kept_directory import latest, said
from central_store.prepared import CASE, ORG, Prepared
from central_store.stream_rows import Author, Stream, append, authors, is_erased, locked

_Lying = Row[bytes, bytes, bytes | None, bytes]
MOST_ASIDE = 20_000
MOST_ASIDE_BYTES = 64 * 1024 * 1024
"""Of one device, in all its cases."""

MOST_BATCHES = 10
"""At once. Programs hand in one at a time."""

a, d, e = t.aside.c, t.device.c, t.tail.c
_LATE = Prepared(
    select(a.device_id, a.sequence, a.hash)
    .join(t.device, (d.org_id == a.org_id) & (d.device_id == a.device_id))
    .join(
        t.tail,
        (e.org_id == a.org_id) & (e.case_id == a.case_id) & (e.device_id == a.device_id),
        isouter=True,
    )
    .where(a.org_id == ORG, a.case_id == CASE, d.state == State.ACTIVE.value)
    .where(a.signature.is_not(None), a.sequence > func.coalesce(e.sequence, 0))
    .order_by(a.device_id, a.sequence.desc())
    .ext(distinct_on(a.device_id))
)
_ONE_AT_A_TIME = Prepared(
    select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("of", type_=Text), 0)))
)
"""Two that hand in what the same device wrote come after each other; nobody else waits for them."""


def hand_in(call: Call, asked: HandIn) -> HandedIn:
    """Keep unsent work of a device that may not write any more; how much of it is kept now.

    Refused as "not-here" for a device or a signature that is not known, as "moved-on" when the
    changes do not go on where the device's chain ends, as "no-room" when it is too much, as
    "too-large" when it is too much at once.
    """
    query = select(t.device).where(d.org_id == call.org, d.device_id == asked.device)
    row = call.db.execute(query).one_or_none()
    device = device_of(row) if row else None
    if device is None or not _was_signed(call, device):
        raise not_here()
    if len(asked.batches) > MOST_BATCHES:
        raise Refused("too-large")
    batches = sorted(map(unpack_batch, asked.batches), key=lambda one: one.case)
    for batch in batches:
        _is_vouched_for(device, batch)
    call.first(_ONE_AT_A_TIME, of=f"{call.org} {device.id}")
    for batch in batches:
        try:
            _take(call, device, batch)
        except NotTaken as why:
            raise not_here() if str(why) == "unsigned" else Refused("moved-on") from None
    count, size = call.db.execute(
        select(func.count(), func.coalesce(func.sum(func.octet_length(a.body)), 0)).where(
            a.org_id == call.org, a.device_id == device.id
        )
    ).one()
    if count > MOST_ASIDE or size > MOST_ASIDE_BYTES:
        raise Refused("no-room")
    return HandedIn(count)


def _was_signed(call: Call, device: Device) -> bool:
    """Whether the organisation has ever signed this laptop; a guest's came here by a directory."""
    if device.home != call.org:
        return True
    signed = latest(call.db, call.org)
    return signed is not None and said(signed).device(device.id) is not None


def _is_vouched_for(device: Device, batch: Batch) -> None:
    """Whether this device wrote the batch, as far as can be seen without looking anything up."""
    if not batch.changes:
        raise Malformed
    if any(one.header.device != device.id or one.sealed is None for one in batch.changes):
        raise Malformed
    if len(batch.changes) > MOST_CHANGES:
        raise Refused("too-large")
    try:
        is_signed(
            {device.id: batch.changes[-1]}, {device.id: Author(device)}, dict(batch.signatures)
        )
    except NotTaken:
        raise not_here() from None


def _take(call: Call, device: Device, batch: Batch) -> None:
    """Keep what was handed in; of an erased case nothing, so that it is done with."""
    stream = locked(call, batch.case)
    if not is_erased(call, batch.case, stream):
        _keep(call, device, batch, stream)


def _keep(call: Call, device: Device, batch: Batch, stream: Stream | None) -> None:
    tail = authors(call, batch.case, [device.id])[device.id]
    known = known_numbers(call, batch.case, chains_of(batch.changes), {device.id: tail})
    end = _end(call, device, batch.case)
    if end is None or end.sequence < tail.sequence:
        end = tail
    rest = [one for one in batch.changes if one.header.change not in known]
    _lie_there(call, [one for one in rest if one.header.sequence <= end.sequence])
    fresh = [one for one in rest if one.header.sequence > end.sequence]
    if fresh:
        if stream is not None:
            have_keys(call, stream.record, fresh)
        signatures = dict(batch.signatures)
        ends = follows({device.id: fresh}, {device.id: end})
        is_signed(ends, {device.id: end}, signatures)
        if stream is None or end is not tail or not _may_still_come(call, stream, ends, end):
            _lay_aside(call, fresh, signatures[device.id])
        elif append(call, stream, fresh, ends, signatures) is None:
            raise NotTaken("fork")


def _may_still_come(
    call: Call, stream: Stream, ends: Mapping[UUID, Sealed], author: Author
) -> bool:
    """Whether a token was all that was missing: the laptop's program may be too old to get one."""
    try:
        may_come(call, stream.record, ends, {author.device.id: author})
    except NotTaken:
        return False
    return True


def _end(call: Call, device: Device, case: UUID) -> Author | None:
    """Where the chain of this device ends in what lies aside of this case."""
    row = call.db.execute(
        select(a.sequence, a.hash)
        .where(a.org_id == call.org, a.device_id == device.id, a.case_id == case)
        .order_by(a.sequence.desc())
        .limit(1)
    ).one_or_none()
    return Author(device, row.sequence, bytes(row.hash)) if row else None


def _lie_there(call: Call, handed_in: list[Sealed]) -> None:
    """NotTaken when not all of these lie aside: under their numbers there are others."""
    if not handed_in:
        return
    header, hashes = handed_in[0].header, [one.hash for one in handed_in]
    query = select(func.count()).where(
        a.org_id == call.org, a.device_id == header.device, a.case_id == header.case
    )
    if call.db.execute(query.where(a.hash.in_(hashes))).scalar_one() < len(set(hashes)):
        raise NotTaken("fork")


def _lay_aside(call: Call, fresh: list[Sealed], signature: bytes) -> None:
    """NotTaken where an id stands somewhere already: all of it would be for nothing."""
    ids = {one.header.change for one in fresh}
    for table in (t.change, t.aside):
        taken = select(1).where(table.c.org_id == call.org, table.c.change_id.in_(ids))
        if len(ids) < len(fresh) or call.db.execute(taken.limit(1)).first():
            raise NotTaken("fork")
    call.db.execute(
        insert(t.aside),
        [
            {
                "org_id": call.org,
                "device_id": one.header.device,
                "case_id": one.header.case,
                "sequence": one.header.sequence,
                "change_id": one.header.change,
                "hash": one.hash,
                "header": one.header_bytes,
                "body": one.sealed,
                "signature": signature if one is fresh[-1] else None,
                "at": call.now,
            }
            for one in fresh
        ],
    )


def release(call: Call, released: Iterable[Released]) -> None:
    """Take into their streams what the organisation released of revoked devices."""
    for one in sorted(released, key=lambda one: (one.case, one.device)):
        _move(call, one.case, Closed(one.device, one.sequence, one.hash))


def admit(call: Call, record: Membership) -> None:
    """Take into the stream what this record lets in, of devices that are not revoked.

    Up to where it closes the chain of one whose user may not write; all of one whose user may.
    """
    for end in late(call, record.case):
        device = authors(call, record.case, [end.device])[end.device].device
        closed = record.end_of(end.device)
        if closed or record.admits(*device.who, end.device, end.sequence):
            _move(call, record.case, closed or end)


def late(call: Call, case: UUID) -> tuple[Closed, ...]:
    """The ends of what lies aside of a case, of devices that are not revoked."""
    return tuple(Closed(*row) for row in call.all(_LATE, case=case))


def end(call: Call, case: UUID, ends: Iterable[Closed]) -> tuple[Closed, ...]:
    """Where the asking device goes on in a case that its user left: what lies aside included."""
    tail = next((one for one in ends if one.device == call.caller.id), None)
    lies = _end(call, call.caller, case)
    if lies is not None:
        return (Closed(lies.device.id, lies.sequence, lies.hash),)
    return (tail,) if tail else ()


def _move(call: Call, case: UUID, end: Closed) -> None:
    """Move what lies aside into the stream, up to this end; as it was handed in, each in one."""
    stream = locked(call, case)
    rows = _rows(call, case, end)
    if stream is None or not rows or bytes(rows[-1].hash) != end.hash:
        return
    with suppress(NotTaken), attempt(call.db):  # what cannot go in stays here
        _append_all(call, stream, rows, end.device)
        here = (a.org_id == call.org, a.device_id == end.device, a.case_id == case)
        call.db.execute(delete(t.aside).where(*here, a.sequence <= end.sequence))


def _append_all(call: Call, stream: Stream, rows: list[_Lying], device: UUID) -> None:
    """As they were handed in, each in one. NotTaken where one cannot go in."""
    signed = 0

    def group(row: _Lying) -> int:
        nonlocal signed
        before, signed = signed, signed + (row.signature is not None)
        return before

    for _, handed_in in groupby(rows, group):
        listed = list(handed_in)
        fresh = [Sealed.of(bytes(row.header), bytes(row.body)) for row in listed]
        if listed[-1].signature is None:
            raise NotTaken("unsigned")
        signatures = {device: bytes(listed[-1].signature)}
        longer = append(call, stream, fresh, {device: fresh[-1]}, signatures)
        if longer is None:
            raise NotTaken("fork")
        stream = longer


def _rows(call: Call, case: UUID, end: Closed) -> list[_Lying]:
    """What is not in the stream yet, if it goes on there without a gap, and is no other chain."""
    tail = authors(call, case, [end.device])[end.device]
    rows = call.db.execute(
        select(a.header, a.body, a.signature, a.hash)
        .where(a.org_id == call.org, a.device_id == end.device, a.case_id == case)
        .where(a.sequence > tail.sequence, a.sequence <= end.sequence)
        .order_by(a.sequence)
    ).all()
    whole = len(rows) == end.sequence - tail.sequence
    goes_on = whole and rows and unpacked_header(bytes(rows[0].header)).previous == tail.hash
    return list(rows) if goes_on else []
