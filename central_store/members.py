"""Who is in a case: reading the records, and taking new ones on top of the latest."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import case as depending
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.membership import SignedMembership
from caseworker_app.sync.wire.messages import (
    AskMembers,
    Done,
    Erasure,
    Members,
    Seen,
    SignedErasure,
    WrappedKey,
)
from caseworker_app.sync.wire.packing import unpack
from caseworker_app.sync.wire.signing import Purpose, to_sign, verify
from central_store import aside, documents
from central_store import tables as t
from central_store.call import Call, State, not_here
from central_store.kept_directory import leads_until
from central_store.prepared import CASE, DEVICE, HOME, ORG, USER, Prepared
from central_store.stream_rows import authors, named_still, record_of, records_after, tails

MOST_PROOF_BYTES = 1024
s, w, n, e = t.seat.c, t.wrap.c, t.seen.c, t.erasure.c
_SEAT = Prepared(
    select(s.role, s.gone)
    .where(s.org_id == ORG, s.case_id == CASE)
    .where(s.user_org == HOME, s.user_id == USER)
)
_KEYS = Prepared(
    select(w.epoch, w.device_id, depending((w.device_id == DEVICE, w.wrapped)).label("wrapped"))
    .where(w.org_id == ORG, w.case_id == CASE, w.wrapped != b"")
    .order_by(w.epoch, w.device_id)
)
_SEEN = Prepared(
    select(n.device_id, n.seq, n.at).where(n.org_id == ORG, n.case_id == CASE).order_by(n.device_id)
)
_ERASED = Prepared(
    select(e.body, e.signature).where(e.org_id == ORG, e.case_id == CASE).order_by(e.device_id)
)


def get(call: Call, asked: AskMembers) -> Members:
    """The records of a case, to who is in it: with keys, ends of chains, and what each has seen.

    Who has left is shown the records up to the one that says so, and the end of their own chain:
    a laptop erases a case for a signature, not because the server says so. So is somebody whom the
    organisation has named, once that is over: the records up to where it was.
    """
    seat = call.first(_SEAT, case=asked.case)
    is_in = seat is not None and seat.gone is None
    until = 0 if is_in else leads_until(call.db, call.org, asked.case, call.caller.who)
    if seat is None and not until:
        raise not_here()
    records, ends = records_after(call, asked.case, asked.after), tails(call, asked.case)
    if not is_in and not named_still(call, asked.case, call.caller.who, until):
        if seat is None:
            return Members(_until(until, records), (), (), (), ())
        records = _up_to(call, asked.case, records, seat.gone)
        own = aside.end(call, asked.case, ends)
        return Members(records, (), (), own, ())
    keys, others = _keys(call, asked.case)
    seen, erased = _seen(call, asked.case), _erased(call, asked.case)
    late = aside.late(call, asked.case) if seat and seat.role == Role.LEADS else ()
    papers = documents.names(call, asked.case)
    return Members(records, keys, others, ends, seen, erased, late, papers)


def erased(call: Call, asked: SignedErasure) -> Done:
    """Keep the proof of a laptop that has erased a case; it may be in the case or have left it."""
    said = unpack(Erasure, asked.body, MOST_PROOF_BYTES)
    if (said.org, said.device) != (call.org, call.caller.id):
        raise not_here()
    if call.first(_SEAT, case=said.case) is None:
        raise not_here()
    if not verify(call.caller.signing, asked.signature, to_sign(Purpose.ERASURE, asked.body)):
        raise not_here()
    row = {"body": asked.body, "signature": asked.signature}
    ids = {"org_id": call.org, "case_id": said.case, "device_id": said.device}
    kept = upsert(t.erasure).values(ids | row)
    call.db.execute(kept.on_conflict_do_update(index_elements=list(ids), set_=row))
    return Done()


def _until(version: int, records: tuple[SignedMembership, ...]) -> tuple[SignedMembership, ...]:
    return tuple(one for one in records if record_of(one.body).version <= version)


def _up_to(
    call: Call, case: UUID, records: tuple[SignedMembership, ...], gone: int
) -> tuple[SignedMembership, ...]:
    """Those up to the one that says that somebody has left, by a device that is believed still.

    Was the device revoked since that signed it, then the next one that goes on from it is needed;
    and one that joins branches, by those who know the other one.
    """
    said = [record_of(one.body) for one in records]
    known = authors(call, case, {record.author for record in said})
    believed = (known[record.author].device.state is State.ACTIVE for record in said)
    ends = (one.version for one, is_good in zip(said, believed, strict=True) if is_good)
    end = next((version for version in ends if version >= gone), None)
    if end is None:
        return records
    end = max((end, *(record.version for record in said if record.joined)))
    return tuple(one for one, of in zip(records, said, strict=True) if of.version <= end)


def _keys(call: Call, case: UUID) -> tuple[tuple[WrappedKey, ...], tuple[tuple[int, UUID], ...]]:
    """The keys for the asking device, and who else has which."""
    mine, others = [], []
    for row in call.all(_KEYS, case=case):
        if row.device_id == call.caller.id:
            mine.append(WrappedKey(*row))
        else:
            others.append((row.epoch, row.device_id))
    return tuple(mine), tuple(others)


def _seen(call: Call, case: UUID) -> tuple[Seen, ...]:
    rows = call.all(_SEEN, case=case)
    return tuple(Seen(row.device_id, row.seq, int(row.at.timestamp() * 1000)) for row in rows)


def _erased(call: Call, case: UUID) -> tuple[SignedErasure, ...]:
    rows = call.all(_ERASED, case=case)
    return tuple(SignedErasure(row.body, row.signature) for row in rows)
