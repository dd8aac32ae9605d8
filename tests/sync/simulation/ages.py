"""Programs of different ages in one case: newer ones, older ones, and those that are too old.

A newer one knows fields and kinds that nobody else has heard of; each word it writes in them is
looked for in the end, like any other.
"""

from __future__ import annotations

from enum import Enum
from uuid import UUID

from caseworker_app.domain.changes import Edit
from caseworker_app.domain.goals import Goal
from caseworker_app.store import projection, streams
from caseworker_app.sync.refusals import TooOld
from caseworker_app.sync.wire.messages import OLDEST_PROTOCOL, PROTOCOL
from tests.sync.newer_program import write_as_newer, write_as_older
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.world import World

UNKNOWN_FIELD, UNKNOWN_KIND = "colour_of_tomorrow", "horoscope"


class Age(Enum):
    """How old a program is, by the protocol that it speaks."""

    NEWER = PROTOCOL + 2
    OLDER = None
    TOO_OLD = OLDEST_PROTOCOL - 1


def grow(world: World, laptop: Laptop, age: Age) -> None:
    """Another version of the program is on this laptop from now on."""
    laptop.line.protocol = age.value
    world.trace.note(laptop.name, "has a program that is", age.name.lower())


def write(world: World, laptop: Laptop, case: UUID) -> None:
    """A coach writes in a case with whatever program this laptop has."""
    is_newer = laptop.line.protocol == Age.NEWER.value
    with laptop.store.reading() as reading:
        goals = reading.all(Goal, case=case)
        known = world.chance.choice(goals) if goals else None
        goal = known.id if known else laptop.store.new_id()
        state, _ = projection.load(reading.connection, Goal, goal, case)

    def edit(name: str, value: object) -> Edit:
        return Edit(Goal.kind, goal, name, value, state.heads_of(name))

    edits = [edit("words", world.words(laptop))]
    if is_newer:
        edits += [
            edit(UNKNOWN_FIELD, world.words(laptop)),
            edit("status", world.words(laptop)),
            Edit(UNKNOWN_KIND, laptop.store.new_id(), "sign", world.words(laptop)),
        ]
    act = write_as_newer if is_newer else write_as_older
    act(laptop.store, case, edits, laptop.watch())
    world.ledger.look_at(laptop.store)
    world.trace.note(laptop.name, "writes", act.__name__, case)


def hand_in_as_too_old(world: World, laptop: Laptop) -> None:
    """A program that is too old has a round: it is told so, and can hand over what it has."""
    outcome = world.exchange(laptop)
    if laptop.destroyed:
        return
    if not outcome.startswith(TooOld.code):
        world.problems.append(f"{laptop.name} is too old, and was told {outcome!r}")
    world.problems += [
        f"{laptop.name} is too old, and {case} still has work that would be taken"
        for case in world.cases
        if _would_be_taken(world, laptop, case)
    ]


def _would_be_taken(world: World, laptop: Laptop, case: UUID) -> bool:
    """Whether what waits goes on where the central store has this laptop's chain."""
    record, device = world.record(case), laptop.device.id
    with laptop.store.reading() as reading:
        batch = streams.outbox(reading, case, lambda header: header.device == device)
        known = streams.stream(reading, case)
    if record is None or known is None or not batch.changes:
        return False
    first = batch.changes[0].header
    tail = world.central.rows("tail", case_id=case, device_id=device)
    end = (tail[0]["sequence"], bytes(tail[0]["hash"])) if tail else (0, b"")
    may = record.admits(world.org_of(laptop.user), laptop.user, device, first.sequence)
    return may and (first.sequence - 1, first.previous) == end
