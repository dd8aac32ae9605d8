"""The users of an organisation. Their names never lie in the clear at the central store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection

from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire.directory import Directory
from central_store.kept_directory import latest
from central_store.office import devices, wishes
from central_store.office.devices import Laptop
from central_store.office.directory import name_info
from central_store.office.errors import OfficeError
from central_store.office.place import Office, the_one
from central_store.office.wishes import Kind

MOST_LETTERS = 120


@dataclass(frozen=True, slots=True)
class Listed:
    """A user as the central store knows them. `waits` when something about them is to be signed."""

    id: UUID
    left: bool
    waits: bool


def add_user(office: Office, name: str, now: datetime) -> UUID:
    """A new user: listed with the next directory. A laptop can be connected at once."""
    user = uuid4()
    _seal(office, user, name, now)
    return user


def rename_user(office: Office, typed: str, name: str, now: datetime) -> UUID:
    """Another name for a user, with the next directory."""
    user = find_user(office, typed)
    _seal(office, user.id, name, now)
    return user.id


def user_left(office: Office, typed: str, now: datetime) -> tuple[Listed, list[Laptop]]:
    """Somebody works here no more. It cannot be undone.

    Gives them as they were before, and the laptops that this shuts out.
    """
    user = find_user(office, typed)
    theirs = [
        laptop
        for laptop in devices.laptops(office)
        if laptop.user == user.id and laptop.state != devices.REVOKED
    ]
    for laptop in theirs:
        devices.revoke_device(office, str(laptop.id), now)
    if not user.left:
        with office.work() as db:
            wishes.put(db, office.org, Kind.LEFT, user.id.bytes, b"", now)
    return user, theirs


def users(office: Office) -> list[Listed]:
    """All users, also those who are not signed yet."""
    with office.work() as db:
        listed = directory_of(db, office).users
        names = wishes.subjects(db, office.org, Kind.NAME)
        leaving = wishes.subjects(db, office.org, Kind.LEFT)
    found = {user.id: user.left for user in listed}
    found |= {new: found.get(new, False) for new in names}
    waiting = names.keys() | leaving.keys()
    return [Listed(id_, left or id_ in leaving, id_ in waiting) for id_, left in found.items()]


def find_user(office: Office, typed: str) -> Listed:
    """The user with this id, or whose id begins so."""
    return the_one(typed, users(office), lambda user: user.id, "user")


def directory_of(db: Connection, office: Office) -> Directory:
    """The directory in force. OfficeError when there is none, which no organisation is without."""
    signed = latest(db, office.org)
    if signed is None:
        raise OfficeError(
            f"The organisation “{office.handle}” has no directory here.",
            "Nothing was changed.",
            "Publish its last signed directory: directory publish FILE.",
        )
    return signed.directory


def _seal(office: Office, user: UUID, name: str, now: datetime) -> None:
    plain = " ".join(name.split())
    if not plain or len(plain) > MOST_LETTERS or not plain.isprintable():
        raise OfficeError(
            "This is no name.",
            "Nothing was changed.",
            f"Give 1 to {MOST_LETTERS} letters, as colleagues shall read it.",
        )
    with office.work() as db:
        escrow = directory_of(db, office).escrow
        sealed = hpke.wrap(escrow, plain.encode(), name_info(office.org, user))
        wishes.put(db, office.org, Kind.NAME, user.bytes, sealed, now)
