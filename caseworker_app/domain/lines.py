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
        found: list[Due] = []
        if self.next_talk is not None:
            local = self.next_talk.astimezone()
            found.append(Due(DueKind.TALK, local.date(), local))
        elif self.last_talk is not None:
            last = self.last_talk.astimezone().date()
            found.append(Due(DueKind.YEARLY_TALK, last + YEARLY))
        else:
            found.append(Due(DueKind.FIRST_TALK, self.opened or today))
        if self.next_step is not None:
            found.append(Due(DueKind.STEP, self.next_step))
        return min(found, key=lambda due: due.on)


def by_due(lines: Iterable[PersonLine], today: date) -> list[PersonLine]:
    """Open files first, those with the nearest due thing on top; closed ones last, by name."""

    def key(line: PersonLine) -> tuple[bool, date, str]:
        closed = line.status is CaseStatus.CLOSED
        return closed, NEVER if closed else line.due(today).on, line.name

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
