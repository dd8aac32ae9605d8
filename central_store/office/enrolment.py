"""Connecting a laptop: a one-time code that is good for a quarter of an hour."""

from __future__ import annotations

import secrets
from datetime import datetime

from caseworker_app.sync.wire.directory import fingerprint
from caseworker_app.sync.wire.invitation import CODE_BYTES, Invitation, is_server
from central_store.office.errors import OfficeError
from central_store.office.people import directory_of, find_user
from central_store.office.place import Office
from central_store.office.telling import printable
from central_store.organisations import new_code


def enrolment_code(office: Office, typed: str, server: str, now: datetime) -> Invitation:
    """A code for one laptop of this user. The central store keeps only its hash.

    `server` is the address that laptops reach the central store at, without the organisation.
    """
    if not is_server(server):
        raise OfficeError(
            f"Laptops cannot connect to “{printable(server)}”.",
            "No code was made.",
            "Give https:// and the host, and nothing behind it: --address https://store.example",
        )
    user = find_user(office, typed)
    if user.left:
        raise OfficeError(
            "This user works here no more.",
            "Nothing was changed.",
            "Add them again as a new user: user add --name NAME.",
        )
    code = secrets.token_bytes(CODE_BYTES)
    with office.work() as db:
        root = directory_of(db, office).root
        new_code(db, office.org, user.id, code, now)
    return Invitation(f"{server.rstrip('/')}/{office.handle}", code, fingerprint(root))
