"""What the vault lends the store and the exchange; outside the vault nobody sees a key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from caseworker_app.sync.wire.directory import Directory, Partner, User


class PublicKeys(Protocol):
    """What others may know of this device: its id and two keys of 32 bytes."""

    @property
    def id(self) -> UUID:
        """The device's id."""

    @property
    def signing(self) -> bytes:
        """What its signatures are verified with."""

    @property
    def receiving(self) -> bytes:
        """What keys are wrapped for."""


class OrganisationKeys(Protocol):
    """What a laptop may do with the secret of its organisation."""

    def name(self, user: User) -> str:
        """The name of a user; empty when it cannot be read."""

    def partner_names(self, partner: Partner, directory: Directory) -> dict[UUID, str]:
        """The names of the users of a partner organisation."""

    def tags(self, words: Iterable[str]) -> tuple[bytes, ...]:
        """A blind tag for each of these words."""


class Pieces(Protocol):
    """Seals documents piece by piece. Their keys are bytes to keep in sealed changes."""

    def new_key(self) -> bytes:
        """A key for one document."""

    def seal(self, key: bytes, size: int, number: int, content: bytes) -> bytes:
        """Encrypt one piece of a document of this size."""

    def open(self, key: bytes, size: int, number: int, sealed: bytes) -> bytes:
        """Decrypt it, or raise StoreDamaged."""


class Keys(Protocol):
    """What the vault lends the store; the store never sees the key of a case or of this device."""

    device_id: UUID

    @property
    def public(self) -> PublicKeys:
        """What others may know of this device."""

    @property
    def pieces(self) -> Pieces:
        """How documents are sealed."""

    def new_case_key(self, case: UUID, epoch: int) -> bytes:
        """A new case key, wrapped for this device."""

    def wrap_for(self, receiving: bytes, case: UUID, epoch: int, wrapped: bytes) -> bytes:
        """The same case key, wrapped for the holder of this key."""

    def key_check(self, case: UUID, epoch: int, wrapped: bytes) -> bytes:
        """What only this case key gives."""

    def forget(self, case: UUID) -> None:
        """Drop the opened keys of a case."""

    def organisation(self, org: UUID, wrapped: bytes) -> OrganisationKeys:
        """What follows from the organisation's secret, or raise StoreDamaged."""

    def sign(self, digest: bytes) -> bytes:
        """This device's signature."""

    def verify(self, public_key: bytes, signature: bytes, digest: bytes) -> bool:
        """Whether the device with this public key signed the digest."""

    def seal(self, case: UUID, epoch: int, wrapped: bytes, plaintext: bytes, aad: bytes) -> bytes:
        """Encrypt under the case's key."""

    def open(self, case: UUID, epoch: int, wrapped: bytes, sealed: bytes, aad: bytes) -> bytes:
        """Decrypt, or raise StoreDamaged."""
