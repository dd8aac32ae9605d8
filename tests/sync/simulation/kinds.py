"""What else is in the world of a schedule, besides laptops, a network and coaches who write.

The seed decides it, by a chance of its own: played as `PLAIN`, a schedule is what it was before
there were kinds.
"""

from __future__ import annotations

from enum import StrEnum

from tests.sync.simulation.chance import Chance


class Kind(StrEnum):
    """Something that not every world has."""

    PAPERS = "papers"  # documents are given to cases
    AGES = "ages"  # programs that are newer, older, and too old
    PARTNERS = "partners"  # a second organisation at the same central store
    LATE = "late"  # work of those who may not write, and who lets it in


Kinds = frozenset[Kind]

PLAIN: Kinds = frozenset()

OFTEN = {Kind.PAPERS: 0.5, Kind.AGES: 0.25, Kind.PARTNERS: 0.25, Kind.LATE: 0.25}
"""In how many of all schedules."""


def kinds_of(seed: int) -> Kinds:
    """What is in the world of this schedule."""
    chance = Chance(f"kinds of {seed}")
    return frozenset(kind for kind, often in OFTEN.items() if chance.random() < often)
