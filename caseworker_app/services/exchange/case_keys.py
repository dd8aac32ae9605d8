"""Who gets the keys of a case: devices that a directory lists which is believed here, no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from caseworker_app.store import log, organisations
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.directory import ESCROW
from caseworker_app.sync.wire.membership import Membership

Wrapped = dict[tuple[UUID, int], bytes]
"""Keys wrapped for this device, by case and epoch."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A device that may have the keys of a case."""

    org: UUID
    handle: str
    user: UUID
    device: UUID
    signing: bytes
    receiving: bytes


def recipients(reading: Reading, record: Membership) -> list[Recipient]:
    """The devices of all members, signed-off ones and people who left the organisation excepted."""
    found = []
    for org in organisations.known(reading):
        if not organisations.counts(reading, org.org, record.org):
            continue
        directory = org.directory
        users = {member.user for member in record.members if member.org == org.org}
        for user in sorted(users) if directory else ():
            assert directory is not None
            found += [
                Recipient(org.org, org.handle, user, d.id, d.signing, d.receiving)
                for d in directory.devices_of(user)
            ]
    return found


def for_all(
    reading: Reading,
    record: Membership,
    has_key: Iterable[tuple[int, UUID]] = (),
    fresh: Mapping[tuple[UUID, int], bytes] | None = None,
) -> tuple[m.WrappedKey, ...]:
    """All keys of the case here, and `fresh` ones, for each device that should have and lacks them.

    The escrow key of the organisation that has the stream is one of those devices.
    """
    vault = reading.place.keys
    wrapped = log.wrapped_keys(reading.connection, record.case) | dict(fresh or {})
    having = set(has_key)
    return tuple(
        m.WrappedKey(epoch, device, vault.wrap_for(receiving, case, epoch, key))
        for (case, epoch), key in sorted(wrapped.items())
        for device, receiving in _receiving(reading, record)
        if epoch <= record.epoch and (epoch, device) not in having
    )


def guests(reading: Reading, record: Membership) -> tuple[m.Guest, ...]:
    """The devices of members from other organisations than the one that has the stream."""
    return tuple(
        m.Guest(one.org, one.handle, one.user, one.device, one.signing)
        for one in recipients(reading, record)
        if one.org != record.org
    )


def _receiving(reading: Reading, record: Membership) -> list[tuple[UUID, bytes]]:
    found = [(one.device, one.receiving) for one in recipients(reading, record)]
    home = organisations.of(reading, record.org)
    if home is not None and home.directory is not None:
        found.append((ESCROW, home.directory.escrow))
    return sorted(found)
