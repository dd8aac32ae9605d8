"""The signed directory of an organisation, as the server keeps it."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from sqlalchemy import Connection, select

from caseworker_app.sync.wire.directory import Directory, SignedDirectory
from caseworker_app.sync.wire.packing import unpack
from central_store import tables as t

_READ_AT_ONCE = 32


def latest(db: Connection, org: UUID) -> SignedDirectory | None:
    """The directory of the organisation that the transaction belongs to; None before its first."""
    found = db.execute(select(t.directory.c.signed).where(t.directory.c.org_id == org)).scalar()
    return None if found is None else unpack(SignedDirectory, bytes(found))


def leads_until(db: Connection, org: UUID, case: UUID, who: tuple[UUID, UUID]) -> int:
    """Up to which version of its records the organisation lets somebody lead a case; 0: not."""
    signed = latest(db, org)
    return said(signed).leads_until(case, *who) if signed else 0


def said(signed: SignedDirectory) -> Directory:
    """What a directory says that was believed before it was kept."""
    return _read(signed)


@lru_cache(_READ_AT_ONCE)
def _read(signed: SignedDirectory) -> Directory:
    return signed.directory
