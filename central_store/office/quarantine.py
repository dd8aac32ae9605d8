"""Unsent work of laptops that may not write any more: released or discarded by the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from caseworker_app.sync.wire.directory import Released
from caseworker_app.sync.wire.packing import pack
from central_store import tables as t
from central_store.office import wishes
from central_store.office.devices import REVOKED
from central_store.office.errors import OfficeError
from central_store.office.place import Office, the_one
from central_store.office.wishes import Kind


@dataclass(frozen=True, slots=True)
class Aside:
    """What lies aside of one laptop in one case.

    `revoked` when the laptop was: then the office decides. Of somebody who only left the case,
    whoever leads it decides on a laptop.
    """

    device: UUID
    case: UUID
    changes: int
    last: int
    since: datetime
    revoked: bool
    waits: bool


def lying_aside(office: Office) -> list[Aside]:
    """All of it, oldest first."""
    a, d = t.aside.c, t.device.c
    query = (
        select(
            a.device_id,
            a.case_id,
            func.count().label("changes"),
            func.max(a.sequence).label("last"),
            func.min(a.at).label("since"),
            d.state,
        )
        .join_from(t.aside, t.device, (a.org_id == d.org_id) & (a.device_id == d.device_id))
        .where(a.org_id == office.org)
        .group_by(a.device_id, a.case_id, d.state)
        .order_by(func.min(a.at), a.device_id, a.case_id)
    )
    with office.work() as db:
        rows = db.execute(query).all()
        asked = wishes.subjects_of_two(db, office.org, Kind.RELEASED)
    return [
        Aside(
            r.device_id,
            r.case_id,
            r.changes,
            r.last,
            r.since,
            r.state == REVOKED,
            (r.device_id, r.case_id) in asked,
        )
        for r in rows
    ]


def release(office: Office, device: str, case: str | None, now: datetime) -> list[Aside]:
    """Let it in with the next directory: of this laptop in this case, or in all its cases."""
    found = chosen(office, device, case)
    if not all(one.revoked for one in found):
        raise OfficeError(
            "This laptop is not revoked: its user only left the case.",
            "It stays aside.",
            "Whoever leads the case is asked on their laptop whether to take it.",
        )
    a = t.aside.c
    with office.work() as db:
        for one in found:
            last = db.execute(
                select(a.hash).where(
                    a.org_id == office.org,
                    a.device_id == one.device,
                    a.case_id == one.case,
                    a.sequence == one.last,
                )
            ).scalar_one()
            end = Released(one.device, one.case, one.last, bytes(last))
            subject = one.device.bytes + one.case.bytes
            wishes.put(db, office.org, Kind.RELEASED, subject, pack(end), now)
    return found


def discard(office: Office, device: str, case: str | None) -> list[Aside]:
    """Delete it for ever."""
    found = chosen(office, device, case)
    a = t.aside.c
    with office.work() as db:
        for one in found:
            here = (a.org_id == office.org, a.device_id == one.device, a.case_id == one.case)
            db.execute(delete(t.aside).where(*here, a.sequence <= one.last))
            wishes.drop(db, office.org, Kind.RELEASED, one.device.bytes + one.case.bytes)
    return found


def chosen(office: Office, device: str, case: str | None) -> list[Aside]:
    """What lies aside of this laptop, in one case or in all."""
    there = lying_aside(office)
    first_of_each = list({one.device: one for one in there}.values())
    of_device = the_one(device, first_of_each, lambda one: one.device, "laptop with work aside")
    found = [one for one in there if one.device == of_device.device]
    if case is None:
        return found
    return [the_one(case, found, lambda one: one.case, "case with work aside")]
