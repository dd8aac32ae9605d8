"""What is signed says what it is for, so that no signature can be used for something else."""

from __future__ import annotations

from enum import Enum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SIGNATURE_BYTES = 64


class Purpose(Enum):
    """The first bytes of everything that is signed but changes, which sign their 32-byte hash."""

    DIRECTORY = b"caseworker directory 1\0"
    NEW_ROOT = b"caseworker new root 1\0"
    MEMBERSHIP = b"caseworker membership 1\0"
    SIGN_IN = b"caseworker sign in 1\0"
    ENROLMENT = b"caseworker enrolment 1\0"
    ERASURE = b"caseworker erasure 1\0"


def to_sign(purpose: Purpose, body: bytes) -> bytes:
    """The bytes that are signed for a body."""
    return purpose.value + body


def verify(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the holder of this Ed25519 key (32 bytes) signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
