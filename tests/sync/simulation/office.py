"""The organisation's office: it holds the root key and signs who works there, on which laptop."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from caseworker_app.sync.wire import organisation_secret
from caseworker_app.sync.wire.directory import (
    DeviceEntry,
    Directory,
    Partner,
    Released,
    SignedDirectory,
    Successor,
    User,
    org_id,
)
from caseworker_app.sync.wire.packing import pack
from caseworker_app.sync.wire.signing import Purpose, to_sign
from caseworker_app.vault.device import PublicDevice
from central_store.office.keys import OfficeKeys
from tests.sync.simulation.chance import Chance


class Office:
    """`directory` is what was signed last."""

    def __init__(self, handle: str, chance: Chance) -> None:
        self.handle = handle
        self.org = org_id(handle)
        self._chance = chance
        self._root = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        self._secret = chance.randbytes(32)
        self._escrow = X25519PrivateKey.from_private_bytes(chance.randbytes(32))
        self.root = self._root.public_key().public_bytes_raw()
        escrow = self._escrow.public_key().public_bytes_raw()
        self.directory = Directory(self.org, handle, handle, 0, 0, self.root, escrow, (), ())
        self.signed = self.sign(self.directory)

    def new_user(self, name: str) -> UUID:
        """Somebody begins to work here."""
        user = self._chance.new_id()
        key = organisation_secret.name_key(self._secret, self.org)
        sealed = organisation_secret.seal_name(key, self.org, user, name)
        self._next(users=(*self.directory.users, User(user, sealed)))
        return user

    def enter(self, user: UUID, device: PublicDevice) -> None:
        """A laptop of somebody who works here."""
        wrapped = organisation_secret.wrap_for_device(
            self._secret, device.receiving, self.org, device.id
        )
        entry = DeviceEntry(device.id, user, device.signing, device.receiving, wrapped)
        self._next(devices=(*self.directory.devices, entry))

    def revoke(self, device: UUID) -> None:
        """A laptop was lost."""
        self._next(
            devices=tuple(
                replace(one, revoked=one.revoked or one.id == device)
                for one in self.directory.devices
            )
        )

    def befriend(self, other: Office) -> None:
        """Name another organisation as a partner; it has to name this one, too."""
        names = organisation_secret.seal_partner_key(
            self._secret,
            self.org,
            other.org,
            organisation_secret.name_key(other._secret, other.org),
        )
        entry = Partner(other.org, other.handle, other.handle, other.root, names)
        self._next(partners=(*self.directory.partners, entry))

    def release(self, *released: Released) -> None:
        """Let in what a revoked laptop had not handed over."""
        self._next(released=(*self.directory.released, *released))

    def name(self, case: UUID, user: UUID, version: int) -> None:
        """Somebody shall lead a case that nobody else can."""
        one = Successor(case, user, version)
        self._next(successors=(*self.directory.successors, one))

    def named(self, case: UUID) -> bool:
        """Whether somebody was named for this case."""
        return any(one.case == case for one in self.directory.successors)

    def again(self) -> None:
        """The same once more, as the next version: newer than any backup of the central store."""
        self._next()

    def keys(self) -> OfficeKeys:
        """What two people open together, when keys have to be wrapped anew."""
        private = self._root.private_bytes_raw(), (self._escrow.private_bytes_raw(),)
        return OfficeKeys(self.handle, self.handle, *private, self._secret)

    def sign(self, directory: Directory) -> SignedDirectory:
        """The root's signature on a directory."""
        body = pack(directory)
        return SignedDirectory(body, self._root.sign(to_sign(Purpose.DIRECTORY, body)))

    def _next(self, **other: object) -> None:
        version = self.directory.version + 1
        self.directory = replace(self.directory, version=version, **other)  # type: ignore[arg-type]
        self.signed = self.sign(self.directory)
