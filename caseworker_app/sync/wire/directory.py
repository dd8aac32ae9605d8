"""The directory of an organisation: who works there, with which devices, signed by its root key.

The root key lies offline with the organisation; a laptop learns its fingerprint when it connects
and believes nothing about devices, partners or the escrow key that the root has not signed. Names
are sealed with a key that the laptops hold and the central store does not.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID, uuid5

from caseworker_app.sync.wire.packing import Malformed, unpack
from caseworker_app.sync.wire.remembering import Remembered
from caseworker_app.sync.wire.signing import Purpose, to_sign, verify

KEY_BYTES = 32
MOST_DIRECTORY_BYTES = 4 * 1024 * 1024
_REMEMBERED = 2 * 1024 * 1024
ORGANISATIONS = UUID("b3a3f3b2-6a0e-4b43-9d53-6f1f0c9b7c11")
ESCROW = UUID(int=0)
"""The id that stands for the organisation's escrow key where wrapped keys are listed."""

NAMED_FOR = 10
"""So many records somebody may write whom the organisation has named to lead a case."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works with the program. `name` is sealed; `left` when they do no more."""

    id: UUID
    name: bytes
    left: bool = False


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """A laptop of a user. `secret` is the organisation's secret, wrapped for this device.

    `revoked` devices stay listed: what they signed before must still be verified.
    """

    id: UUID
    user: UUID
    signing: bytes
    receiving: bytes
    secret: bytes
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Partner:
    """Another organisation whose people may be invited. `names` is its name key, sealed."""

    org: UUID
    handle: str
    name: str
    root: bytes
    names: bytes


@dataclass(frozen=True, slots=True)
class Released:
    """How far the organisation lets changes in that a revoked device had not handed over."""

    device: UUID
    case: UUID
    sequence: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Successor:
    """Somebody whom the organisation lets lead one of its cases, when nobody else can name them.

    They may write its records up to this version, `NAMED_FOR` above the latest one when they were
    named, as if they led it by the one before: see `membership.is_named`.
    """

    case: UUID
    user: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Directory:
    """One version of it, the whole list. `root` is the key that signs; `escrow` an X25519 key."""

    org: UUID
    handle: str
    name: str
    version: int
    at: int
    root: bytes
    escrow: bytes
    users: tuple[User, ...]
    devices: tuple[DeviceEntry, ...]
    partners: tuple[Partner, ...] = ()
    released: tuple[Released, ...] = ()
    successors: tuple[Successor, ...] = ()

    def device(self, device: UUID) -> DeviceEntry | None:
        """The entry of this device."""
        return next((one for one in self.devices if one.id == device), None)

    def user(self, user: UUID) -> User | None:
        """The entry of this user."""
        return next((one for one in self.users if one.id == user), None)

    def partner(self, org: UUID) -> Partner | None:
        """The entry of this partner."""
        return next((one for one in self.partners if one.org == org), None)

    def leads_until(self, case: UUID, org: UUID, user: UUID) -> int:
        """Up to which version a user may write the records of a case, by the organisation's word.

        0 for anybody whom it has not named.
        """
        named = (s.version for s in self.successors if (s.case, s.user) == (case, user))
        return max(named, default=0) if org == self.org else 0

    def devices_of(self, user: UUID) -> tuple[DeviceEntry, ...]:
        """The devices that may be given a key for this user: none of somebody who left."""
        entry = self.user(user)
        if entry is None or entry.left:
            return ()
        return tuple(one for one in self.devices if one.user == user and not one.revoked)


@dataclass(frozen=True, slots=True)
class NewRoot:
    """The old root key says which one follows it."""

    old: bytes
    new: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, repr=False)
class SignedDirectory:
    """A directory as it was signed and as it is handed on, and how the root came to be this one."""

    body: bytes
    signature: bytes
    roots: tuple[NewRoot, ...] = ()

    @property
    def directory(self) -> Directory:
        """What it says, whether or not anybody signed it. Malformed when it says nothing."""
        return _directory_in(self.body)


def _read(body: bytes) -> Directory:
    found = unpack(Directory, body, MOST_DIRECTORY_BYTES)
    keys = (found.root, found.escrow, *(key for d in found.devices for key in _keys(d)))
    if any(len(key) != KEY_BYTES for key in keys) or found.org != org_id(found.handle):
        raise Malformed
    return found


_directory_in = Remembered(_read, _REMEMBERED)
"""The same few are asked for many times in every round."""


def believed(signed: SignedDirectory, root: bytes) -> Directory | None:
    """What the directory says, if it goes back to this root key (32 bytes); else None."""
    try:
        found = signed.directory
    except Malformed:
        return None
    for step in signed.roots:
        if step.old == root and verify(
            root, step.signature, to_sign(Purpose.NEW_ROOT, found.org.bytes + step.new)
        ):
            root = step.new
    message = to_sign(Purpose.DIRECTORY, signed.body)
    return found if found.root == root and verify(root, signed.signature, message) else None


def org_id(handle: str) -> UUID:
    """The id of the organisation with this handle, the word in its address."""
    return uuid5(ORGANISATIONS, handle)


def fingerprint(*keys: bytes) -> str:
    """What two people read to each other to compare keys: eight groups of four digits."""
    number = int.from_bytes(hashlib.sha256(b"".join(keys)).digest(), "big") % 10**32
    digits = f"{number:032d}"
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _keys(entry: DeviceEntry) -> tuple[bytes, bytes]:
    return entry.signing, entry.receiving
