"""Hybrid public key encryption (RFC 9180), one function each way.

The suite is fixed: X25519, HKDF-SHA256, AES-256-GCM, base mode. Nothing is negotiated, so nothing
can be talked down. Base mode says nothing about who wrapped: whoever takes a wrap from elsewhere
must find it inside something signed.
"""

from __future__ import annotations

from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from caseworker_app.sync.wire.packing import Malformed

CASE_KEY_INFO = b"caseworker case key 1"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def wrap(public_key: bytes, secret: bytes, info: bytes) -> bytes:
    """The secret for the holder of this X25519 key (32 bytes), bound to `info`: 48 bytes longer."""
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public_key), info)


def unwrap(private_key: X25519PrivateKey, wrapped: bytes, info: bytes) -> bytes:
    """The secret again. Malformed if it was wrapped for another key or bound to something else."""
    try:
        return _SUITE.decrypt(wrapped, private_key, info)
    except (InvalidTag, ValueError):
        raise Malformed from None


def case_key_info(case: UUID, epoch: int) -> bytes:
    """What a wrapped case key is bound to.

    Case ids are random, so they are unique everywhere. The organisation is left out because a
    store may join one later, and the keys of its cases must go on opening.
    """
    return CASE_KEY_INFO + case.bytes + epoch.to_bytes(4, "big")
