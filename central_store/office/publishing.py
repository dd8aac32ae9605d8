"""Bringing signed directories to the central store: the first of an organisation, and the next."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from caseworker_app.sync.wire.directory import SignedDirectory, believed
from caseworker_app.sync.wire.packing import Malformed
from central_store import tables as t
from central_store.call import Call, Refused
from central_store.database import transaction
from central_store.directories import accept
from central_store.office import wishes
from central_store.office.errors import NotTaken, OfficeError
from central_store.office.keys import HANDLE
from central_store.office.papers import Signed
from central_store.office.place import Office
from central_store.organisations import QUOTA


def admit(engine: Engine, signed: SignedDirectory, now: datetime, quota: int = QUOTA) -> Office:
    """Take a new organisation in. From now on only its root key speaks for it."""
    try:
        found = signed.directory
    except Malformed:
        found = None
    if found is None or not believed(signed, found.root) or not HANDLE.fullmatch(found.handle):
        raise _not_signed()
    office = Office(engine, found.org, found.handle)
    first_root = signed.roots[0].old if signed.roots else found.root
    with transaction(engine, office.org) as db:
        o = t.organisation.c
        if db.execute(select(o.org_id).where(o.org_id == office.org)).first():
            raise OfficeError(
                f"The organisation “{found.handle}” is here already.",
                "Nothing was changed.",
                "To bring a newer directory of it: directory publish FILE.",
            )
        row = {"org_id": office.org, "handle": found.handle, "root": first_root}
        db.execute(insert(t.organisation).values(**row, quota=quota, since=now))
        _accept(db, office, signed, now)
    return office


def publish(office: Office, paper: Signed, now: datetime) -> int:
    """Put the next directory in force, and forget the wishes it fulfils. Returns its version."""
    with office.work() as db:
        _accept(db, office, paper.directory, now)
        wishes.settle(db, office.org, paper.fulfilled)
    return paper.directory.directory.version


def _accept(db: Connection, office: Office, signed: SignedDirectory, now: datetime) -> None:
    call = Call(db, office.org, office.handle, now, secrets.token_bytes)
    try:
        accept(call, signed)
    except Refused as refused:
        if refused.error != "moved-on":
            raise _not_signed() from None
        raise NotTaken(
            "The central store has a newer directory than this file.",
            "The newer one stays in force.",
            "Prepare, sign and publish once more: directory prepare --out FILE.",
        ) from None


def _not_signed() -> NotTaken:
    return NotTaken(
        "This directory is not signed by the root key of the organisation.",
        "Nothing was changed.",
        "Sign it with the organisation's key file: directory sign --key KEYS FILE --out FILE.",
    )
