"""Passphrases of two people: what counts as the same one, and what a guess costs (Argon2id).

The limits are those of the laptop's slots: below, guessing is cheap; above, a hostile file could
exhaust the machine. What a file says outside them is never used.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from caseworker_app.sync.wire.invitation import CODE_BYTES, code_text

MIB = 1024
SALT_BYTES = 16
KEY_BYTES = 32
LEAST_CHARACTERS = 14
LEAST_WORDS = 5
_LIMITS = {"memory_kib": (64 * MIB, 1024 * MIB), "passes": (3, 32), "lanes": (4, 16)}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes side by side."""

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        """ValueError outside the limits."""
        for name, (least, most) in _LIMITS.items():
            value = getattr(self, name)
            if type(value) is not int or not least <= value <= most:
                raise ValueError(f"{name} is outside its limits")


FLOOR = Cost(memory_kib=64 * MIB, passes=3, lanes=4)
USUAL = Cost(memory_kib=256 * MIB, passes=3, lanes=4)


def normalised(passphrase: str) -> str:
    """The passphrase as every keyboard means it: NFKC, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes from a passphrase and a salt of 16 bytes."""
    argon2 = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return argon2.derive(normalised(passphrase).encode("utf-8", "surrogatepass"))


def long_enough(passphrase: str) -> bool:
    """Whether it has 14 characters or five words. What it is made of, nobody can check here."""
    plain = normalised(passphrase)
    return len(plain) >= LEAST_CHARACTERS or len(plain.split()) >= LEAST_WORDS


def proposal() -> str:
    """A passphrase of 128 random bits in groups of letters, to be written on a sheet of paper."""
    return code_text(secrets.token_bytes(CODE_BYTES))
