"""Documents: sealed bytes under the hash of their ciphertext, brought in pieces, fetched in pieces.

As in tus: `PUT` says how large it will be, `PATCH` appends at an offset, `HEAD` says how far it is.
It counts once all of it is here and its hash fits; before that, nobody can fetch a byte of it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.changes import HASH_BYTES
from caseworker_app.sync.wire.messages import Refusal
from caseworker_app.sync.wire.packing import Malformed, pack
from central_store import tables as t
from central_store.call import Call, Plain, Raw, Refused, not_here
from central_store.stream_rows import is_erased, locked
from central_store.streams import seated

MOST_DOCUMENT_BYTES = 101 * 1024 * 1024
MOST_ANSWER_BYTES = 4 * 1024 * 1024
"""Of one answer: whoever fetches asks for the rest with `Range`."""

UNFINISHED_DAYS = 7
OFFSET, LENGTH = "Upload-Offset", "Upload-Length"
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")
b, p = t.blob.c, t.blob_part.c


def create(call: Call, asked: Raw) -> Plain:
    """Begin a document in a case where the asking user writes; again is no harm.

    One that the organisation has erased here is told to be wholly here: it shall not come again.
    """
    blob, case, size = _id(asked), _case(asked), _number(asked.query.get("size", ""))
    if not 0 < size <= MOST_DOCUMENT_BYTES:
        raise Refused("too-large" if size else "malformed")
    seat = seated(call, case)
    if seat is None or seat.role == Role.READS:
        raise not_here()
    there = _row(call, blob, case)
    if there is None:
        _begin(call, blob, case, size)
        there = _row(call, blob, case)
    if there is not None and there.size == t.ERASED:
        return Plain(200, _state(size, size))
    if there is None or there.size != size:
        raise Refused("moved-on")
    return Plain(200, _state(there.offset, there.size))


def head(call: Call, asked: Raw) -> Plain:
    """How far a document is."""
    there = _found(call, asked)
    return Plain(200, _state(there.offset, there.size))


def append(call: Call, asked: Raw) -> Plain:
    """Append bytes at the offset that the document has; another offset is told (409)."""
    offset = _number(asked.headers.get(OFFSET, ""))
    seen = _found(call, asked)
    seat = seated(call, seen.case_id)
    if seat is None or seat.role == Role.READS:
        raise not_here()
    there = _row(call, bytes(seen.blob_id), seen.case_id, lock=True)
    if there is None:
        raise not_here()
    end = offset + len(asked.body)
    if offset != there.offset:
        raise Refused("moved-on", headers=_state(there.offset, there.size))
    if end > there.size:
        raise Malformed
    _have_room(call, len(asked.body))
    here = {"org_id": call.org, "case_id": there.case_id, "blob_id": bytes(there.blob_id)}
    if asked.body:
        call.db.execute(insert(t.blob_part).values(**here, start=offset, data=asked.body))
    is_whole = end == there.size
    if is_whole and not there.whole and not _hash_fits(call, there):
        call.db.execute(delete(t.blob).where(*_where(call, there)))
        return Plain(400, body=pack(Refusal("malformed")))
    moved = {"offset": end, "whole": is_whole, "at": call.now}
    call.db.execute(update(t.blob).where(*_where(call, there)).values(**moved))
    return Plain(204, _state(end, there.size))


def get(call: Call, asked: Raw) -> Plain:
    """A whole document, or as much of it as one answer holds from where `Range` begins."""
    there = _found(call, asked)
    if not there.whole or there.size == t.ERASED:
        raise not_here()
    found = _RANGE.fullmatch(asked.headers.get("range", "bytes=0-"))
    if found is None:
        raise Malformed
    start, last = int(found[1]), int(found[2] or there.size - 1)
    end = min(last + 1, there.size, start + MOST_ANSWER_BYTES)
    if start >= end:
        return Plain(416, {"Content-Range": f"bytes */{there.size}"})
    body = _bytes(call, there, start, end)
    if (start, end) == (0, there.size):
        return Plain(200, {"Accept-Ranges": "bytes"}, body)
    return Plain(206, {"Content-Range": f"bytes {start}-{end - 1}/{there.size}"}, body)


def names(call: Call, case: UUID) -> bytes:
    """The ids of all documents of a case that are wholly here."""
    query = select(b.blob_id).where(b.org_id == call.org, b.case_id == case, b.whole)
    return b"".join(map(bytes, call.db.execute(query.order_by(b.blob_id)).scalars()))


def _bytes(call: Call, there: Row[UUID, bytes, int, int, bool], start: int, end: int) -> bytes:
    where = (p.org_id == call.org, p.case_id == there.case_id, p.blob_id == there.blob_id)
    first = select(func.max(p.start)).where(*where, p.start <= start).scalar_subquery()
    rows = call.db.execute(
        select(p.start, p.data).where(*where, p.start >= first, p.start < end).order_by(p.start)
    )
    return b"".join(
        memoryview(row.data)[max(0, start - row.start) : end - row.start] for row in rows
    )


def _hash_fits(call: Call, there: Row[UUID, bytes, int, int, bool]) -> bool:
    """Whether the id is the hash of all that came. One piece at a time is in memory."""
    where = (p.org_id == call.org, p.case_id == there.case_id, p.blob_id == there.blob_id)
    starts = call.db.execute(select(p.start).where(*where).order_by(p.start)).scalars().all()
    found = hashlib.sha256()
    for start in starts:
        piece = select(p.data).where(*where, p.start == start)
        found.update(call.db.execute(piece).scalar_one())
    return found.digest() == bytes(there.blob_id)


def _begin(call: Call, blob: bytes, case: UUID, size: int) -> None:
    """Make room and a row for a document; of an erased case only its id is kept."""
    erased = is_erased(call, case, locked(call, case))
    if erased:
        size = t.ERASED
    else:
        _make_room(call, size)
    row = {"org_id": call.org, "case_id": case, "blob_id": blob, "size": size, "offset": 0}
    new = upsert(t.blob).values(**row, whole=erased, at=call.now)
    call.db.execute(new.on_conflict_do_nothing())


def _make_room(call: Call, size: int) -> None:
    """Let fall what nobody finished, and see whether the organisation has room for more."""
    stale = call.now - timedelta(days=UNFINISHED_DAYS)
    call.db.execute(delete(t.blob).where(b.org_id == call.org, b.whole.is_(False), b.at < stale))
    _have_room(call, size)


def _have_room(call: Call, size: int) -> None:
    """Whether the organisation has room for so much more.

    What came counts, not what was announced: else whoever announces much takes the room of all.
    """
    used = select(func.coalesce(func.sum(b.offset), 0)).where(b.org_id == call.org)
    quota = select(t.organisation.c.quota).where(t.organisation.c.org_id == call.org)
    if call.db.execute(used).scalar_one() + size > call.db.execute(quota).scalar_one():
        raise Refused("no-room")


def _found(call: Call, asked: Raw) -> Row[UUID, bytes, int, int, bool]:
    """The document, if it lies in a case of the asking user; what is unfinished, if they write."""
    seat, (org, user) = t.seat.c, call.caller.who
    mine = (seat.org_id == b.org_id) & (seat.case_id == b.case_id)
    query = (
        select(b.case_id, b.blob_id, b.size, b.offset, b.whole)
        .join(t.seat, mine)
        .where(b.org_id == call.org, b.blob_id == _id(asked))
        .where(seat.user_org == org, seat.user_id == user, seat.gone.is_(None))
        .where(b.whole | (seat.role != Role.READS.value))
        .order_by(b.whole.desc(), b.case_id)
    )
    if "case" in asked.query:
        query = query.where(b.case_id == _case(asked))
    row = call.db.execute(query.limit(1)).one_or_none()
    if row is None:
        raise not_here()
    return row


def _row(
    call: Call, blob: bytes, case: UUID, *, lock: bool = False
) -> Row[UUID, bytes, int, int, bool] | None:
    query = select(b.case_id, b.blob_id, b.size, b.offset, b.whole).where(
        b.org_id == call.org, b.case_id == case, b.blob_id == blob
    )
    return call.db.execute(query.with_for_update() if lock else query).one_or_none()


def _where(call: Call, there: Row[UUID, bytes, int, int, bool]) -> tuple[ColumnElement[bool], ...]:
    return b.org_id == call.org, b.case_id == there.case_id, b.blob_id == there.blob_id


def _state(offset: int, size: int) -> dict[str, str]:
    return {OFFSET: str(offset), LENGTH: str(size)}


def _id(asked: Raw) -> bytes:
    try:
        blob = bytes.fromhex(asked.path["id"])
    except ValueError:
        raise not_here() from None
    if len(blob) != HASH_BYTES:
        raise not_here()
    return blob


def _case(asked: Raw) -> UUID:
    try:
        return UUID(hex=asked.query.get("case", ""))
    except ValueError:
        raise Malformed from None


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > len(str(1 << 48)):
        raise Malformed
    return int(text)
