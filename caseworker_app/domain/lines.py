"""What lists show of a person: one line each, and what is due next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from caseworker_app.domain.people import CaseStatus

YEARLY = timedelta(days=365)
"""At least one personal talk a year with everybody."""

NEVER = date.max


class DueKind(StrEnum):
    """Why a person stands where they stand in the list."""

    TALK = "talk"
    STEP = "step"
    YEARLY_TALK = "yearly_talk"
    FIRST_TALK = "first_talk"


@dataclass(frozen=True, slots=True)
class Due:
    """The next thing with a person. `at` is the moment of an agreed talk."""

    kind: DueKind
    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class PersonLine:
    """One person in the list, with all that the search looks through."""

    case: UUID
    name: str
    number: str
    birth_date: date | None
    place: str
    phone: str
    status: CaseStatus
    opened: date | None
    next_talk: datetime | None
    next_step: date | None
    last_talk: datetime | None
    others: tuple[str, ...] = ()

    def due(self, today: date) -> Due:
        """What comes first: a step, or the next talk; the yearly one as long as none is agreed."""
        talk_on = self._talk_on(today)
        if self.next_step is not None and self.next_step < talk_on:
            return Due(DueKind.STEP, self.next_step)
        if self.next_talk is not None:
            return Due(DueKind.TALK, talk_on, self.next_talk.astimezone())
        return Due(DueKind.FIRST_TALK if self.last_talk is None else DueKind.YEARLY_TALK, talk_on)

    def due_on(self, today: date) -> date:
        """The day alone, for sorting thousands of lines."""
        talk_on = self._talk_on(today)
        return talk_on if self.next_step is None else min(talk_on, self.next_step)

    def _talk_on(self, today: date) -> date:
        if self.next_talk is not None:
            return self.next_talk.astimezone().date()
        if self.last_talk is not None:
            return self.last_talk.astimezone().date() + YEARLY
        return self.opened or today


def by_due(lines: Iterable[PersonLine], today: date) -> list[PersonLine]:
    """Open files first, those with the nearest due thing on top; closed ones last, by name."""

    def key(line: PersonLine) -> tuple[date, str]:
        return NEVER if line.status is CaseStatus.CLOSED else line.due_on(today), line.name

    return sorted(lines, key=key)


@dataclass(frozen=True, slots=True, repr=False)
class WordHit:
    """Words found in a case: which value they stand in, and the text around them."""

    case: UUID
    person: str
    kind: str
    value: UUID
    words: str
    at: datetime | None
