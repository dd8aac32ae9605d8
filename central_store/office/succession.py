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


def unled(office: Office) -> list[UUID]:
    """The cases that nobody leads who still works here on a laptop; guests who lead one count."""
    s = t.seat.c
    query = select(s.case_id, s.user_org, s.user_id, s.role).where(
        s.org_id == office.org, s.gone.is_(None)
    )
    with office.work() as db:
        directory = directory_of(db, office)
        rows = db.execute(query.order_by(s.case_id)).all()
    led = {
        row.case_id
        for row in rows
        if row.role == Role.LEADS.value
        and (row.user_org != office.org or directory.devices_of(row.user_id))
    }
    return [case for case in dict.fromkeys(row.case_id for row in rows) if case not in led]


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
