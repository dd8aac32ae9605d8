"""The sealing of documents, piece by piece, each document under a key of its own.

Every piece is bound to its number, to how many there are and to the size of the whole: none can be
altered, exchanged, left out or added unnoticed. A key seals one content once, so the number of a
piece may be its nonce. Whoever is lent this sees the key as bytes to keep sealed, and nothing more.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseworker_app.domain.pieces import pieces
from caseworker_app.vault.tampered import Tampered

KEY_BYTES = 32
NONCE_BYTES = 12
BOUND = b"caseworker document 1\0"


class Pieces:
    """Seals and opens the pieces of documents."""

    @staticmethod
    def new_key() -> bytes:
        """A key for one document: 32 bytes that belong into a sealed change and nowhere else."""
        return secrets.token_bytes(KEY_BYTES)

    @staticmethod
    def seal(key: bytes, size: int, number: int, content: bytes) -> bytes:
        """AES-256-GCM over one piece, 16 bytes longer. `size` is that of the whole document."""
        return AESGCM(key).encrypt(_nonce(number), content, _bound_to(size, number))

    @staticmethod
    def open(key: bytes, size: int, number: int, sealed: bytes) -> bytes:
        """What was sealed. Tampered if one bit is another, or another piece lies in its place."""
        try:
            return AESGCM(key).decrypt(_nonce(number), sealed, _bound_to(size, number))
        except (InvalidTag, ValueError):
            raise Tampered from None


def _nonce(number: int) -> bytes:
    return number.to_bytes(NONCE_BYTES, "big")


def _bound_to(size: int, number: int) -> bytes:
    return BOUND + b"".join(part.to_bytes(8, "big") for part in (number, pieces(size), size))
