"""Who is in a case: reading the records, and taking new ones on top of the latest."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Row, select
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
from central_store.call import SMALL, Call, State, not_here
from central_store.stream_rows import authors, record_of, tails


def get(call: Call, asked: AskMembers) -> Members:
    """The records of a case, to who is in it: with keys, ends of chains, and what each has seen.

    Who has left is shown the records up to the one that says so, and the end of their own chain:
    a laptop erases a case for a signature, not because the server says so.
    """
    seat = _seat(call, asked.case)
    if seat is None:
        raise not_here()
    records = _records(call, asked.case, asked.after)
    if seat.gone is not None:
        records = _up_to(call, asked.case, records, seat.gone)
    ends = tails(call, asked.case)
    if seat.gone is not None:
        own = aside.end(call, asked.case, ends)
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
    if _seat(call, said.case) is None:
        raise not_here()
    if not verify(call.caller.signing, asked.signature, to_sign(Purpose.ERASURE, asked.body)):
        raise not_here()
    row = {"body": asked.body, "signature": asked.signature}
    ids = {"org_id": call.org, "case_id": said.case, "device_id": said.device}
    kept = upsert(t.erasure).values(ids | row)
    call.db.execute(kept.on_conflict_do_update(index_elements=list(ids), set_=row))
    return Done()


def _seat(call: Call, case: UUID) -> Row[str, int | None] | None:
    seat, (org, user) = t.seat.c, call.caller.who
    return call.db.execute(
        select(seat.role, seat.gone).where(
            seat.org_id == call.org,
            seat.case_id == case,
            seat.user_org == org,
            seat.user_id == user,
        )
    ).one_or_none()


def _records(call: Call, case: UUID, after: int) -> tuple[SignedMembership, ...]:
    r = t.record.c
    query = select(r.body, r.signature).where(
        r.org_id == call.org, r.case_id == case, r.version > after
    )
    rows = call.db.execute(query.order_by(r.version))
    return tuple(SignedMembership(bytes(row.body), bytes(row.signature)) for row in rows)


def _up_to(
    call: Call, case: UUID, records: tuple[SignedMembership, ...], gone: int
) -> tuple[SignedMembership, ...]:
    """Those up to the one that says that somebody has left, by a device that is believed still.

    Was the device revoked since that signed it, then the next one that goes on from it is needed.
    """
    said = [record_of(one.body) for one in records]
    known = authors(call, case, {record.author for record in said})
    for count, record in enumerate(said, 1):
        if record.version >= gone and known[record.author].device.state is State.ACTIVE:
            return records[:count]
    return records


def _keys(call: Call, case: UUID) -> tuple[tuple[WrappedKey, ...], tuple[tuple[int, UUID], ...]]:
    """The keys for the asking device, and who else has which."""
    w = t.wrap.c
    here = (w.org_id == call.org, w.case_id == case)
    mine = call.db.execute(
        select(w.epoch, w.wrapped).where(*here, w.device_id == call.caller.id).order_by(w.epoch)
    )
    keys = tuple(WrappedKey(row.epoch, call.caller.id, bytes(row.wrapped)) for row in mine)
    others = call.db.execute(
        select(w.epoch, w.device_id)
        .where(*here, w.device_id != call.caller.id)
        .order_by(w.epoch, w.device_id)
    )
    return keys, tuple((row.epoch, row.device_id) for row in others)


def _seen(call: Call, case: UUID) -> tuple[Seen, ...]:
    s = t.seen.c
    rows = call.db.execute(
        select(s.device_id, s.seq, s.at)
        .where(s.org_id == call.org, s.case_id == case)
        .order_by(s.device_id)
    )
    return tuple(Seen(row.device_id, row.seq, int(row.at.timestamp() * 1000)) for row in rows)


def _erased(call: Call, case: UUID) -> tuple[SignedErasure, ...]:
    e = t.erasure.c
    rows = call.db.execute(
        select(e.body, e.signature)
        .where(e.org_id == call.org, e.case_id == case)
        .order_by(e.device_id)
    )
    return tuple(SignedErasure(bytes(row.body), bytes(row.signature)) for row in rows)
