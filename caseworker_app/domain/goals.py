"""What was agreed: one to three goals in the participant's own words, and steps towards them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from caseworker_app.domain.entity import Entity, link, text

MOST_GOALS = 3


class GoalStatus(StrEnum):
    """A goal is open, reached, or respectfully put aside with a reason."""

    OPEN = "open"
    REACHED = "reached"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Goal(Entity):
    """A goal in the participant's own words. `sign`: how we will see it. `confidence`: 0 to 10."""

    kind: ClassVar[str] = "goal"
    words: str = text(searched=True)
    domain: str = text()
    sign: str = text(searched=True)
    confidence: int | None = None
    status: GoalStatus = GoalStatus.OPEN
    reason: str = text()
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Step(Entity):
    """Who does what, with whom, by when; `done_on` once it is done."""

    kind: ClassVar[str] = "step"
    goal: UUID | None = link()
    what: str = text(searched=True)
    who: str = text()
    with_whom: str = text()
    due: date | None = None
    done_on: date | None = None
    position: int = 0
