"""Who is in a case: a chain of signed records, each the whole list, each naming the one before.

Only somebody who leads a case by the record before may write the next. The central store takes a
record only on top of the latest; every laptop checks each of them and remembers the latest, so the
central store can neither invent a member nor go back. Where it was put back from a backup and
somebody wrote on, there are two branches: a record that carries the other one with it (`joined`)
goes on from both, by somebody who leads by both.

A record also says which key its epoch has (`key_check`), so that a wrapped key is checked against
something signed, whoever handed it over; and where the chains of those end who may write no more
(`closed`), so that what they wrote before stays good, and nothing after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.directory import NAMED_FOR
from caseworker_app.sync.wire.packing import MOST_BYTES, Malformed, pack, unpack
from caseworker_app.sync.wire.remembering import Remembered

FIRST = 1
MOST_MEMBERS = 200
MOST_RECORD_BYTES = 256 * 1024
MOST_DEPTH = 8
"""Of branches that joined others before they were joined themselves."""

MOST_EPOCH = (1 << 31) - 1
MOST_STEP = 1 << 16
"""How far the number of the next epoch may lie above the last."""


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


def latest_ends(ends: Iterable[Closed]) -> tuple[Closed, ...]:
    """Of each device the end that is furthest on; the first of two that are equally far."""
    found: dict[UUID, Closed] = {}
    for end in ends:
        if end.device not in found or found[end.device].sequence < end.sequence:
            found[end.device] = end
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Membership:
    """One record. `org` is where the case's stream lies; `author` is the device that signed.

    `previous` is the hash of the record before (empty for the first), `at` milliseconds since 1970,
    `key_check` 32 bytes that only the key of this epoch gives. `joined` are the records of another
    branch, from where it parted on, that this record goes on from as well.
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
    joined: tuple[SignedMembership, ...] = ()

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


def _read(body: bytes) -> Membership:
    record = unpack(Membership, body, MOST_RECORD_BYTES)
    users = [(member.org, member.user) for member in record.members]
    if len(set(users)) != len(users) or len(users) > MOST_MEMBERS or record.version < FIRST:
        raise Malformed
    if not FIRST <= record.epoch <= MOST_EPOCH:
        raise Malformed
    key_checks(record)
    return record


_record_in = Remembered(_read, MOST_BYTES)
"""The latest record of a case is asked for at every step, and all that one message brings."""


def body_of(record: Membership) -> bytes:
    """The bytes to sign."""
    return pack(record)


def key_checks(record: Membership, depth: int = MOST_DEPTH) -> dict[int, bytes]:
    """What the key of each epoch gives that this record speaks of: its own, and joined ones.

    Malformed when one of them says nothing sensible, or joined branches lie in each other too deep.
    """
    if not depth:
        raise Malformed
    found: dict[int, bytes] = {}
    for signed in record.joined:
        inner = unpack(Membership, signed.body, MOST_RECORD_BYTES)
        found |= key_checks(inner, depth - 1)
    return found | {record.epoch: record.key_check}


def next_epoch(before: int, previous: bytes, author: UUID, at: int) -> int:
    """A number for the next key that no other branch gives to another one.

    A key is known by the number of its epoch, so two records that follow the same one must not give
    two keys the same number: it grows by a step that depends on who writes it, and when.
    """
    told = hashlib.sha256(previous + author.bytes + at.to_bytes(8, "big")).digest()
    return before + 1 + int.from_bytes(told[:2], "big") % MOST_STEP


def may_follow(
    before: SignedMembership | None, new: Membership, author: tuple[UUID, UUID], named: int = 0
) -> bool:
    """Whether this record may come next. `author` is (org, user) of the device that signed it.

    `named` is the version up to which the organisation lets them lead (`Successor`).

    A first record names its author as one who leads. A later one is by somebody who leads before
    it, keeps the organisation and what was closed, and gives a new epoch to whom somebody left.
    """
    if not any(member.role is Role.LEADS for member in new.members):
        return False
    if before is None:
        first = (FIRST, b"", FIRST, (), ())
        started = (new.version, new.previous, new.epoch, new.closed, new.joined) == first
        return started and new.leads(*author)
    if (new.version, new.previous) != (before.record.version + 1, before.hash):
        return False
    return _goes_on(before.record, new, author, named) and _epoch_fits(before.record, new)


def may_join(
    branch: SignedMembership, new: Membership, author: tuple[UUID, UUID], named: int = 0
) -> bool:
    """Whether this record also goes on from the other branch, which ends here, with a new key."""
    return new.epoch > branch.record.epoch and _goes_on(branch.record, new, author, named)


def is_named(chain: Iterable[SignedMembership], who: tuple[UUID, UUID], until: int) -> bool:
    """Whether the organisation's word lets somebody write the record that comes after these.

    It names them up to the version `until` (0: not at all), and for once: who has led since then
    and does so no more has handed the case over, or was put out, and does not come back by the
    same word. `chain` are the records since then at least; what is signed already stays good.
    """
    records = [one.record for one in chain]
    if records and records[-1].version >= until:
        return False
    since = until - NAMED_FOR
    steps = ((old, new) for old, new in pairwise(records) if new.version > since)
    return until > 0 and not any(old.leads(*who) > new.leads(*who) for old, new in steps)


def _goes_on(old: Membership, new: Membership, author: tuple[UUID, UUID], named: int) -> bool:
    """By somebody who leads. A closed chain is opened for a member, or goes further; no less."""
    ends = {end.device: end.sequence for end in new.closed}
    keeps = all(ends.get(end.device, end.sequence) >= end.sequence for end in old.closed)
    leads = old.leads(*author) or new.version <= named
    return keeps and leads and (new.org, new.case) == (old.org, old.case)


def _epoch_fits(old: Membership, new: Membership) -> bool:
    """Who left, or lost a device, must not have the next key; nor who is in one branch alone."""
    now_in = {(member.org, member.user) for member in new.members}
    somebody_left = any((member.org, member.user) not in now_in for member in old.members)
    if new.epoch == old.epoch:
        return not somebody_left and not new.joined and new.key_check == old.key_check
    last = max((old.epoch, *(signed.record.epoch for signed in new.joined)))
    return old.epoch < new.epoch <= last + MOST_STEP
