"""Reading streams: how far each is, and what comes after a number."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Label, LargeBinary, Row, func, select
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.changes import (
    HASH_BYTES,
    MOST_CHANGES,
    MOST_PUSH_BYTES,
    Batch,
    Sealed,
    pack_batch,
)
from caseworker_app.sync.wire.messages import Head, Heads, Page, Pull
from central_store import tables as t
from central_store.call import Call, not_here

_SCANNED = 2 * MOST_CHANGES
_MOST_NEWS = 1_000_000
c = t.change.c


def heads(call: Call, _: object) -> Heads:
    """How far all streams are that the asking user is in, here and elsewhere."""
    s, seat, r = t.stream.c, t.seat.c, t.record.c
    epoch = call.db.execute(select(t.server.c.epoch)).scalar_one()
    version = select(t.directory.c.version).where(t.directory.c.org_id == call.org)
    rows = call.db.execute(
        select(
            s.case_id,
            s.seq,
            s.digest,
            s.membership,
            seat.role,
            _news(),
            func.sha256(r.body, type_=LargeBinary).label("record"),
        )
        .join(t.seat, (seat.org_id == s.org_id) & (seat.case_id == s.case_id))
        .join(
            t.record,
            (r.org_id == s.org_id) & (r.case_id == s.case_id) & (r.version == s.membership),
        )
        .where(s.org_id == call.org, *_seated(call))
        .order_by(s.case_id)
    )
    streams = tuple(
        Head(
            row.case_id,
            row.seq,
            bytes(row.digest),
            row.membership,
            Role(row.role),
            row.news,
            bytes(row.record),
        )
        for row in rows
    )
    directory = call.db.execute(version).scalar() or 0
    return Heads(epoch, call.milliseconds, directory, streams, _elsewhere(call), _gone(call))


def _news() -> Label[int]:
    """Proofs of erasure and late work only become more, or are let in and then leave a record."""
    s = t.stream.c
    counts = [
        select(func.count())
        .where(table.c.org_id == s.org_id, table.c.case_id == s.case_id)
        .scalar_subquery()
        for table in (t.erasure, t.aside)
    ]
    return (counts[0] * _MOST_NEWS + counts[1]).label("news")


def _gone(call: Call) -> tuple[UUID, ...]:
    """The cases that the asking user left and this device has not proved to have erased."""
    seat, e, (org, user) = t.seat.c, t.erasure.c, call.caller.who
    erased = select(e.case_id).where(e.org_id == call.org, e.device_id == call.caller.id)
    query = select(seat.case_id).where(
        seat.org_id == call.org,
        seat.user_org == org,
        seat.user_id == user,
        seat.gone.is_not(None),
        seat.case_id.not_in(erased),
    )
    return tuple(call.db.execute(query.order_by(seat.case_id)).scalars())


def _elsewhere(call: Call) -> tuple[str, ...]:
    e = t.elsewhere.c
    if not call.at_home:
        return ()
    query = select(e.handle).where(e.org_id == call.org, e.user_id == call.caller.user)
    return tuple(call.db.execute(query.order_by(e.handle)).scalars())


def pull(call: Call, asked: Pull) -> Page:
    """A page of a stream, to who is in the case: whole pushes, at most 500 changes or 4 MiB."""
    stream = seated(call, asked.case)
    if stream is None or asked.after < 0:
        raise not_here()
    end = _page_end(call, asked.case, asked.after, stream.seq)
    rows = call.db.execute(
        select(c.device_id, c.header, c.body, c.body_hash, c.signature)
        .where(c.org_id == call.org, c.case_id == asked.case)
        .where(c.seq > asked.after, c.seq <= end)
        .order_by(c.seq)
    ).all()
    signatures = {row.device_id: bytes(row.signature) for row in rows if row.signature}
    changes = tuple(_sealed(row) for row in rows)
    _note_seen(call, asked.case, max(end, min(asked.after, stream.seq)))
    batch = pack_batch(Batch(asked.case, changes, tuple(signatures.items())))
    return Page(batch, stream.seq, bytes(stream.digest))


def seated(call: Call, case: UUID) -> Row[int, bytes, str] | None:
    """(seq, digest, role) of a stream whose case the asking user is in; None otherwise."""
    s, seat = t.stream.c, t.seat.c
    return call.db.execute(
        select(s.seq, s.digest, seat.role)
        .join(t.seat, (seat.org_id == s.org_id) & (seat.case_id == s.case_id))
        .where(s.org_id == call.org, s.case_id == case, *_seated(call))
    ).one_or_none()


def _seated(call: Call) -> tuple[ColumnElement[bool], ...]:
    seat, (org, user) = t.seat.c, call.caller.who
    return seat.user_org == org, seat.user_id == user, seat.gone.is_(None)


def _page_end(call: Call, case: UUID, after: int, seq: int) -> int:
    """The last number of the page: the end of a push, so that a page ends in signatures."""
    size = func.octet_length(c.header) + func.coalesce(func.octet_length(c.body), HASH_BYTES)
    so_far = (
        select(c.seq, c.push_end, func.sum(size).over(order_by=c.seq).label("size"))
        .where(c.org_id == call.org, c.case_id == case)
        .where(c.seq > after, c.seq <= min(after + _SCANNED, seq))
        .subquery()
    )
    ends = select(so_far.c.seq, so_far.c.size).where(so_far.c.seq == so_far.c.push_end)
    found = call.db.execute(ends.order_by(so_far.c.seq)).all()
    fitting = [
        end for end, size in found if end - after <= MOST_CHANGES and size <= MOST_PUSH_BYTES
    ]
    return fitting[-1] if fitting else found[0][0] if found else after


def _sealed(row: Row[Any, Any, Any, Any, Any]) -> Sealed:
    whole = row.body is not None
    return Sealed(
        bytes(row.header),
        bytes(row.body) if whole else None,
        b"" if whole else bytes(row.body_hash),  # only what has no body is sent by its hash
    )


def _note_seen(call: Call, case: UUID, seq: int) -> None:
    row = {
        "org_id": call.org,
        "case_id": case,
        "device_id": call.caller.id,
        "seq": seq,
        "at": call.now,
    }
    new = upsert(t.seen).values(row)
    keys = ["org_id", "case_id", "device_id"]
    call.db.execute(
        new.on_conflict_do_update(index_elements=keys, set_={"seq": seq, "at": call.now})
    )
