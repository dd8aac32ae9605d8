"""The plan that lies on the table: a frozen picture of what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from caseworker_app.domain.entity import Entity, link, text


@dataclass(frozen=True, slots=True, repr=False)
class PlanStep:
    """One row of the table: who, what, with whom, by when, done."""

    what: str
    who: str
    with_whom: str
    due: date | None
    done: bool


@dataclass(frozen=True, slots=True, repr=False)
class PlanGoal:
    """A goal with its steps. `domain` is a life domain id such as "L04", or empty."""

    words: str
    domain: str
    sign: str
    confidence: int | None
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True, slots=True, repr=False)
class PutAside:
    """Something respectfully left for later, with the reason in the participant's words."""

    words: str
    reason: str


class TextSize(StrEnum):
    """The size of the printed letters: 14 pt, or 18 pt for people who see less well."""

    NORMAL = "normal"
    LARGE = "large"


@dataclass(frozen=True, slots=True, repr=False)
class PlanContent:
    """Everything a plan says, and nothing that has to be looked up to print it again in ten years.

    `language` is the plan's own ("de", "nl"), apart from the screen's. `number` is 0 for a draft.
    `next_talk_at` is local wall time as agreed at the table.
    """

    language: str
    size: TextSize
    number: int
    made: date
    person: str
    case_number: str
    coach: str
    organisation: str
    phone: str
    email: str
    important: tuple[str, ...]
    going_well: tuple[str, ...]
    goals: tuple[PlanGoal, ...]
    put_aside: tuple[PutAside, ...]
    next_talk_at: datetime | None
    next_talk_place: str
    signers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlanVersion(Entity):
    """A plan as it was handed over. `content` is the sealed `PlanContent`, `sha256` its hash.

    The PDF that was printed lies beside it as a `Document`, so the very same bytes print again.
    """

    kind: ClassVar[str] = "plan_version"
    number: int = 0
    language: str = text()
    made: datetime | None = None
    sha256: str = text()
    content: bytes = b""
    document: UUID | None = link()
