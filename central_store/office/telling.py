"""What a new version of the directory changes, in words for the people who decide."""

from __future__ import annotations

from uuid import UUID

from caseworker_app.sync.wire.directory import Directory, fingerprint
from caseworker_app.sync.wire.organisation_secret import open_name
from central_store.office.keys import OfficeKeys

NEW_LAPTOP = "New laptop"


def printable(text: str) -> str:
    """A text from somewhere else, harmless to a terminal."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def counted(number: int, thing: str) -> str:
    """A number of things, as one says it: 1 change, 2 changes."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def names(keys: OfficeKeys, directory: Directory) -> dict[UUID, str]:
    """The names of all users, as the directory gives them."""
    return {
        user.id: printable(open_name(keys.name_key, keys.org, user.id, user.name))
        for user in directory.users
    }


def told(keys: OfficeKeys, old: Directory, new: Directory) -> list[str]:
    """What is different, for the person who decides whether to sign."""
    called = names(keys, new)
    lines = _users_told(keys, old, new, called)
    lines += _devices_told(old, new, called)
    for partner in new.partners:
        known = old.partner(partner.org)
        if known is None or known.root != partner.root:
            verb = "New partner" if known is None else "ANOTHER ROOT KEY for the partner"
            lines.append(f"{verb}: {printable(partner.name)} ({printable(partner.handle)})")
            lines.append(f"    fingerprint {fingerprint(partner.root)}")
    lines += [
        f"Released: late changes of laptop {end.device} in case {end.case}"
        for end in new.released
        if end not in old.released
    ]
    lines += [
        f"Leads case {one.case} from now on: {called.get(one.user, one.user)}"
        for one in new.successors
        if one not in old.successors
    ]
    if old.version and old.root != new.root:
        lines.append(f"New root key, fingerprint {fingerprint(new.root)}")
    if old.version and old.escrow != new.escrow:
        lines.append("New escrow key")
    return lines


def _users_told(
    keys: OfficeKeys, old: Directory, new: Directory, called: dict[UUID, str]
) -> list[str]:
    lines = []
    before = names(keys, old)
    for user in new.users:
        known, name = old.user(user.id), called[user.id]
        if known is None:
            lines.append(f"New user: {name}")
        elif before[user.id] != name:
            lines.append(f"New name: {before[user.id]} is now called {name}")
        if user.left and not (known and known.left):
            lines.append(f"Has left: {name}")
    return lines


def _devices_told(old: Directory, new: Directory, called: dict[UUID, str]) -> list[str]:
    lines = []
    for device in new.devices:
        known, name = old.device(device.id), called[device.user]
        if known is None:
            lines.append(f"{NEW_LAPTOP} of {name}: {device.id}")
            lines.append(f"    fingerprint {fingerprint(device.signing, device.receiving)}")
        if device.revoked and not (known and known.revoked):
            lines.append(f"Revoked: laptop {device.id} of {name}")
    return lines
