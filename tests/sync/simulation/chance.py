"""One source of everything that is random, so that a seed is a whole story."""

from __future__ import annotations

import random
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from caseworker_app.vault.device import Device


class Chance(random.Random):
    """A random source that also makes ids and keys, and stands in for `secrets`."""

    def new_id(self) -> UUID:
        """An id like `uuid4` gives."""
        return UUID(bytes=self.randbytes(16), version=4)

    def device(self) -> Device:
        """A laptop's identity."""
        return Device(
            self.new_id(),
            Ed25519PrivateKey.from_private_bytes(self.randbytes(32)),
            X25519PrivateKey.from_private_bytes(self.randbytes(32)),
        )

    def token_bytes(self, size: int = 32) -> bytes:
        """What `secrets.token_bytes` gives."""
        return self.randbytes(size)
