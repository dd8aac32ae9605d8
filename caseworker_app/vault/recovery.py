"""The recovery key: the printed sheet that opens the store when the passphrase is forgotten.

28 characters in 7 groups: 26 hold the 128 bits, 2 are checks. The alphabet has 31 characters, a
prime, so the two checks form a Reed-Solomon code of distance three: every mistake in one or two
characters, and so every swap of two, is noticed before anything is tried.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Self

from caseworker_app.errors import MistypedRecoveryKey

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
BASE = len(ALPHABET)
KEY_BYTES = 16
DATA_CHARACTERS = 26
CHARACTERS = 28
GROUP = 4

# No key holds these. Each is read as what it looks most like; the checks catch a wrong guess.
_LOOK_ALIKES = str.maketrans("0O1LI", "QQ77J")
_BETWEEN_GROUPS = str.maketrans("", "", "-‐‑‒–—−_.,·")


@dataclass(frozen=True, slots=True, repr=False)
class RecoveryKey:
    """128 random bits that a person can read from paper and type. Its `repr` shows none of them."""

    bits: bytes

    def __post_init__(self) -> None:
        if len(self.bits) != KEY_BYTES:
            raise ValueError("a recovery key has 16 bytes")

    def __repr__(self) -> str:
        return "<recovery key>"

    @classmethod
    def random(cls) -> Self:
        """A new key from the system's random source."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def parse(cls, typed: str) -> Self:
        """The key that somebody typed, in capitals or not, with any spaces and dashes.

        MistypedRecoveryKey if it is too short or long, or if the checks do not match.
        """
        plain = "".join(typed.upper().split()).translate(_BETWEEN_GROUPS).translate(_LOOK_ALIKES)
        if len(plain) != CHARACTERS or not set(plain) <= set(ALPHABET):
            raise MistypedRecoveryKey
        symbols = [ALPHABET.index(character) for character in plain]
        number = 0
        for symbol in symbols[:DATA_CHARACTERS]:
            number = number * BASE + symbol
        if _sums(symbols) != (0, 0) or number >= 1 << (8 * KEY_BYTES):
            raise MistypedRecoveryKey
        return cls(number.to_bytes(KEY_BYTES, "big"))

    @property
    def groups(self) -> tuple[str, ...]:
        """The key as it is printed: seven groups of four characters."""
        number = int.from_bytes(self.bits, "big")
        symbols: list[int] = []
        for _place in range(DATA_CHARACTERS):
            number, symbol = divmod(number, BASE)
            symbols.insert(0, symbol)
        text = "".join(ALPHABET[symbol] for symbol in (*symbols, *_checks(symbols)))
        return tuple(text[start : start + GROUP] for start in range(0, CHARACTERS, GROUP))

    @property
    def text(self) -> str:
        """The groups with dashes between them."""
        return "-".join(self.groups)


def _sums(symbols: list[int]) -> tuple[int, int]:
    """The plain and the weighted sum; both are zero for a whole key without mistakes."""
    weighted = sum(place * symbol for place, symbol in enumerate(symbols, start=1))
    return sum(symbols) % BASE, weighted % BASE


def _checks(data: list[int]) -> tuple[int, int]:
    """The two characters that make both sums of the whole key zero."""
    plain, weighted = _sums(data)
    last = ((DATA_CHARACTERS + 1) * plain - weighted) % BASE
    return (-plain - last) % BASE, last
