"""Taking new records of membership: only on top of the latest, signed by who leads by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.changes import NOTHING
from caseworker_app.sync.wire.membership import (
    FIRST,
    Closed,
    Membership,
    SignedMembership,
    may_follow,
)
from caseworker_app.sync.wire.messages import Done, PutMembers
from caseworker_app.sync.wire.signing import Purpose, to_sign, verify
from central_store import aside, guests, wrapped_keys
from central_store import tables as t
from central_store.call import Call, Device, Refused, State, not_here
from central_store.kept_directory import leads_until
from central_store.prepared import CASE, ORG, Prepared, given
from central_store.stream_rows import (
    Stream,
    authors,
    is_erased,
    locked,
    named_still,
    record_of,
    tails,
)

MOST_RECORDS_BYTES = 3 * 1024 * 1024
"""Of all records of a case: whoever has them can bring them back in one message, keys and all."""

_MAY_WRITE = (Role.WRITES, Role.LEADS)
r, s, seat = t.record.c, t.stream.c, t.seat.c
_BODIES = Prepared(select(r.version, r.body).where(r.org_id == ORG, r.case_id == CASE))
_WEIGHT = Prepared(
    select(func.coalesce(func.sum(func.octet_length(r.body)), 0).label("bytes")).where(
        r.org_id == ORG, r.case_id == CASE
    )
)
_NEW_STREAM = Prepared(upsert(t.stream).on_conflict_do_nothing())
_NEW_RECORD = Prepared(insert(t.record))
_MOVE_ON = Prepared(
    update(t.stream)
    .where(s.org_id == ORG, s.case_id == CASE)
    .values(membership=bindparam("version"))
)
_STAND_UP = Prepared(
    update(t.seat)
    .where(seat.org_id == ORG, seat.case_id == CASE, seat.gone.is_(None))
    .values(gone=bindparam("version"))
)
_in = upsert(t.seat).values(**given("org_id", "case_id", "user_org", "user_id", "role"), gone=None)
_SIT_DOWN = Prepared(
    _in.on_conflict_do_update(
        index_elements=["org_id", "case_id", "user_org", "user_id"],
        set_={"role": _in.excluded.role, "gone": _in.excluded.gone},
    )
)


def put(call: Call, asked: PutMembers) -> Done:
    """Take records and wrapped keys from a member, all of them or none.

    Several records come at once when a store is filled again that was put back from a backup.
    """
    stream = locked(call, asked.case)
    new = _new_records(call, asked, stream)
    before = stream.latest if stream else None
    latest = record_of((new[-1] if new else before or _nothing()).body)
    if not _may_bring(call, stream, latest, new):
        raise not_here()
    guests.take_in(call, latest, asked.guests)
    if new:
        try:
            _verify(call, before, new)
        except Refused:
            if stream is None or not call.is_in(stream.record):
                raise not_here() from None  # they do not even learn that there is such a case
            raise
        _write(call, asked.case, stream, new)
    if not is_erased(call, asked.case, stream):
        wrapped_keys.keep(call, latest, asked.keys)
    return Done()


def _nothing() -> SignedMembership:
    raise not_here()


def _new_records(
    call: Call, asked: PutMembers, stream: Stream | None
) -> tuple[SignedMembership, ...]:
    """Those that are not here yet. Refused as "moved-on" when one is not what is here."""
    here = record_of(stream.latest.body).version if stream else 0
    for signed in asked.records:
        record = record_of(signed.body)
        if (record.org, record.case) != (call.org, asked.case):
            raise Refused("malformed")
    old = [one for one in asked.records if record_of(one.body).version <= here]
    if old and stream and call.is_in(stream.record):
        bodies = {row.version: row.body for row in call.all(_BODIES, case=asked.case)}
        if any(bodies[record_of(one.body).version] != one.body for one in old):
            raise Refused("moved-on")
    return asked.records[len(old) :]


def _may_bring(
    call: Call, stream: Stream | None, latest: Membership, new: Iterable[SignedMembership]
) -> bool:
    """A member may, also one who is a member only by what is brought. Guests start no case.

    Where all of a case was lost, who has left it since may bring its records, too, and so may a
    guest bring those of a case that began here: nobody else may have them, and each is signed.
    """
    if stream is None:
        records = [record_of(one.body) for one in new]
        return any(map(call.is_in, records)) and (call.at_home or _began_here(call, records[0]))
    return call.is_in(stream.record) or call.is_in(latest)


def _began_here(call: Call, first: Membership) -> bool:
    """Whether a laptop of this organisation wrote the first record of a case."""
    author = authors(call, first.case, [first.author]).get(first.author)
    return author is not None and author.device.home == call.org


def _verify(call: Call, before: SignedMembership | None, new: Sequence[SignedMembership]) -> None:
    """Each must follow the one before; the last by a device that is not revoked.

    The last names the one before it by its hash, and so vouches for all of them: an earlier author
    may have been revoked since.
    """
    here = before
    records = [record_of(one.body) for one in new]
    known = authors(call, records[0].case, {record.author for record in records})
    for signed, record in zip(new, records, strict=True):
        if record.version != (record_of(before.body).version + 1 if before else FIRST):
            raise Refused("moved-on")
        if before and record.previous != before.hash:
            raise Refused("moved-on")
        author = known.get(record.author)
        if author is None or not _may_follow(call, before, record, author.device.who):
            raise Refused("malformed")
        message = to_sign(Purpose.MEMBERSHIP, signed.body)
        if not verify(author.device.signing, signed.signature, message):
            raise Refused("malformed")
        before = signed
    devices = [known[record.author].device for record in records]
    if devices[-1].state is not State.ACTIVE:
        raise not_here()
    if not _is_led(call, here, new, [device.who for device in devices]):
        raise not_here()


def _is_led(
    call: Call,
    here: SignedMembership | None,
    new: Sequence[SignedMembership],
    by: Sequence[tuple[UUID, UUID]],
) -> bool:
    """Whether each of these, by those users, is by somebody who leads, or is named still.

    An older store took records by a name that was used up. Lost ones come back with what somebody
    wrote on top who led before them: nobody vouches for themselves, or for whom they bring in.
    """
    before = here
    for at, (signed, who) in enumerate(zip(new, by, strict=True)):
        if before is not None and not record_of(before.body).leads(*who):
            case = record_of(signed.body).case
            until = leads_until(call.db, call.org, case, who)
            if not named_still(call, case, who, until, new[:at]):
                return record_of(before.body).leads(*by[-1])
        before = signed
    return True


def _may_follow(
    call: Call, before: SignedMembership | None, record: Membership, who: tuple[UUID, UUID]
) -> bool:
    if may_follow(before, record, who):
        return True
    named = leads_until(call.db, call.org, record.case, who)
    return may_follow(before, record, who, named)


def _write(call: Call, case: UUID, stream: Stream | None, new: Sequence[SignedMembership]) -> None:
    latest = record_of(new[-1].body)
    _have_room(call, latest, new)
    _ends_fit(call, case, latest)
    here = {"org_id": call.org, "case_id": case}
    if stream is None:
        row = {**here, "seq": 0, "digest": NOTHING, "membership": latest.version}
        if not call.run(_NEW_STREAM, **row):  # somebody was quicker
            raise Refused("moved-on")
    _NEW_RECORD.each(
        call.db,
        [
            {
                **here,
                "version": record_of(one.body).version,
                "body": one.body,
                "signature": one.signature,
            }
            for one in new
        ],
    )
    call.run(_MOVE_ON, case=case, version=latest.version)
    for signed in new:  # who was in by an earlier one is known as somebody who left
        _seats(call, record_of(signed.body))
    aside.admit(call, latest)


def _have_room(call: Call, latest: Membership, new: Iterable[SignedMembership]) -> None:
    """Records are read all at once and by everybody: a case may only have so much of them.

    Whom the organisation names to lead it still gets a few in, so that nobody can hold a case.
    """
    here: Any = call.first(_WEIGHT, case=latest.case)
    if here.bytes + sum(len(one.body) for one in new) <= MOST_RECORDS_BYTES:
        return
    if latest.version > leads_until(call.db, call.org, latest.case, call.caller.who):
        raise Refused("too-large")


def _ends_fit(call: Call, case: UUID, latest: Membership) -> None:
    """Every chain of a device that may write no more must be closed where it ends here, or later.

    Later: after a restore the rest is still to come, or it lies aside and is let in by this.
    """
    ends = tails(call, case)
    known = authors(call, case, [end.device for end in ends])
    for end in ends:
        closed = latest.end_of(end.device)
        if closed is None and _writes_on(known[end.device].device, latest):
            continue
        if closed is None or not _reaches(closed, end):
            raise Refused("moved-on")


def _reaches(closed: Closed, end: Closed) -> bool:
    return closed.sequence > end.sequence or closed == end


def _writes_on(device: Device, record: Membership) -> bool:
    return device.state is State.ACTIVE and record.role_of(*device.who) in _MAY_WRITE


def _seats(call: Call, record: Membership) -> None:
    """Bring the seats to what a record says."""
    call.run(_STAND_UP, case=record.case, version=record.version)
    _SIT_DOWN.each(
        call.db,
        [
            {
                "org_id": call.org,
                "case_id": record.case,
                "user_org": member.org,
                "user_id": member.user,
                "role": member.role.value,
            }
            for member in record.members
        ],
    )
