"""An organisation for tests: its root key, its users, and the directories it signs."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

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
from central_store import organisations
from central_store.database import transaction
from tests.central.moments import Clock


@dataclass
class Office:
    """The administration of one organisation; `directory` is what it would sign next."""

    owner: Engine
    clock: Clock
    handle: str = field(default_factory=lambda: f"org-{uuid4().hex[:12]}")
    root: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    directory: Directory = field(init=False)

    def __post_init__(self) -> None:
        self.org = org_id(self.handle)
        key = self.root.public_key().public_bytes_raw()
        self.directory = Directory(
            self.org, self.handle, self.handle, 0, 0, key, os.urandom(32), (), ()
        )

    def create(self, quota: int = organisations.QUOTA) -> Office:
        """Make it known to the server."""
        organisations.create(self.owner, self.handle, self.directory.root, self.clock(), quota)
        return self

    def user(self) -> UUID:
        """Somebody new."""
        user = User(uuid4(), os.urandom(40))
        self.directory = replace(self.directory, users=(*self.directory.users, user))
        return user.id

    def code(self, user: UUID) -> bytes:
        """A one-time code for a laptop of this user."""
        code = secrets.token_bytes(16)
        with transaction(self.owner, self.org) as db:
            organisations.new_code(db, self.org, user, code, self.clock())
        return code

    def add(self, user: UUID, device: PublicDevice) -> None:
        """Enter a laptop; it counts once the directory is published."""
        entry = DeviceEntry(device.id, user, device.signing, device.receiving, os.urandom(80))
        self.directory = replace(self.directory, devices=(*self.directory.devices, entry))

    def revoke(self, device: UUID) -> None:
        """Enter that a laptop was lost."""
        entries = tuple(
            replace(one, revoked=True) if one.id == device else one
            for one in self.directory.devices
        )
        self.directory = replace(self.directory, devices=entries)

    def release(self, released: Released) -> None:
        """Enter how far the unsent work of a revoked laptop is let in."""
        self.directory = replace(self.directory, released=(*self.directory.released, released))

    def succeed(self, named: Successor) -> None:
        """Enter who may lead a case that nobody leads any more."""
        self.directory = replace(self.directory, successors=(*self.directory.successors, named))

    def befriend(self, other: Office) -> None:
        """Name another organisation as a partner; it may name this one, too."""
        entry = Partner(other.org, other.handle, other.handle, other.directory.root, os.urandom(60))
        self.directory = replace(self.directory, partners=(*self.directory.partners, entry))

    def signed(self) -> SignedDirectory:
        """The next version, signed."""
        self.directory = replace(self.directory, version=self.directory.version + 1)
        body = pack(self.directory)
        return SignedDirectory(body, self.root.sign(to_sign(Purpose.DIRECTORY, body)))

    def publish(self) -> SignedDirectory:
        """Sign the next version and put it into force."""
        signed = self.signed()
        organisations.publish(self.owner, self.handle, signed, self.clock(), os.urandom)
        return signed
