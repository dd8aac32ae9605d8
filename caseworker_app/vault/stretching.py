"""Argon2id: making each guess at a passphrase as dear as the laptop can bear.

Units: memory in KiB, time in seconds. A cost outside FLOOR and CEILING is never used, whatever a
slots file says: below, guessing is cheap; above, a hostile file could exhaust the machine.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from caseworker_app.vault.machine import memory_bytes

MIB = 1024
SALT_BYTES = 16
KEY_BYTES = 32
LEAST_SECONDS = 0.5
WANTED_SECONDS = 0.7
MOST_SECONDS = 1.0
SHARE_OF_MEMORY = 16


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


_LIMITS = {"memory_kib": (64 * MIB, 1024 * MIB), "passes": (3, 32), "lanes": (4, 16)}
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


def seconds_of(cost: Cost) -> float:
    """How long this machine takes for one guess at this cost.

    The faster of two: other programs busy at this moment shall not lower the cost for years.
    """
    return min(_seconds_once(cost) for _time in range(2))


def _seconds_once(cost: Cost) -> float:
    started = time.perf_counter()
    stretch("how long does it take", bytes(SALT_BYTES), cost)
    return time.perf_counter() - started


def measured_cost(seconds: Callable[[Cost], float] = seconds_of, memory: int | None = None) -> Cost:
    """The cost at which this laptop unlocks in half a second to one second.

    256 MiB, or a sixteenth of the machine's `memory` (bytes) where that is less; more passes on a
    fast machine, less memory on a slow one; never below the floor.
    """
    memory = memory or memory_bytes()
    wanted = memory // SHARE_OF_MEMORY // 1024 if memory else USUAL.memory_kib
    cost = _with_memory(min(wanted, USUAL.memory_kib))
    took = seconds(cost)
    while took > MOST_SECONDS and cost.memory_kib > FLOOR.memory_kib:
        cost = _with_memory(cost.memory_kib // 2)
        took = seconds(cost)
    if took >= LEAST_SECONDS:
        return cost
    passes = round(WANTED_SECONDS / took * FLOOR.passes)
    return Cost(cost.memory_kib, min(passes, CEILING.passes), cost.lanes)


def _with_memory(memory_kib: int) -> Cost:
    return Cost(max(memory_kib, FLOOR.memory_kib), FLOOR.passes, FLOOR.lanes)
