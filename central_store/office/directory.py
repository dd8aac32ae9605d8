"""The next version of an organisation's directory: built on the last, told in words, signed.

It is all that is known so far and what shall be different, so nobody who was listed can get lost
and no revoked laptop can come back. Needs the organisation's keys and no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from caseworker_app.sync.wire import organisation_secret
from caseworker_app.sync.wire.directory import (
    DeviceEntry,
    Directory,
    Partner,
    Released,
    SignedDirectory,
    User,
    org_id,
)
from caseworker_app.sync.wire.packing import Malformed
from central_store.office.errors import NotTaken, OfficeError
from central_store.office.keys import OfficeKeys
from central_store.office.papers import NewDevice, NewPartner, Wishes
from central_store.office.telling import told

NAME_INFO = b"caseworker name to be signed 1\0"
PARTNER_INFO = b"caseworker partner to be signed 1\0"


@dataclass(frozen=True, slots=True, repr=False)
class Proposal:
    """A directory that only lacks its signature. `changes` says in plain words what is new."""

    directory: Directory
    changes: tuple[str, ...]


def name_info(org: UUID, user: UUID) -> bytes:
    """What the name of a new user is bound to while it waits to be signed."""
    return NAME_INFO + org.bytes + user.bytes


def partner_info(org: UUID, partner: UUID) -> bytes:
    """What a partner's name key is bound to while it waits to be signed."""
    return PARTNER_INFO + org.bytes + partner.bytes


def build_directory(keys: OfficeKeys, wishes: Wishes, now: datetime) -> Proposal:
    """The next directory of the organisation.

    NotTaken when the directory so far is not from this organisation, OfficeError when a wish cannot
    be fulfilled.
    """
    known = _known(keys, wishes)
    before = max(known, key=lambda one: one.version, default=_nothing(keys))
    so_far = _together(before, known)
    users = _users(keys, wishes, so_far)
    devices = _devices(keys, wishes, so_far, users)
    partners = _partners(keys, wishes, so_far)
    released = _by_chain(so_far.released) | _by_chain(wishes.released)
    successors = dict.fromkeys((*so_far.successors, *wishes.successors))
    directory = Directory(
        org=keys.org,
        handle=keys.handle,
        name=keys.name,
        version=before.version + 1,
        at=int(now.timestamp() * 1000),
        root=keys.public_root,
        escrow=keys.public_escrow,
        users=users,
        devices=devices,
        partners=partners,
        released=tuple(released.values()),
        successors=tuple(successors),
    )
    return Proposal(directory, tuple(told(keys, before, directory)))


def sign_directory(keys: OfficeKeys, proposal: Proposal) -> tuple[SignedDirectory, OfficeKeys]:
    """The signed directory, and the keys that remember it: keep these in the key file."""
    signed = keys.sign(proposal.directory)
    signed.directory  # noqa: B018 - too large or wrong keys: found now, not on every laptop
    return signed, keys.having_signed(signed)


def first_directory(keys: OfficeKeys, now: datetime) -> tuple[SignedDirectory, OfficeKeys]:
    """Version 1, which makes the organisation known to its central store: nobody is in it yet."""
    return sign_directory(keys, build_directory(keys, Wishes(keys.handle), now))


def _known(keys: OfficeKeys, wishes: Wishes) -> list[Directory]:
    """The directories that are known: the central store's, and the one this key signed last."""
    if wishes.handle != keys.handle:
        raise NotTaken(
            f"This is for the organisation “{wishes.handle}”, the key is of “{keys.handle}”.",
            "Nothing was signed.",
            "Take the key file of that organisation.",
        )
    known = []
    for signed in (wishes.previous, keys.last):
        if signed is None:
            continue
        found = keys.recognises(signed)
        if found is None:
            raise NotTaken(
                "The directory at the central store is not signed by your organisation's key.",
                "Nothing was signed.",
                "Do not go on. Is this a copy of the key file from before `organisation rotate`? "
                "Then take the newer one. Else compare the root's fingerprint on a laptop with the "
                "key file's; somebody may have changed data at the central store.",
            )
        known.append(found)
    return known


def _nothing(keys: OfficeKeys) -> Directory:
    return Directory(keys.org, keys.handle, keys.name, 0, 0, b"", b"", (), ())


