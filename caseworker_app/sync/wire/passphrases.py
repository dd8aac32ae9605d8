"""Argon2id: a key from a passphrase, in a laptop's slots and in the key file of an organisation.

Units: memory in KiB. A cost outside FLOOR and CEILING is never used, whatever a file says: below,
guessing is cheap; above, a hostile file could exhaust the machine.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

MIB = 1024
SALT_BYTES = 16
KEY_BYTES = 32
_LIMITS = {"memory_kib": (64 * MIB, 1024 * MIB), "passes": (3, 32), "lanes": (4, 16)}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes side by side."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        """ValueError outside the limits, or where a number is none."""
        for name, (least, most) in _LIMITS.items():
            value = getattr(self, name)
            if type(value) is not int or not least <= value <= most:
                raise ValueError(f"{name} is outside its limits")


FLOOR = Cost(memory_kib=64 * MIB, passes=3, lanes=4)
CEILING = Cost(memory_kib=1024 * MIB, passes=32, lanes=16)
USUAL = Cost(memory_kib=256 * MIB, passes=3, lanes=4)


def normalised(passphrase: str) -> str:
    """The passphrase as every keyboard means it.

    NFKC, because a keyboard may compose “ü” from two characters, write the Dutch “ĳ” as one, or
    put a no-break space between words. Spaces at the ends are dropped and several between two
    words count as one: nobody sees them, and nobody shall be locked out by them. Capitals count.
    """
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from a passphrase and a salt of 16 bytes."""
    argon2 = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return argon2.derive(normalised(passphrase).encode("utf-8", "surrogatepass"))
