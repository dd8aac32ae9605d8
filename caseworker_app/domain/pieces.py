"""In which pieces the bytes of a document are sealed, and where they can be.

Sizes are rounded up before sealing, so that a paper cannot be told by its exact size: in steps of
256 bytes, and of about 3 % for large ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PIECE = 1 << 20
"""Bytes of plain content in one sealed piece."""

TAG = 16
"""So many bytes longer is a piece once it is sealed."""

SEALED_PIECE = PIECE + TAG
MOST_BYTES = 100 << 20
"""Of one document."""

CIPHER_BYTES = 32
SEAL_BYTES = CIPHER_BYTES + 32
_LEAST_STEP = 256
_STEP_BITS = 6


def rounded(size: int) -> int:
    """How many bytes are sealed for a content of this size."""
    step = max(_LEAST_STEP, 1 << max(0, size.bit_length() - _STEP_BITS))
    return max(1, -(-size // step)) * step


def pieces(size: int) -> int:
    """In how many pieces a content of this size is sealed."""
    return -(-rounded(size) // PIECE)


def sealed_size(size: int) -> int:
    """How many bytes of ciphertext a content of this size becomes."""
    return rounded(size) + TAG * pieces(size)


MOST_SEALED = sealed_size(MOST_BYTES)


class Whereabouts(StrEnum):
    """Where the bytes of a document are, as this laptop knows it."""

    ONLY_HERE = "only-here"
    HANDED_OVER = "handed-over"  # here, and the central store has given a receipt
    COMING = "coming"  # asked for; parts of it may be here
    AWAY = "away"  # at the central store, and not asked for


@dataclass(frozen=True, slots=True)
class Lying:
    """Where a document is, and how many of the bytes of its ciphertext have come or gone."""

    where: Whereabouts
    moved: int = 0
    of: int = 0