def _together(newest: Directory, known: list[Directory]) -> Directory:
    """All that any of them lists, by the newest one's words.

    They differ in more than age where an old copy of the key file signed one that lacks what
    another copy had signed: after a backup was put back, nobody at the central store can tell.
    """
    users: dict[UUID, User] = {}
    devices: dict[UUID, DeviceEntry] = {}
    partners: dict[UUID, Partner] = {}
    released: dict[tuple[UUID, UUID], Released] = {}
    for one in sorted(known, key=lambda one: (one is newest, one.version)):
        for user in one.users:
            was = users.get(user.id, user)
            users[user.id] = replace(user, left=user.left or was.left)
        for device in one.devices:
            listed = devices.get(device.id, device)
            _same_keys(listed, device)
            devices[device.id] = replace(device, revoked=device.revoked or listed.revoked)
        partners |= {partner.org: partner for partner in one.partners}
        released |= _by_chain(one.released)
    return replace(
        newest,
        users=tuple(users.values()),
        devices=tuple(devices.values()),
        partners=tuple(partners.values()),
        released=tuple(released.values()),
        successors=tuple(dict.fromkeys(s for one in known for s in one.successors)),
    )


def _by_chain(released: Iterable[Released]) -> dict[tuple[UUID, UUID], Released]:
    return {(one.device, one.case): one for one in released}


def _users(keys: OfficeKeys, wishes: Wishes, before: Directory) -> tuple[User, ...]:
    users = {user.id: user for user in before.users}
    for new in wishes.names:
        try:
            name = keys.from_escrow(new.sealed, name_info(keys.org, new.user)).decode()
        except (Malformed, UnicodeDecodeError):
            raise OfficeError(
                f"The name of the user {new.user} cannot be opened with this key file.",
                "Nothing was signed.",
                f"Give the name again: user name {new.user} NAME.",
            ) from None
        sealed = organisation_secret.seal_name(keys.name_key, keys.org, new.user, name)
        left = users[new.user].left if new.user in users else False
        users[new.user] = User(new.user, sealed, left)
    return tuple(replace(u, left=u.left or u.id in wishes.left) for u in users.values())


def _devices(
    keys: OfficeKeys, wishes: Wishes, before: Directory, users: tuple[User, ...]
) -> tuple[DeviceEntry, ...]:
    devices = {device.id: device for device in before.devices}
    people = {user.id for user in users}
    for new in wishes.devices:
        listed = devices.get(new.device)
        if listed is None:
            if new.user not in people:
                raise OfficeError(
                    f"The laptop {new.device} belongs to a user who is not listed.",
                    "Nothing was signed.",
                    "Revoke this laptop, and connect it anew for a user of the organisation.",
                )
            devices[new.device] = _entry(keys, new)
        else:
            _same_keys(listed, new)
    left = {user.id for user in users if user.left}
    return tuple(
        replace(d, revoked=d.revoked or d.id in wishes.revoked or d.user in left)
        for d in devices.values()
    )


def _same_keys(listed: DeviceEntry, new: DeviceEntry | NewDevice) -> None:
    keys = (listed.user, listed.signing, listed.receiving)
    if keys != (new.user, new.signing, new.receiving):
        raise NotTaken(
            f"The laptop {listed.id} is listed with other keys already.",
            "Nothing was signed.",
            "Somebody may have changed data at the central store. Revoke this laptop.",
        )


def _entry(keys: OfficeKeys, new: NewDevice) -> DeviceEntry:
    try:
        wrapped = organisation_secret.wrap_for_device(
            keys.secret, new.receiving, keys.org, new.device
        )
    except ValueError:
        raise OfficeError(
            f"The laptop {new.device} has sent a key that is none.",
            "Nothing was signed.",
            "Revoke this laptop, and connect it anew.",
        ) from None
    return DeviceEntry(new.device, new.user, new.signing, new.receiving, wrapped)


def _partners(keys: OfficeKeys, wishes: Wishes, before: Directory) -> tuple[Partner, ...]:
    partners = {partner.org: partner for partner in before.partners}
    for new in wishes.partners:
        partners[org_id(new.handle)] = _partner(keys, new)
    return tuple(partners.values())


def _partner(keys: OfficeKeys, new: NewPartner) -> Partner:
    org = org_id(new.handle)
    try:
        key = keys.from_escrow(new.names, partner_info(keys.org, org))
    except Malformed:
        raise OfficeError(
            f"The card of the partner “{new.handle}” cannot be opened with this key file.",
            "Nothing was signed.",
            "Add the partner's card again: partner add FILE.",
        ) from None
    sealed = organisation_secret.seal_partner_key(keys.secret, keys.org, org, key)
    return Partner(org, new.handle, new.name, new.root, sealed)
