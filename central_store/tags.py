"""People known twice: blind tags that the server compares and cannot read.

The laptops of an organisation make a tag from a name and a birth date with a key that only they
hold. Whoever asks learns which colleagues to ask, and never about which case.
"""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.messages import AskTags, Done, Known, PutTags
from caseworker_app.sync.wire.packing import Malformed
from central_store import tables as t
from central_store.call import Call, not_here
from central_store.stream_rows import locked
from central_store.streams import seated

TAG_BYTES = 32
MOST_TAGS = 64


def put(call: Call, asked: PutTags) -> Done:
    """Keep the tags of a case, in place of those from before; none of an erased one."""
    _sensible(asked.tags)
    seat = seated(call, asked.case) if call.at_home else None
    if seat is None or seat.role == Role.READS:
        raise not_here()
    stream = locked(call, asked.case)
    tag = t.tag.c
    call.db.execute(delete(t.tag).where(tag.org_id == call.org, tag.case_id == asked.case))
    rows = [
        {"org_id": call.org, "tag": one, "case_id": asked.case} for one in sorted(set(asked.tags))
    ]
    if rows and stream is not None and not stream.erased:
        call.db.execute(insert(t.tag), rows)
    return Done()


def known(call: Call, asked: AskTags) -> Known:
    """Who leads a case of such a person, the asking user left out."""
    _sensible(asked.tags)
    if not call.at_home:
        raise not_here()
    tag, seat = t.tag.c, t.seat.c
    users = call.db.execute(
        select(seat.user_id)
        .distinct()
        .join(t.tag, (tag.org_id == seat.org_id) & (tag.case_id == seat.case_id))
        .where(seat.org_id == call.org, tag.tag.in_(asked.tags))
        .where(seat.user_org == call.org, seat.user_id != call.caller.user)
        .where(seat.role == Role.LEADS.value, seat.gone.is_(None))
        .order_by(seat.user_id)
    )
    return Known(tuple(users.scalars()))


def _sensible(tags: tuple[bytes, ...]) -> None:
    if len(tags) > MOST_TAGS or any(len(one) != TAG_BYTES for one in tags):
        raise Malformed
