"""The people of the own organisation and of its partners, with their names."""

from __future__ import annotations

from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain.exchange import Colleague
from caseworker_app.store import organisations
from caseworker_app.store.keys import OrganisationKeys
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.directory import Directory


def keys(reading: Reading) -> OrganisationKeys | None:
    """What this laptop may do with the organisation's secret; None before it was given it."""
    own = organisations.own(reading)
    entry = own.directory.device(reading.place.keys.device_id) if own and own.directory else None
    if own is None or entry is None:
        return None
    try:
        return reading.place.keys.organisation(own.org, entry.secret)
    except errors.StoreDamaged:
        return None


def all_of_them(reading: Reading) -> dict[tuple[UUID, UUID], Colleague]:
    """Everybody whom a directory names, by organisation and user; people who left, too."""
    own = organisations.own(reading)
    if own is None or own.directory is None:
        return {}
    vault = keys(reading)
    found = {}
    for user in own.directory.users:
        name = vault.name(user) if vault else ""
        found[own.org, user.id] = Colleague(own.org, user.id, name)
    for partner in own.directory.partners:
        known = organisations.of(reading, partner.org)
        if vault is None or known is None or known.directory is None:
            continue
        names = vault.partner_names(partner, known.directory)
        for user in known.directory.users:
            who = Colleague(partner.org, user.id, names.get(user.id, ""), partner.name)
            found[partner.org, user.id] = who
    return found


def fellow_guest(reading: Reading, home: UUID, who: tuple[UUID, UUID]) -> Colleague:
    """Somebody whom only the organisation of a case knows: it says where they work.

    Their own name is sealed for it. They go by the name of their organisation here.
    """
    host = organisations.of(reading, home)
    partner = host.directory.partner(who[0]) if host and host.directory else None
    return Colleague(*who, partner.name if partner else "")


def may_be_invited(directory: Directory, user: UUID) -> bool:
    """Whether somebody still works there and has a laptop that can be given a key."""
    return bool(directory.devices_of(user))
