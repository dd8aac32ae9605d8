"""What the store is handed, so that only the vault touches keys.

Every case has a key of 32 bytes per epoch; a new epoch begins when a member leaves. Outside this
module the key exists only wrapped for one device (80 bytes).
"""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseworker_app.sync.wire import organisation_secret
from caseworker_app.sync.wire.packing import Malformed
from caseworker_app.vault import hpke
from caseworker_app.vault.device import Device
from caseworker_app.vault.organisation import OrganisationKeys
from caseworker_app.vault.pieces import Pieces
from caseworker_app.vault.tampered import Tampered

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_CHECK_INFO = b"caseworker case key check 1\0"
_info = hpke.case_key_info


class Keyring:
    """The keys of one device, and the case keys it has opened since the program was unlocked."""

    def __init__(self, device: Device) -> None:
        """`device` comes from the open store; its keys stay in here."""
        self._device = device
        self._opened: dict[tuple[UUID, int, bytes], bytes] = {}
        self.device_id = device.id
        self.public = device.public
        self.pieces = Pieces()

    def __repr__(self) -> str:
        return f"<keyring of {self.device_id}>"

    def sign(self, digest: bytes) -> bytes:
        """This device's Ed25519 signature, 64 bytes."""
        return self._device.signing.sign(digest)

    @staticmethod
    def verify(public_key: bytes, signature: bytes, digest: bytes) -> bool:
        """Whether the holder of this Ed25519 key (32 bytes) signed the digest."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, digest)
        except (InvalidSignature, ValueError):
            return False
        return True

    def new_case_key(self, case: UUID, epoch: int) -> bytes:
        """A new key for this case, wrapped for this device: 80 bytes to keep in the store."""
        key = secrets.token_bytes(KEY_BYTES)
        wrapped = hpke.wrap(self.public.receiving, key, _info(case, epoch))
        self._opened[case, epoch, wrapped] = key
        return wrapped

    def wrap_for(self, receiving: bytes, case: UUID, epoch: int, wrapped: bytes) -> bytes:
        """The same case key wrapped for another device's X25519 key (32 bytes): 80 bytes.

        The caller must have found that key in a signed directory, never just at the server.
        """
        return hpke.wrap(receiving, self._case_key(case, epoch, wrapped), _info(case, epoch))

    def key_check(self, case: UUID, epoch: int, wrapped: bytes) -> bytes:
        """32 bytes that only this key gives, to be signed in a record of membership.

        Whoever is handed a key compares: so it does not matter who hands it over.
        """
        key = self._case_key(case, epoch, wrapped)
        return hashlib.sha256(KEY_CHECK_INFO + case.bytes + epoch.to_bytes(4, "big") + key).digest()

    def organisation(self, org: UUID, wrapped: bytes) -> OrganisationKeys:
        """What follows from the secret in this device's entry of the directory. Tampered."""
        try:
            secret = organisation_secret.unwrap_on_device(
                self._device.receiving, wrapped, org, self.device_id
            )
        except Malformed:
            raise Tampered from None
        return OrganisationKeys(org, secret)

    def forget(self, case: UUID) -> None:
        """Drop the opened keys of a case that is taken away."""
        for known in [known for known in self._opened if known[0] == case]:
            del self._opened[known]

    def seal(self, case: UUID, epoch: int, wrapped: bytes, plaintext: bytes, aad: bytes) -> bytes:
        """AES-256-GCM under the case key: nonce (12), ciphertext, tag (16). 28 bytes longer.

        `aad` is bound to it but stays outside; `open` must be given the same.
        """
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._case_key(case, epoch, wrapped)).encrypt(nonce, plaintext, aad)

    def open(self, case: UUID, epoch: int, wrapped: bytes, sealed: bytes, aad: bytes) -> bytes:
        """What was sealed. Tampered if one bit of it, of `aad` or of the key's wrap is another."""
        aes = AESGCM(self._case_key(case, epoch, wrapped))
        try:
            return aes.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
        except (InvalidTag, ValueError):
            raise Tampered from None

    def _case_key(self, case: UUID, epoch: int, wrapped: bytes) -> bytes:
        known = self._opened.get((case, epoch, wrapped))
        if known is None:
            known = hpke.unwrap(self._device.receiving, wrapped, _info(case, epoch))
            self._opened[case, epoch, wrapped] = known
        return known
