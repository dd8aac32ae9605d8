"""Reading streams: how far each is, and what comes after a number."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Label, Select, bindparam, func, select
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
from central_store.prepared import CASE, DEVICE, HOME, ORG, USER, Prepared

_SCANNED = 2 * MOST_CHANGES
_MOST_NEWS = 100_000
c, s, seat, e, r = t.change.c, t.stream.c, t.seat.c, t.erasure.c, t.record.c
_SEATED = (seat.user_org == HOME, seat.user_id == USER, seat.gone.is_(None))
_of_seat = (seat.org_id == s.org_id) & (seat.case_id == s.case_id)


def _news() -> Label[int]:
    """Proofs of erasure, late work, and keys that were false and wait for others; documents.

    Documents become fewer when the store is put back, so that their number would not be enough.
    """
    b = t.blob.c
    proofs, late, false = (
        select(func.count())
        .where(table.c.org_id == s.org_id, table.c.case_id == s.case_id, *more)
        .scalar_subquery()
        for table, more in ((t.erasure, ()), (t.aside, ()), (t.wrap, (t.wrap.c.wrapped == b"",)))
    )
    begins = [func.get_byte(b.blob_id, at) for at in range(3)]
    papers = (
        select(func.coalesce(func.sum(begins[0] * 65536 + begins[1] * 256 + begins[2]), 0))
        .where(b.org_id == s.org_id, b.case_id == s.case_id, b.whole)
        .scalar_subquery()
    )
    return ((proofs + false * _MOST_NEWS) * _MOST_NEWS + late + papers).label("news")


def _pushes() -> Select[int, int]:
    """Where pushes end after a number, and how many bytes it is up to there."""
    size = func.octet_length(c.header) + func.coalesce(func.octet_length(c.body), HASH_BYTES)
    so_far = (
        select(c.seq, c.push_end, func.sum(size).over(order_by=c.seq).label("size"))
        .where(c.org_id == ORG, c.case_id == CASE)
        .where(c.seq > bindparam("after"), c.seq <= bindparam("end"))
        .subquery()
    )
    ends = select(so_far.c.seq, so_far.c.size).where(so_far.c.seq == so_far.c.push_end)
    return ends.order_by(so_far.c.seq)


_HEADS = Prepared(
    select(
        s.case_id,
        s.seq,
        s.digest,
        s.membership,
        seat.role,
        _news(),
        func.sha256(r.body).label("record"),
    )
    .join(t.seat, _of_seat)
    .join(t.record, (r.org_id == s.org_id) & (r.case_id == s.case_id) & (r.version == s.membership))
    .where(s.org_id == ORG, *_SEATED)
    .order_by(s.case_id)
)
_version = select(t.directory.c.version).where(t.directory.c.org_id == ORG)
_STANDING = Prepared(select(t.server.c.epoch, _version.scalar_subquery().label("version")))
_ELSEWHERE = Prepared(
    select(t.elsewhere.c.handle)
    .where(t.elsewhere.c.org_id == ORG, t.elsewhere.c.user_id == USER)
    .order_by(t.elsewhere.c.handle)
)
_GONE = Prepared(
    select(seat.case_id)
    .where(seat.org_id == ORG, seat.user_org == HOME, seat.user_id == USER)
    .where(seat.gone.is_not(None))
    .where(seat.case_id.not_in(select(e.case_id).where(e.org_id == ORG, e.device_id == DEVICE)))
    .order_by(seat.case_id)
)
_SEAT = Prepared(
    select(s.seq, s.digest, seat.role)
    .join(t.seat, _of_seat)
    .where(s.org_id == ORG, s.case_id == CASE, *_SEATED)
)
_PUSHES = Prepared(_pushes())
_PAGE = Prepared(
    select(c.device_id, c.header, c.body, c.body_hash, c.signature)
    .where(c.org_id == ORG, c.case_id == CASE)
    .where(c.seq > bindparam("after"), c.seq <= bindparam("end"))
    .order_by(c.seq)
)
_new = upsert(t.seen)
_SEEN = Prepared(
    _new.on_conflict_do_update(
        index_elements=["org_id", "case_id", "device_id"],
        set_={"seq": _new.excluded.seq, "at": _new.excluded.at},
    )
)


def heads(call: Call, _: object) -> Heads:
    """How far all streams are that the asking user is in, here and elsewhere."""
    streams = tuple(
        Head(row.case_id, row.seq, row.digest, row.membership, Role(row.role), row.news, row.record)
        for row in call.all(_HEADS)
    )
    standing: Any = call.first(_STANDING)
    elsewhere = call.all(_ELSEWHERE) if call.at_home else ()
    return Heads(
        standing.epoch,
        call.milliseconds,
        standing.version or 0,
        streams,
        tuple(row.handle for row in elsewhere),
        tuple(row.case_id for row in call.all(_GONE)),
    )


def pull(call: Call, asked: Pull) -> Page:
    """A page of a stream, to who is in the case: whole pushes, at most 500 changes or 4 MiB."""
    stream = seated(call, asked.case)
    if stream is None or asked.after < 0:
        raise not_here()
    end = _page_end(call, asked.case, asked.after, stream.seq)
    rows = call.all(_PAGE, case=asked.case, after=asked.after, end=end) if end > asked.after else []
    signatures = {row.device_id: row.signature for row in rows if row.signature}
    changes = tuple(_sealed(row) for row in rows)
    _note_seen(call, asked.case, max(end, min(asked.after, stream.seq)))
    batch = pack_batch(Batch(asked.case, changes, tuple(signatures.items())))
    return Page(batch, stream.seq, bytes(stream.digest))


def seated(call: Call, case: UUID) -> Any | None:
    """(seq, digest, role) of a stream whose case the asking user is in; None otherwise."""
    return call.first(_SEAT, case=case)


def _page_end(call: Call, case: UUID, after: int, seq: int) -> int:
    """The last number of the page: the end of a push, so that a page ends in signatures."""
    if after >= seq:
        return after
    found = call.all(_PUSHES, case=case, after=after, end=min(after + _SCANNED, seq))
    fitting = [
        end for end, size in found if end - after <= MOST_CHANGES and size <= MOST_PUSH_BYTES
    ]
    return fitting[-1] if fitting else found[0].seq if found else after


def _sealed(row: Any) -> Sealed:
    """Only what has no body any more is sent by its hash."""
    return Sealed(row.header, row.body, b"" if row.body is not None else row.body_hash)


def _note_seen(call: Call, case: UUID, seq: int) -> None:
    ids = {"org_id": call.org, "case_id": case, "device_id": call.caller.id}
    call.run(_SEEN, **ids, seq=seq, at=call.now)
