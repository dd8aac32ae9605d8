"""What a round notices and the coach should know, kept until it is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseworker_app.services.exchange.way import milliseconds
from caseworker_app.store.remembered import recall, remember
from caseworker_app.store.transactions import Reading

DONE, PROBLEM, GONE_BACK, CLOCK, ARRIVED = "done", "problem", "gone_back", "clock", "arrived"
TAGS = "tags"
CLOCK_MAY_DIFFER = 5 * 60 * 1000
"""Milliseconds. Nothing is refused for it; the coach is told."""


@dataclass(frozen=True, slots=True)
class Brought:
    """How many changes of others came into a case, and whose laptops wrote them."""

    case: UUID
    changes: int
    devices: tuple[UUID, ...]


def done(changing: Reading, now: datetime) -> None:
    """A round came to its end."""
    remember(changing, DONE, milliseconds(now))
    no_problem(changing)


def no_problem(changing: Reading) -> None:
    """What went wrong last is over."""
    remember(changing, PROBLEM, None)


def problem(changing: Reading, code: str, details: dict[str, str | int]) -> None:
    """A round ended in an error of this code."""
    remember(changing, PROBLEM, [code, details])


def gone_back(changing: Reading, now: datetime) -> None:
    """The central store stands before what it had confirmed: it may have lost all tags, too."""
    remember(changing, GONE_BACK, milliseconds(now))
    remember(changing, TAGS, {})


def clock(changing: Reading, there: int, here: int) -> None:
    """What time it is at the central store and on this laptop."""
    remember(changing, CLOCK, abs(there - here) > CLOCK_MAY_DIFFER)


def arrived(changing: Reading, brought: Iterable[Brought], now: datetime) -> None:
    """What came in; a round that brings nothing leaves what was there before."""
    listed = [
        [one.case.bytes, one.changes, [device.bytes for device in one.devices]] for one in brought
    ]
    if listed:
        remember(changing, ARRIVED, [milliseconds(now), listed])


def forget(changing: Reading, case: UUID) -> None:
    """Forget what was noticed about a case that leaves this laptop."""
    tags = dict(recall(changing, TAGS, {}))
    if tags.pop(case.bytes, None) is not None:
        remember(changing, TAGS, tags)
    at, listed = recall(changing, ARRIVED, [0, []])
    remember(changing, ARRIVED, [at, [one for one in listed if one[0] != case.bytes]])


def last_arrived(reading: Reading) -> tuple[int, tuple[Brought, ...]]:
    """When something came in last, and what."""
    at, listed = recall(reading, ARRIVED, [0, []])
    return at, tuple(
        Brought(UUID(bytes=case), changes, tuple(UUID(bytes=one) for one in devices))
        for case, changes, devices in listed
    )
