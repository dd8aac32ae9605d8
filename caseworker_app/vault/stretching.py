"""How dear a guess at a passphrase may be on this laptop: as dear as it can bear.

Units: memory in KiB, time in seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from caseworker_app.sync.wire.passphrases import CEILING, FLOOR, SALT_BYTES, USUAL, Cost, stretch
from caseworker_app.vault.machine import memory_bytes

LEAST_SECONDS = 0.5
WANTED_SECONDS = 0.7
MOST_SECONDS = 1.0
SHARE_OF_MEMORY = 16


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
