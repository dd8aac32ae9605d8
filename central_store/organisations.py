"""What the administration does to the tables: organisations, codes, the server's epoch.

All of it needs the role that owns the tables; the role that serves laptops may do none of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, insert, select, update

from caseworker_app.sync.wire.directory import KEY_BYTES, SignedDirectory, org_id
from caseworker_app.sync.wire.invitation import CODE_MINUTES
from central_store import directories
from central_store import tables as t
from central_store.admission import hashed
from central_store.call import Call, RandomBytes
from central_store.database import transaction

QUOTA = 50 * 1024**3
"""Bytes of documents that an organisation may keep, if nobody said otherwise."""


def create(owner: Engine, handle: str, root: bytes, now: datetime, quota: int = QUOTA) -> UUID:
    """Make an organisation whose directories go back to this root key (32 bytes)."""
    if len(root) != KEY_BYTES:
        raise ValueError(len(root))
    org = org_id(handle)
    with transaction(owner, org) as db:
        row = {"org_id": org, "handle": handle, "root": root, "quota": quota, "since": now}
        db.execute(insert(t.organisation).values(row))
    return org


def set_quota(db: Connection, org: UUID, quota: int) -> None:
    """Let an organisation keep so many bytes of documents."""
    o = t.organisation.c
    db.execute(update(t.organisation).where(o.org_id == org).values(quota=quota))


def handles(owner: Engine) -> tuple[str, ...]:
    """The handles of all organisations."""
    with owner.begin() as db:
        query = select(t.organisation.c.handle).order_by(t.organisation.c.handle)
        return tuple(db.execute(query).scalars())


def new_code(db: Connection, org: UUID, user: UUID, code: bytes, now: datetime) -> datetime:
    """Let a laptop of this user connect with the code, once; until when it is good."""
    c = t.code.c
    db.execute(delete(t.code).where(c.org_id == org, c.until < now))
    until = now + timedelta(minutes=CODE_MINUTES)
    row = {"org_id": org, "code_hash": hashed(code), "user_id": user, "until": until}
    db.execute(insert(t.code).values(row))
    return until


def publish(
    owner: Engine, handle: str, signed: SignedDirectory, now: datetime, randoms: RandomBytes
) -> None:
    """Put a signed directory into force. Refused as it is refused to a laptop."""
    org = org_id(handle)
    with transaction(owner, org) as db:
        directories.accept(Call(db, org, handle, now, randoms), signed)


def restored(owner: Engine, epoch: UUID) -> None:
    """Say that the database was put back from a backup: laptops then offer what it lacks."""
    with owner.begin() as db:
        db.execute(update(t.server).values(epoch=epoch))
