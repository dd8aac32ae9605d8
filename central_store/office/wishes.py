"""What the office wants to have in the next directory, kept until that directory is published."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.sync.wire.directory import KEY_BYTES, Released, Successor
from caseworker_app.sync.wire.packing import unpack
from central_store import tables as t
from central_store.kept_directory import latest
from central_store.office.papers import NewDevice, NewName, NewPartner, Wishes
from central_store.office.place import Office

_ID_BYTES = 16


class Kind(StrEnum):
    """What a wish is about; its subject are the bytes of the id, its content depends on it."""

    NAME = "name"  # a user's name, sealed for the escrow key
    LEFT = "left"
    DEVICE = "device"  # user + signing key + receiving key, as they were confirmed
    REVOKED = "revoked"
    PARTNER = "partner"
    RELEASED = "released"  # subject: device + case
    SUCCESSOR = "successor"  # subject: case


def put(
    db: Connection, org: UUID, kind: Kind, subject: bytes, content: bytes, now: datetime
) -> None:
    """Ask for it; what was asked before about the same is replaced."""
    row = {"org_id": org, "kind": kind.value, "subject": subject, "content": content, "at": now}
    change = upsert(t.wish).values(row)
    keys = ["org_id", "kind", "subject"]
    db.execute(
        change.on_conflict_do_update(index_elements=keys, set_={"content": content, "at": now})
    )


def drop(db: Connection, org: UUID, kind: Kind, subject: bytes) -> None:
    """Do not ask for it any more."""
    w = t.wish.c
    db.execute(delete(t.wish).where(w.org_id == org, w.kind == kind.value, w.subject == subject))


def subjects(db: Connection, org: UUID, kind: Kind) -> dict[UUID, bytes]:
    """What is asked of this kind: content by id."""
    rows = [row for row in _rows(db, org) if row.kind == kind]
    return {UUID(bytes=bytes(row.subject[:_ID_BYTES])): bytes(row.content) for row in rows}


def subjects_of_two(db: Connection, org: UUID, kind: Kind) -> set[tuple[UUID, UUID]]:
    """The pairs of ids of wishes about two things."""
    found = (bytes(row.subject) for row in _rows(db, org) if row.kind == kind)
    return {(UUID(bytes=one[:_ID_BYTES]), UUID(bytes=one[_ID_BYTES:])) for one in found}


def prepare(office: Office) -> Wishes:
    """All that waits to be signed, with the directory it is to be built on."""
    with office.work() as db:
        previous = latest(db, office.org)
        rows = _rows(db, office.org)
    asked = {kind: [r for r in rows if r.kind == kind] for kind in Kind}
    return Wishes(
        handle=office.handle,
        previous=previous,
        names=tuple(NewName(_id(r), bytes(r.content)) for r in asked[Kind.NAME]),
        left=tuple(_id(r) for r in asked[Kind.LEFT]),
        devices=tuple(_device(r) for r in asked[Kind.DEVICE]),
        revoked=tuple(_id(r) for r in asked[Kind.REVOKED]),
        partners=tuple(unpack(NewPartner, bytes(r.content)) for r in asked[Kind.PARTNER]),
        released=tuple(unpack(Released, bytes(r.content)) for r in asked[Kind.RELEASED]),
        successors=tuple(unpack(Successor, bytes(r.content)) for r in asked[Kind.SUCCESSOR]),
        asked=tuple(_digest(r) for r in rows),
    )


def settle(db: Connection, org: UUID, fulfilled: Sequence[bytes]) -> None:
    """Forget what a published directory fulfils; what was asked meanwhile stays."""
    for row in _rows(db, org):
        if _digest(row) in fulfilled:
            drop(db, org, Kind(row.kind), bytes(row.subject))


def device_content(user: UUID, signing: bytes, receiving: bytes) -> bytes:
    """What is kept of a confirmed laptop: exactly the keys whose fingerprint was compared."""
    return user.bytes + signing + receiving


def _rows(db: Connection, org: UUID) -> Sequence[Row[tuple[object, ...]]]:
    w = t.wish.c
    return db.execute(select(t.wish).where(w.org_id == org).order_by(w.at, w.subject)).all()


def _digest(row: Row[tuple[object, ...]]) -> bytes:
    said = f"{row.kind}\n".encode() + len(row.subject).to_bytes(1, "big")
    return hashlib.sha256(said + bytes(row.subject) + bytes(row.content)).digest()


def _id(row: Row[tuple[object, ...]]) -> UUID:
    return UUID(bytes=bytes(row.subject))


def _device(row: Row[tuple[object, ...]]) -> NewDevice:
    content = bytes(row.content)
    keys = content[_ID_BYTES:]
    return NewDevice(_id(row), UUID(bytes=content[:_ID_BYTES]), keys[:KEY_BYTES], keys[KEY_BYTES:])
