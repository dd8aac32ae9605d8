"""How the central store stands, in numbers alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select

from central_store import tables as t
from central_store.kept_directory import latest, said
from central_store.office.devices import ACTIVE, PENDING, REVOKED
from central_store.office.place import Office


@dataclass(frozen=True, slots=True)
class Numbers:
    """One organisation in numbers. `wishes` wait to be signed; bytes are those of documents.

    `directory` is 0 and `signed` None where no directory was published yet.
    """

    handle: str
    directory: int
    signed: datetime | None
    users: int
    pending: int
    active: int
    revoked: int
    wishes: int
    cases: int
    changes: int
    aside: int
    documents: int
    document_bytes: int
    quota: int


def numbers(office: Office) -> Numbers:
    """Count what there is."""
    org = office.org
    with office.work() as db:

        def count(table: object) -> int:
            of_org = select(func.count()).where(table.c.org_id == org)  # type: ignore[attr-defined]
            return int(db.execute(of_org).scalar_one())

        signed = latest(db, org)
        directory = said(signed) if signed else None
        d, b = t.device.c, t.blob.c
        own = (d.org_id == org, d.home_org == org)
        states = select(d.state, func.count()).where(*own).group_by(d.state)
        by_state = {row[0]: row[1] for row in db.execute(states)}
        whole = (b.org_id == org, b.whole, b.size != t.ERASED)
        size = select(func.coalesce(func.sum(b.size), 0)).where(*whole)
        quota = select(t.organisation.c.quota).where(t.organisation.c.org_id == org)
        return Numbers(
            handle=office.handle,
            directory=directory.version if directory else 0,
            signed=datetime.fromtimestamp(directory.at / 1000, UTC) if directory else None,
            users=sum(not user.left for user in directory.users) if directory else 0,
            pending=by_state.get(PENDING, 0),
            active=by_state.get(ACTIVE, 0),
            revoked=by_state.get(REVOKED, 0),
            wishes=count(t.wish),
            cases=count(t.stream),
            changes=count(t.change),
            aside=count(t.aside),
            documents=db.execute(select(func.count()).where(*whole)).scalar_one(),
            document_bytes=int(db.execute(size).scalar_one()),
            quota=db.execute(quota).scalar_one(),
        )
