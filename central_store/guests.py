"""Devices of partner organisations: known here only as their own organisation's directory says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.sync.wire.directory import Directory
from caseworker_app.sync.wire.membership import Member, Membership
from caseworker_app.sync.wire.messages import Guest
from central_store import crossing
from central_store import tables as t
from central_store.call import Call, State, not_here


def take_in(call: Call, latest: Membership, brought: Iterable[Guest]) -> None:
    """Write down the devices of members who are guests, and let those members find their way here.

    Refused when a guest's organisation is no partner here, both ways, or does not know the device.
    """
    listed = sorted(brought, key=lambda one: one.device)
    directories = _directories(call, {member.org for member in latest.members} - {call.org})
    rows = [_row(call, guest, directories.get(guest.org), latest) for guest in listed]
    if rows:
        new = upsert(t.device)
        same = {"state": new.excluded.state}
        keys = ["org_id", "device_id"]
        mine = t.device.c.home_org == new.excluded.home_org
        call.db.execute(new.on_conflict_do_update(index_elements=keys, set_=same, where=mine), rows)
    crossing.invite(call, {(m.org, m.user) for m in latest.members if _knows(directories, m)})


def _knows(directories: Mapping[UUID, Directory], member: Member) -> bool:
    """Whether there is such a user: nothing is written elsewhere about somebody invented."""
    directory = directories.get(member.org)
    return directory is not None and directory.user(member.user) is not None


def _directories(call: Call, orgs: Iterable[UUID]) -> dict[UUID, Directory]:
    found = {org: crossing.partner(call.db, call.org, org) for org in sorted(orgs)}
    return {org: pair[1] for org, pair in found.items() if pair}


def _row(
    call: Call, guest: Guest, directory: Directory | None, latest: Membership
) -> dict[str, object]:
    entry = directory.device(guest.device) if directory else None
    if entry is None or latest.role_of(guest.org, guest.user) is None:
        raise not_here()
    if (entry.user, entry.signing, entry.revoked) != (guest.user, guest.signing, False):
        raise not_here()
    return {
        "org_id": call.org,
        "device_id": guest.device,
        "home_org": guest.org,
        "user_id": guest.user,
        "signing": guest.signing,
        "receiving": entry.receiving,
        "state": State.ACTIVE.value,
        "since": call.now,
    }
