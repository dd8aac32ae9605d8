"""The only places where one organisation's transaction touches another organisation's rows.

1. `partner`: a directory is shown to those who name each other as partners in what their root
   keys signed, and to guests who are in a case together with somebody from there.
2. `invite`: whoever is invited finds the inviting organisation's handle in their own one.
3. `follow`: a laptop that its organisation revoked is revoked wherever it is a guest.

Each of them names the other organisation for a moment and returns; nothing else may call `enter`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.sync.wire.directory import Directory, SignedDirectory, believed
from central_store import tables as t
from central_store.call import Call
from central_store.database import enter
from central_store.kept_directory import latest, said


def partner(db: Connection, home: UUID, org: UUID) -> tuple[SignedDirectory, Directory] | None:
    """The partner's directory, if both directories name the other with the root that signed it.

    `home` is the organisation that the transaction belongs to.
    """
    own = latest(db, home)
    entry = said(own).partner(org) if own and org != home else None
    if own is None or entry is None:
        return None
    with _inside(db, home, org):
        theirs = latest(db, org)
    if theirs is None or not believed(theirs, entry.root):
        return None
    back = said(theirs).partner(home)
    return (theirs, said(theirs)) if back and believed(own, back.root) else None


def invite(call: Call, users: Iterable[tuple[UUID, UUID]]) -> None:
    """Let users of partner organisations find this organisation's handle. Callers checked them."""
    for org, user in sorted(users):
        row = {"org_id": org, "user_id": user, "host_org": call.org, "handle": call.handle}
        with _inside(call.db, call.org, org):
            call.db.execute(upsert(t.elsewhere).values(row).on_conflict_do_nothing())


def follow(call: Call, revoked: Iterable[UUID]) -> None:
    """Revoke devices of this organisation wherever they are guests."""
    gone = list(revoked)
    if not gone:
        return
    e, d, k = t.elsewhere.c, t.device.c, t.token.c
    query = select(e.host_org).distinct().where(e.org_id == call.org).order_by(e.host_org)
    for host in call.db.execute(query).scalars().all():
        with _inside(call.db, call.org, host):
            guests = (d.org_id == host, d.home_org == call.org, d.device_id.in_(gone))
            call.db.execute(update(t.device).where(*guests).values(state="revoked"))
            mine = select(d.device_id).where(*guests)
            call.db.execute(delete(t.token).where(k.org_id == host, k.device_id.in_(mine)))


@contextmanager
def _inside(db: Connection, home: UUID, other: UUID) -> Iterator[None]:
    enter(db, other)
    yield  # whatever fails in here ends the transaction
    enter(db, home)
