"""The identity of one laptop: what it signs changes with and receives case keys by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from caseworker_app.vault.tampered import Tampered

VERSION = b"\x01"
SECRET_BYTES = 32
EXPORTED_BYTES = len(VERSION) + 16 + 2 * SECRET_BYTES


@dataclass(frozen=True, slots=True)
class PublicDevice:
    """What others may know of a device: its id and two public keys of 32 bytes."""

    id: UUID
    signing: bytes
    receiving: bytes


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Device:
    """This laptop's keys: Ed25519 to sign, X25519 to receive. They never leave its store."""

    id: UUID
    signing: Ed25519PrivateKey
    receiving: X25519PrivateKey

    def __repr__(self) -> str:
        return f"<device {self.id}>"

    @classmethod
    def generate(cls, device_id: UUID) -> Self:
        """A new identity. A laptop restored from a backup needs one too."""
        return cls(device_id, Ed25519PrivateKey.generate(), X25519PrivateKey.generate())

    @classmethod
    def load(cls, exported: bytes) -> Self:
        """The identity that `export` gave. Tampered if it is something else."""
        if len(exported) != EXPORTED_BYTES or not exported.startswith(VERSION):
            raise Tampered
        rest = exported[len(VERSION) :]
        device_id, signing, receiving = rest[:16], rest[16:48], rest[48:]
        return cls(
            UUID(bytes=device_id),
            Ed25519PrivateKey.from_private_bytes(signing),
            X25519PrivateKey.from_private_bytes(receiving),
        )

    def export(self) -> bytes:
        """81 secret bytes to keep inside the encrypted store: version, id, both private keys."""
        return b"".join(
            (
                VERSION,
                self.id.bytes,
                self.signing.private_bytes_raw(),
                self.receiving.private_bytes_raw(),
            )
        )

    @property
    def public(self) -> PublicDevice:
        """What others may know."""
        return PublicDevice(
            self.id,
            self.signing.public_key().public_bytes_raw(),
            self.receiving.public_key().public_bytes_raw(),
        )
