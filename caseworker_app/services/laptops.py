"""Whose laptop wrote something: names by the directories that this one believes."""

from __future__ import annotations

from uuid import UUID

from caseworker_app.domain.disputes import Names
from caseworker_app.errors import StoreDamaged
from caseworker_app.store import members
from caseworker_app.store.members import Organisation
from caseworker_app.store.transactions import Reading


def nobody_known(_device: UUID) -> str:
    """Names in a store that belongs to no organisation yet."""
    return ""


def names_in(reading: Reading) -> Names:
    """The name of whoever works on a laptop; of somebody from a partner, with its name, too."""
    known_here = members.organisations(reading)
    own = next((one for one in known_here if one.own), None)
    if own is None:
        return nobody_known
    users = _users(reading, own, [one for one in known_here if not one.own])
    directories = [one.directory for one in known_here if one.directory is not None]
    known = {
        device.id: users.get((directory.org, device.user), "")
        for directory in directories
        for device in directory.devices
    }
    return lambda device: known.get(device, "")


def _users(
    reading: Reading, own: Organisation, others: list[Organisation]
) -> dict[tuple[UUID, UUID], str]:
    directory = own.directory
    entry = directory.device(reading.place.keys.device_id) if directory else None
    if directory is None or entry is None:
        return {}
    try:
        keys = reading.place.keys.organisation(own.org, entry.secret)
    except StoreDamaged:  # the office wrapped something else: nobody is named, nothing else fails
        return {}
    found = {(own.org, user.id): keys.name(user) for user in directory.users}
    for other in others:
        partner = directory.partner(other.org)
        if partner is not None and other.directory is not None:
            named = keys.partner_names(partner, other.directory)
            found |= {
                (other.org, user): f"{name}, {partner.name}" if name else ""
                for user, name in named.items()
            }
    return found
