"""The rows of a stream that is being changed: locked, read, and written on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, exists, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.sync.wire.changes import HASH_BYTES, Sealed, added
from caseworker_app.sync.wire.directory import NAMED_FOR
from caseworker_app.sync.wire.membership import (
    Closed,
    Membership,
    SignedMembership,
    is_named,
    key_checks,
)
from central_store import tables as t
from central_store.call import OF_DEVICE, Call, Device, device_of
from central_store.prepared import CASE, ORG, Prepared, Written

s, r, d, tail, gone = t.stream.c, t.record.c, t.device.c, t.tail.c, t.erased_case.c
_IS_ERASED = exists().where(gone.org_id == ORG, gone.case_id == CASE).label("erased")
_LOCKED = Prepared(
    select(s.seq, s.digest, s.membership)
    .where(s.org_id == ORG, s.case_id == CASE)
    .with_for_update()
)
_RECORD = Prepared(
    select(r.body, r.signature, _IS_ERASED).where(
        r.org_id == ORG, r.case_id == CASE, r.version == bindparam("version")
    )
)
"""Run once the stream is locked, so that it also sees an erasure that one has waited for."""

_ERASED = Prepared(select(_IS_ERASED))
_RECORDS_AFTER = Prepared(
    select(r.body, r.signature)
    .where(r.org_id == ORG, r.case_id == CASE, r.version > bindparam("after"))
    .order_by(r.version)
)
_ALL_RECORDS = Prepared(select(r.body).where(r.org_id == ORG, r.case_id == CASE))
_AUTHORS = Prepared(
    select(*OF_DEVICE, tail.sequence, tail.hash)
    .join(
        t.tail,
        (tail.org_id == d.org_id) & (tail.device_id == d.device_id) & (tail.case_id == CASE),
        isouter=True,
    )
    .where(d.org_id == ORG, d.device_id == any_(bindparam("devices", type_=ARRAY(Uuid))))
)
_TAILS = Prepared(
    select(tail.device_id, tail.sequence, tail.hash)
    .where(tail.org_id == ORG, tail.case_id == CASE)
    .order_by(tail.device_id)
)
_MOVED = Prepared(
    update(t.stream)
    .where(s.org_id == ORG, s.case_id == CASE)
    .values(seq=bindparam("end"), digest=bindparam("sum"))
)
_new = upsert(t.tail)
_MOVE_TAIL = Prepared(
    _new.on_conflict_do_update(
        index_elements=["org_id", "case_id", "device_id"],
        set_={"sequence": _new.excluded.sequence, "hash": _new.excluded.hash},
    )
)
_INSERT = Written("""
INSERT INTO change (org_id, case_id, push_end, seq, change_id, device_id,
                    header, body, body_hash, signature)
SELECT %(org)s, %(case)s, %(end)s, new.*
FROM unnest(%(seq)b::bigint[], %(change)b::uuid[], %(device)b::uuid[],
            %(header)b::bytea[], %(body)b::bytea[],
            %(hash)b::bytea[], %(signature)b::bytea[]) AS new
ON CONFLICT DO NOTHING
""")
"""Five hundred changes in one go: binary arrays, which take a tenth of the time of text."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream that this transaction has locked, and the latest record of who is in its case."""

    case: UUID
    seq: int
    digest: bytes
    latest: SignedMembership
    erased: bool
    """Then nothing with content is kept: of changes their hashes, of documents their ids."""

    @property
    def record(self) -> Membership:
        """Who is in the case."""
        return record_of(self.latest.body)


@dataclass(frozen=True, slots=True)
class Author:
    """A device that wrote changes, and where its chain in the stream ends now."""

    device: Device
    sequence: int = 0
    hash: bytes = b""


def record_of(body: bytes) -> Membership:
    """What a record says. Malformed when it says nothing sensible."""
    return SignedMembership(body, b"").record


