"""Who is in a case: a chain of signed records, each the whole list, each naming the one before.

Only somebody who leads a case by the record before may write the next. The central store takes a
record only on top of the latest, so the chain has no branches; every laptop checks each of them and
remembers the latest, so the central store can neither invent a member nor go back.

A record also says which key its epoch has (`key_check`), so that a wrapped key is checked against
something signed, whoever handed it over; and where the chains of those end who may write no more
(`closed`), so that what they wrote before stays good, and nothing after it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.packing import Malformed, pack, unpack

FIRST = 1
MOST_MEMBERS = 200
MOST_RECORD_BYTES = 256 * 1024
_READ_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Member:
    """One user of one organisation, with all devices the organisation's directory gives them."""

    org: UUID
    user: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class Closed:
    """Where the chain of a device in this case ends: what comes after it does not count."""

    device: UUID
    sequence: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Membership:
    """One record. `org` is where the case's stream lies; `author` is the device that signed.

    `previous` is the hash of the record before (empty for the first), `at` milliseconds since 1970,
    `key_check` 32 bytes that only the key of this epoch gives.
    """

    org: UUID
    case: UUID
    version: int
    previous: bytes
    epoch: int
    key_check: bytes
    members: tuple[Member, ...]
    closed: tuple[Closed, ...]
    at: int
    author: UUID

    def role_of(self, org: UUID, user: UUID) -> Role | None:
        """What this user may do; None when they are not in the case."""
        return next((m.role for m in self.members if (m.org, m.user) == (org, user)), None)

    def end_of(self, device: UUID) -> Closed | None:
        """Where this device's chain ends, if it was closed."""
        return next((one for one in self.closed if one.device == device), None)

    def leads(self, org: UUID, user: UUID) -> bool:
        """Whether this user may write the next record."""
        return self.role_of(org, user) is Role.LEADS

    def admits(self, org: UUID, user: UUID, device: UUID, sequence: int) -> bool:
        """Whether the change with this number in the device's chain counts.

        It does when the chain was closed at or after it, or was not closed and its user may write.
        """
        end = self.end_of(device)
        if end is not None:
            return sequence <= end.sequence
        return self.role_of(org, user) in (Role.WRITES, Role.LEADS)


@dataclass(frozen=True, slots=True, repr=False)
class SignedMembership:
    """A record as it was signed and as it is handed on."""

    body: bytes
    signature: bytes

    @property
    def record(self) -> Membership:
        """What it says. Malformed when it says nothing sensible."""
        return _record_in(self.body)

    @property
    def hash(self) -> bytes:
        """What the next record names as the one before."""
        return hashlib.sha256(self.body).digest()


@lru_cache(_READ_AT_ONCE)
def _record_in(body: bytes) -> Membership:
    """Read once: the latest record of a case is asked for at every step."""
    record = unpack(Membership, body, MOST_RECORD_BYTES)
    users = [(member.org, member.user) for member in record.members]
    if len(set(users)) != len(users) or len(users) > MOST_MEMBERS or record.version < FIRST:
        raise Malformed
    return record


def body_of(record: Membership) -> bytes:
    """The bytes to sign."""
    return pack(record)


def may_follow(before: SignedMembership | None, new: Membership, author: tuple[UUID, UUID]) -> bool:
    """Whether this record may come next. `author` is (org, user) of the device that signed it.

    A first record names its author as one who leads. A later one is by somebody who leads before
    it, keeps the organisation and what was closed, and gives a new epoch to whom somebody left.
    """
    if not any(member.role is Role.LEADS for member in new.members):
        return False
    if before is None:
        started = (new.version, new.previous, new.epoch, new.closed) == (FIRST, b"", FIRST, ())
        return started and new.leads(*author)
    old = before.record
    if (new.org, new.case, new.version) != (old.org, old.case, old.version + 1):
        return False
    if new.previous != before.hash or not old.leads(*author):
        return False
    return _keeps_closed(old, new) and _epoch_fits(old, new)


def _keeps_closed(old: Membership, new: Membership) -> bool:
    """A closed chain may be opened again for a member, or released further; never shortened."""
    ends = {end.device: end.sequence for end in new.closed}
    return all(ends.get(end.device, end.sequence) >= end.sequence for end in old.closed)


def _epoch_fits(old: Membership, new: Membership) -> bool:
    """Who left, or lost a device, must not have the next key."""
    now_in = {(member.org, member.user) for member in new.members}
    somebody_left = any((member.org, member.user) not in now_in for member in old.members)
    if new.epoch == old.epoch:
        return not somebody_left and new.key_check == old.key_check
    return new.epoch == old.epoch + 1
