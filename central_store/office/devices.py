"""The laptops of an organisation: compared, confirmed, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from caseworker_app.sync.wire.directory import fingerprint
from central_store import tables as t
from central_store.call import State
from central_store.office import wishes
from central_store.office.errors import OfficeError
from central_store.office.place import Office, the_one
from central_store.office.wishes import Kind, device_content

PENDING, ACTIVE, REVOKED = State.PENDING.value, State.ACTIVE.value, State.REVOKED.value


@dataclass(frozen=True, slots=True)
class Laptop:
    """A laptop as the central store knows it. `waits` for what the next directory brings."""

    id: UUID
    user: UUID
    state: str
    signing: bytes
    receiving: bytes
    since: datetime
    last_seen: datetime | None
    waits: bool

    @property
    def fingerprint(self) -> str:
        """What stands on the laptop's page too, to be compared by two people."""
        return fingerprint(self.signing, self.receiving)


def laptops(office: Office) -> list[Laptop]:
    """The organisation's own laptops, oldest first. Guests belong to their own organisation."""
    d = t.device.c
    with office.work() as db:
        rows = db.execute(
            select(t.device)
            .where(d.org_id == office.org, d.home_org == office.org)
            .order_by(d.since, d.device_id)
        ).all()
        confirmed = wishes.subjects(db, office.org, Kind.DEVICE)
        revoked = wishes.subjects(db, office.org, Kind.REVOKED)
    return [
        Laptop(
            row.device_id,
            row.user_id,
            row.state,
            bytes(row.signing),
            bytes(row.receiving or b""),
            row.since,
            row.last_seen,
            row.device_id in confirmed or row.device_id in revoked,
        )
        for row in rows
    ]


def find_laptop(office: Office, typed: str) -> Laptop:
    """The laptop with this id, or whose id begins so."""
    return the_one(typed, laptops(office), lambda laptop: laptop.id, "laptop")


def confirm_device(office: Office, typed: str, now: datetime) -> Laptop:
    """Have a laptop signed, whose fingerprint somebody has compared.

    What is signed later are the keys that were compared now, whatever the table says then.
    """
    laptop = find_laptop(office, typed)
    if laptop.state != PENDING:
        raise OfficeError(
            f"This laptop is {laptop.state}, not pending.",
            "Nothing was changed.",
            "Only a laptop that was connected and is not signed yet can be confirmed.",
        )
    content = device_content(laptop.user, laptop.signing, laptop.receiving)
    with office.work() as db:
        wishes.put(db, office.org, Kind.DEVICE, laptop.id.bytes, content, now)
    return laptop


def revoke_device(office: Office, typed: str, now: datetime) -> Laptop:
    """Shut a laptop out at once, and have it said in the next directory.

    From then on no laptop gives it a key, and it erases itself at its next contact. One that was
    never signed is simply not listed; one that was confirmed may be in a directory on its way. One
    that is shut out already is so by the directory, or waits for it.
    """
    laptop = find_laptop(office, typed)
    d, k = t.device.c, t.token.c
    here = (d.org_id == office.org, d.device_id == laptop.id)
    with office.work() as db:
        db.execute(update(t.device).where(*here).values(state=REVOKED))
        db.execute(delete(t.token).where(k.org_id == office.org, k.device_id == laptop.id))
        wishes.drop(db, office.org, Kind.DEVICE, laptop.id.bytes)
        if laptop.state == ACTIVE or laptop.waits:
            wishes.put(db, office.org, Kind.REVOKED, laptop.id.bytes, b"", now)
    return laptop
