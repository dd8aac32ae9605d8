"""What follows from the organisation's secret: 32 bytes that its laptops share and nobody else.

Each laptop finds it in the directory, wrapped for its own key. Names in the directory are sealed
with a key made from it, and the blind index of people is made with another: the central store has
neither. A partner organisation is handed the key of the names alone.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire.packing import Malformed

SECRET_BYTES = 32
NONCE_BYTES = 12
NAME_STEP = 32
"""Names are filled up to a multiple of so many bytes, so that their length tells little."""

_FOR_DEVICE = b"caseworker organisation secret 1\0"
_NAME = b"caseworker name 1\0"
_NAME_KEY = b"caseworker name key 1\0"
_INDEX_KEY = b"caseworker index key 1\0"
_PARTNER = b"caseworker partner name key 1\0"
_PARTNERS_KEY = b"caseworker partners key 1\0"


def new_secret() -> bytes:
    """A secret for a new organisation."""
    return secrets.token_bytes(SECRET_BYTES)


def wrap_for_device(secret: bytes, receiving: bytes, org: UUID, device: UUID) -> bytes:
    """The secret for the holder of this X25519 key, bound to organisation and device: 80 bytes."""
    return hpke.wrap(receiving, secret, _FOR_DEVICE + org.bytes + device.bytes)


def unwrap_on_device(private: X25519PrivateKey, wrapped: bytes, org: UUID, device: UUID) -> bytes:
    """The secret again. Malformed if it was wrapped for another device or is no secret."""
    found = hpke.unwrap(private, wrapped, _FOR_DEVICE + org.bytes + device.bytes)
    if len(found) != SECRET_BYTES:
        raise Malformed
    return found


def name_key(secret: bytes, org: UUID) -> bytes:
    """The key (32 bytes) of the names in this organisation's directory; partners get it too."""
    return _derived(secret, _NAME_KEY + org.bytes)


def index_key(secret: bytes, org: UUID) -> bytes:
    """The key (32 bytes) of the blind index. It never leaves the organisation's laptops."""
    return _derived(secret, _INDEX_KEY + org.bytes)


def seal_name(key: bytes, org: UUID, user: UUID, name: str) -> bytes:
    """A user's name under the name key, bound to who it belongs to."""
    plain = name.encode()
    filled = plain + bytes(-len(plain) % NAME_STEP)
    return _sealed(key, filled, _NAME + org.bytes + user.bytes)


def open_name(key: bytes, org: UUID, user: UUID, sealed: bytes) -> str:
    """The name again. Malformed if it belongs to somebody else or was sealed with another key."""
    try:
        return _opened(key, sealed, _NAME + org.bytes + user.bytes).rstrip(b"\0").decode()
    except UnicodeDecodeError:
        raise Malformed from None


def seal_partner_key(secret: bytes, org: UUID, partner: UUID, key: bytes) -> bytes:
    """A partner's name key, for the laptops of this organisation: `Partner.names`."""
    return _sealed(
        _derived(secret, _PARTNERS_KEY + org.bytes), key, _PARTNER + org.bytes + partner.bytes
    )


def open_partner_key(secret: bytes, org: UUID, partner: UUID, sealed: bytes) -> bytes:
    """The partner's name key again. Malformed if it is another's or was changed."""
    return _opened(
        _derived(secret, _PARTNERS_KEY + org.bytes), sealed, _PARTNER + org.bytes + partner.bytes
    )


def _derived(secret: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), SECRET_BYTES, None, info).derive(secret)


def _sealed(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def _opened(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError):
        raise Malformed from None
