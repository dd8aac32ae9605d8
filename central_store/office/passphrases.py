"""Passphrases of two people: what is long enough, and one to be proposed."""

from __future__ import annotations

import secrets

from caseworker_app.sync.wire.invitation import CODE_BYTES, code_text
from caseworker_app.sync.wire.passphrases import normalised

LEAST_CHARACTERS = 14
LEAST_WORDS = 5


def long_enough(passphrase: str) -> bool:
    """Whether it has 14 characters or five words. What it is made of, nobody can check here."""
    plain = normalised(passphrase)
    return len(plain) >= LEAST_CHARACTERS or len(plain.split()) >= LEAST_WORDS


def proposal() -> str:
    """A passphrase of 128 random bits in groups of letters, to be written on a sheet of paper."""
    return code_text(secrets.token_bytes(CODE_BYTES))