def locked(call: Call, case: UUID) -> Stream | None:
    """The stream, locked until the transaction ends: whoever comes next waits, and sees all of it.

    That is why the numbers in a stream are in the order of commits.
    """
    found = call.first(_LOCKED, case=case)
    if found is None:
        return None
    latest: Any = call.first(_RECORD, case=case, version=found.membership)
    signed = SignedMembership(latest.body, latest.signature)
    return Stream(case, found.seq, found.digest, signed, latest.erased)


def is_erased(call: Call, case: UUID, stream: Stream | None) -> bool:
    """Whether a case was erased, also one that has no stream here, or had none until now."""
    found: Any = stream or call.first(_ERASED, case=case)
    return bool(found.erased)


def records_after(call: Call, case: UUID, after: int) -> tuple[SignedMembership, ...]:
    """The records of a case after this version."""
    rows = call.all(_RECORDS_AFTER, case=case, after=after)
    return tuple(SignedMembership(row.body, row.signature) for row in rows)


def named_still(
    call: Call,
    case: UUID,
    who: tuple[UUID, UUID],
    until: int,
    new: Iterable[SignedMembership] = (),
) -> bool:
    """Whether somebody whom the organisation has named `until` a version may lead the case.

    By the records that are here, and `new` ones on top of them.
    """
    if not until:
        return False
    here = records_after(call, case, until - NAMED_FOR - 1)
    return is_named((*here, *new), who, until)


def epochs_of(call: Call, case: UUID) -> set[int]:
    """The epochs that the records of a case speak of, those of joined branches included."""
    rows = call.all(_ALL_RECORDS, case=case)
    return {epoch for row in rows for epoch in key_checks(record_of(row.body))}


def authors(call: Call, case: UUID, devices: Iterable[UUID]) -> dict[UUID, Author]:
    """Those of the devices that are known here, each with the end of its chain."""
    asked = sorted(devices)
    rows = call.all(_AUTHORS, case=case, devices=asked) if asked else ()
    return {
        row.device_id: Author(device_of(row), row.sequence or 0, row.hash or b"") for row in rows
    }


def tails(call: Call, case: UUID) -> tuple[Closed, ...]:
    """The ends of all devices' chains in a stream."""
    return tuple(Closed(*row) for row in call.all(_TAILS, case=case))


def append(
    call: Call,
    stream: Stream,
    fresh: Sequence[Sealed],
    ends: Mapping[UUID, Sealed],
    signatures: Mapping[UUID, bytes],
) -> Stream | None:
    """Write changes that were judged good to the end of the stream; None if an id is taken.

    `ends` are the last changes of each device; they keep their signatures. All of them are one
    push, which is never parted. Of an erased case the hashes alone are kept: the chains go on.
    """
    end = stream.seq + len(fresh)
    bodies = [None if stream.erased else one.sealed for one in fresh]
    kept = {id(last): signatures[device] for device, last in ends.items()}
    row = {
        "case": stream.case,
        "end": end,
        "seq": list(range(stream.seq + 1, end + 1)),
        "change": [one.header.change for one in fresh],
        "device": [one.header.device for one in fresh],
        "header": [one.header_bytes for one in fresh],
        "body": bodies,
        "hash": [
            one.sealed_hash if body is None else None
            for one, body in zip(fresh, bodies, strict=True)
        ],
        "signature": [kept.get(id(one)) for one in fresh],
    }
    if call.run(_INSERT, **row) != len(fresh):
        return None
    _move_tails(call, stream.case, ends.values())
    total = sum(int.from_bytes(change.hash, "big") for change in fresh)
    digest = added(stream.digest, (total % (1 << 256)).to_bytes(HASH_BYTES, "big"))
    call.run(_MOVED, case=stream.case, end=end, sum=digest)
    return replace(stream, seq=end, digest=digest)


def _move_tails(call: Call, case: UUID, last: Iterable[Sealed]) -> None:
    _MOVE_TAIL.each(
        call.db,
        [
            {
                "org_id": call.org,
                "case_id": case,
                "device_id": change.header.device,
                "sequence": change.header.sequence,
                "hash": change.hash,
            }
            for change in last
        ],
    )
