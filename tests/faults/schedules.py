"""The long form of the simulation: many schedules, and every planted bug from the first seed on."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from caseworker_app import i18n
from tests.sync.simulation.kinds import Kind, kinds_of
from tests.sync.simulation.planted import PLANTED, Patch, planted
from tests.sync.simulation.schedule import play

SCHEDULES = int(os.environ.get("FAULTS_SCHEDULES", "10000"))
MOST_UNTIL_CAUGHT = 400
AT_ONCE = 20

FAULTS = (
    "3 kill in the middle of a round",
    "7 clocks that are wrong",
    "8 requests dropped, answers lost",
    "9 requests repeated and late",
    "10 answers cut off",
    "11 another epoch",
    "12 the central store put back from a backup",
    "13 a laptop put back from a backup",
    "15 the same field on two laptops",
    "16 edit against removal",
    "17 edits while a round runs",
    "18 what the central store does not list",
    "36 signed off while offline, with unsent work",
    "37 planted bugs",
)
OF_SOME = {
    "19 programs two versions older and newer, and too old": Kind.AGES,
    "21 who may only read pushes all the same; late work is let in": Kind.LATE,
    "29 a case shared with another organisation": Kind.PARTNERS,
    "documents cut, taken up again, and put back": Kind.PAPERS,
}
"""Faults that only worlds of some kind have."""


def rows() -> list[dict[str, Any]]:
    """A row for each fault that schedules hold: they were all played together."""
    played = {
        fault: [seed for seed in range(SCHEDULES) if kind is None or kind in kinds_of(seed)]
        for fault, kind in [*((fault, None) for fault in FAULTS), *OF_SOME.items()]
    }
    print(f"{SCHEDULES} schedules ...", flush=True)
    with ProcessPoolExecutor() as pool:
        failed = []
        for first, some in zip(
            range(0, SCHEDULES, AT_ONCE),
            pool.map(_failed, range(0, SCHEDULES, AT_ONCE)),
            strict=True,
        ):
            failed += some
            # Said as it goes: nobody waits most of an hour for a line.
            if some or first % 1000 == 0:
                print(f"{first + AT_ONCE} played, failed: {failed}", flush=True)
        caught = list(pool.map(_first_to_catch, range(len(PLANTED))))
    print(f"failed: {failed}")
    for bug, seed in zip(PLANTED, caught, strict=True):
        print(f"planted bug {bug.__name__}: caught by schedule {seed}")
    return [
        {
            "fault": fault,
            "trials": len(seeds),
            "failures": len(set(failed) & set(seeds)),
            "planted_bugs_caught": sum(seed is not None for seed in caught),
            "planted_bugs": len(PLANTED),
        }
        for fault, seeds in played.items()
    ]


def _ready() -> None:
    i18n.use("en")
    # Where a lock is held too long the server says so in its log, and answers "busy": no news here.
    logging.getLogger("central_store").addHandler(logging.NullHandler())


def _failed(first: int) -> list[int]:
    _ready()
    seeds = range(first, min(first + AT_ONCE, SCHEDULES))
    return [seed for seed in seeds if play(seed).problems]


def _first_to_catch(number: int) -> int | None:
    _ready()
    bug: Callable[[Patch], None] = PLANTED[number]
    with planted(bug):
        return next((seed for seed in range(MOST_UNTIL_CAUGHT) if play(seed).problems), None)
