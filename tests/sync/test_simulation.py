"""Some weeks of several laptops, played from a seed: nothing is lost, and nobody is let in.

`SCHEDULES` says how many; half of them are played by the other file, on the other core.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.sync.simulation.kinds import Kind, kinds_of
from tests.sync.simulation.planted import CAUGHT_BY, Patch, planted
from tests.sync.simulation.schedule import play

SCHEDULES = int(os.environ.get("SCHEDULES", "1000"))
AT_ONCE = 10
EVERYTHING = 57
"""A schedule in whose world there is something of every kind."""

AGAIN = """
from caseworker_app import i18n
from tests.sync.simulation.schedule import play
i18n.use("en")
print(play({seed}).trace)
"""


def test_every_kind_of_world_is_played() -> None:
    assert kinds_of(EVERYTHING) == frozenset(Kind)


def all_held(seeds: range) -> None:
    """Play these schedules; says what did not hold, and how it came to that."""
    for seed in seeds:
        outcome = play(seed)
        found = "\n".join(outcome.problems)
        assert not outcome.problems, f"schedule {seed}\n{outcome.last}\n\n{found}"


@pytest.mark.parametrize("first", range(0, SCHEDULES // 2, AT_ONCE))
def test_whatever_happens_all_of_it_is_there_in_the_end(first: int) -> None:
    all_held(range(first, first + AT_ONCE))


@pytest.mark.parametrize("seed", [7, EVERYTHING])
def test_the_same_seed_is_the_same_story(seed: int) -> None:
    """In this process, and in another one that has other hashes."""
    here = play(seed).trace
    assert play(seed).trace == here
    command = [sys.executable, "-W", "ignore", "-c", AGAIN.format(seed=seed)]
    env = {**os.environ, "PYTHONHASHSEED": "11"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == here


@pytest.mark.parametrize(
    ("bug", "seed"), CAUGHT_BY.items(), ids=[bug.__name__ for bug in CAUGHT_BY]
)
def test_a_planted_bug_is_caught(bug: Callable[[Patch], None], seed: int) -> None:
    with planted(bug):
        assert play(seed).problems
