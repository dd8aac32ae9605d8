"""A case that nobody can lead any more: the organisation names who does, with its root key."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.directory import NAMED_FOR, Successor
from caseworker_app.sync.wire.packing import pack
from central_store import tables as t
from central_store.office import wishes
from central_store.office.errors import OfficeError
from central_store.office.people import directory_of, find_user
from central_store.office.place import Office
from central_store.office.wishes import Kind

_SEATS = select(t.seat.c.case_id, t.seat.c.user_org, t.seat.c.user_id, t.seat.c.role).where(
    t.seat.c.gone.is_(None)
)
"""Who is in which case; an office asks for its own."""


def unled(office: Office) -> dict[UUID, list[UUID]]:
    """The cases that nobody leads who still works here on a laptop, and who is in them.

    Guests who lead one count.
    """
    s = t.seat.c
    with office.work() as db:
        directory = directory_of(db, office)
        rows = db.execute(_SEATS.where(s.org_id == office.org).order_by(s.case_id)).all()
    led = {
        row.case_id
        for row in rows
        if row.role == Role.LEADS.value
        and (row.user_org != office.org or directory.devices_of(row.user_id))
    }
    found: dict[UUID, list[UUID]] = {}
    for row in rows:
        if row.case_id not in led:
            found.setdefault(row.case_id, []).append(row.user_id)
    return found


def members(office: Office, case: UUID, role: Role | None = None) -> list[UUID]:
    """The users who are in a case, as far as the central store knows; with a role, who has it."""
    s = t.seat.c
    query = _SEATS.where(s.org_id == office.org, s.case_id == case)
    with office.work() as db:
        rows = db.execute(query.order_by(s.user_id)).all()
    return [row.user_id for row in rows if role is None or row.role == role.value]


def name_successor(office: Office, case: UUID, typed: str, now: datetime) -> Successor:
    """Have it signed that a user leads this case. OfficeError when there is no such case."""
    user = find_user(office, typed)
    s = t.stream.c
    query = select(s.membership).where(s.org_id == office.org, s.case_id == case)
    with office.work() as db:
        version = db.execute(query).scalar()
        if version is None or user.left:
            raise OfficeError(
                "This user has left." if user.left else f"There is no case {case} here.",
                "Nothing was changed.",
                "Give the id of somebody who works here, and of a case that `case unled` lists.",
            )
        named = Successor(case, user.id, version + NAMED_FOR)
        wishes.put(db, office.org, Kind.SUCCESSOR, case.bytes, pack(named), now)
    return named
