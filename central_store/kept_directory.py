"""The signed directory of an organisation, as the server keeps it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, select

from caseworker_app.sync.wire.directory import Directory, SignedDirectory
from caseworker_app.sync.wire.packing import unpack
from central_store import tables as t
from central_store.prepared import ORG, Prepared

_LATEST = Prepared(select(t.directory.c.signed).where(t.directory.c.org_id == ORG))


def latest(db: Connection, org: UUID) -> SignedDirectory | None:
    """The directory of the organisation that the transaction belongs to; None before its first."""
    found = _LATEST.first(db, org=org)
    return None if found is None else unpack(SignedDirectory, found.signed)


def leads_until(db: Connection, org: UUID, case: UUID, who: tuple[UUID, UUID]) -> int:
    """Up to which version of its records the organisation lets somebody lead a case; 0: not."""
    signed = latest(db, org)
    return said(signed).leads_until(case, *who) if signed else 0


def said(signed: SignedDirectory) -> Directory:
    """What a directory says that was believed before it was kept."""
    return signed.directory
