"""The short number with which the coach takes the turned screen back.

It keeps nobody from a laptop, only from the coach's side of an open program; the passphrase does
the rest. It is kept stretched and salted, inside the encrypted store.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import replace
from datetime import datetime

from caseworker_app.errors import PinRefused
from caseworker_app.services import stores
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.passphrases import FLOOR, SALT_BYTES, stretch

LEAST, MOST = 4, 8
_FIRST_WAY = "1"
_YEAR = re.compile(r"(19|20)\d\d")
_ROW = "0123456789" * 2
_DOWN_THE_KEYS = ("2580", "0852", "1470", "3690")


def is_good(pin: str) -> bool:
    """Whether this can be a PIN: four to eight digits that are not the first to be tried."""
    if not (pin.isascii() and pin.isdecimal() and LEAST <= len(pin) <= MOST):
        return False
    in_a_row = pin in _ROW or pin[::-1] in _ROW
    repeats = any(
        pin == pin[:size] * (len(pin) // size) for size in (1, 2, 3, 4) if size < len(pin)
    )
    return not (in_a_row or repeats or pin in _DOWN_THE_KEYS or _YEAR.fullmatch(pin))


def has_pin(store: Store) -> bool:
    """Whether the coach has chosen one."""
    return bool(stores.profile(store).pin)


def set_pin(store: Store, pin: str, now: datetime) -> None:
    """Use this PIN from now on. PinRefused when it is too easy to guess."""
    if not is_good(pin):
        raise PinRefused
    salt = secrets.token_bytes(SALT_BYTES)
    seen = stores.profile(store)
    kept = f"{_FIRST_WAY}:{salt.hex()}:{_stretched(pin, salt)}"
    stores.save_profile(store, replace(seen, pin=kept), seen, now)


def check_pin(store: Store, pin: str) -> bool:
    """Whether this is the coach's PIN. Takes as long for a wrong one."""
    way, _, kept = stores.profile(store).pin.partition(":")
    salt, _, stretched = kept.partition(":")
    if way != _FIRST_WAY:
        return False
    return hmac.compare_digest(_stretched(pin, bytes.fromhex(salt)), stretched)


def _stretched(pin: str, salt: bytes) -> str:
    return stretch(pin, salt, FLOOR).hex()
