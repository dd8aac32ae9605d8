"""Who is in a case: reading the records, and taking new ones on top of the latest."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy import case as depending
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
from central_store import aside
from central_store import tables as t
from central_store.call import SMALL, Call, not_here
from central_store.prepared import CASE, DEVICE, HOME, ORG, USER, Prepared
from central_store.stream_rows import tails

s, r, w, n, e = t.seat.c, t.record.c, t.wrap.c, t.seen.c, t.erasure.c
_SEAT = Prepared(
    select(s.role, s.gone)
    .where(s.org_id == ORG, s.case_id == CASE)
    .where(s.user_org == HOME, s.user_id == USER)
)
_EVER = (1 << 31) - 1
_RECORDS = Prepared(
    select(r.body, r.signature)
    .where(r.org_id == ORG, r.case_id == CASE, r.version > bindparam("after"))
    .where(r.version <= bindparam("until"))
    .order_by(r.version)
)
_KEYS = Prepared(
    select(w.epoch, w.device_id, depending((w.device_id == DEVICE, w.wrapped)).label("wrapped"))
    .where(w.org_id == ORG, w.case_id == CASE)
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
    a laptop erases a case for a signature, not because the server says so.
    """
    seat = call.first(_SEAT, case=asked.case)
    if seat is None:
        raise not_here()
    records = _records(call, asked.case, asked.after, seat.gone)
    ends = tails(call, asked.case)
    if seat.gone is not None:
        own = tuple(end for end in ends if end.device == call.caller.id)
        return Members(records, (), (), own, ())
    keys, others = _keys(call, asked.case)
    seen, erased = _seen(call, asked.case), _erased(call, asked.case)
    late = aside.late(call, asked.case) if seat.role == Role.LEADS else ()
    return Members(records, keys, others, ends, seen, erased, late)


def erased(call: Call, asked: SignedErasure) -> Done:
    """Keep the proof of a laptop that has erased a case; it may be in the case or have left it."""
    said = unpack(Erasure, asked.body, SMALL)
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


def _records(call: Call, case: UUID, after: int, until: int | None) -> tuple[SignedMembership, ...]:
    rows = call.all(_RECORDS, case=case, after=after, until=_EVER if until is None else until)
    return tuple(SignedMembership(row.body, row.signature) for row in rows)


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
