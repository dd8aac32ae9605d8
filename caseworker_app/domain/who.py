"""Whom a list shows: everybody, this week's people, those long without a talk, the closed."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from caseworker_app.domain.lines import YEARLY, PersonLine
from caseworker_app.domain.people import CaseStatus

WEEK = timedelta(days=7)


class Who(StrEnum):
    """The filters above the list of people."""

    ALL = "all"
    WEEK = "week"
    LONG = "long"
    CLOSED = "closed"


def belongs(line: PersonLine, who: Who, today: date) -> bool:
    """Whether this person is among those that the filter shows."""
    closed = line.status is CaseStatus.CLOSED
    if who is Who.ALL:
        return True
    if who is Who.CLOSED:
        return closed
    if closed:
        return False
    return _has_something_soon(line, today) if who is Who.WEEK else is_long_without(line, today)


def is_long_without(line: PersonLine, today: date) -> bool:
    """A year or more since the last talk, and none is agreed."""
    if line.status is CaseStatus.CLOSED or line.next_talk or not line.last_talk:
        return False
    return line.last_talk.astimezone().date() + YEARLY <= today


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def _has_something_soon(line: PersonLine, today: date) -> bool:
    talk = line.next_talk.astimezone().date() if line.next_talk else None
    return any(day is not None and day < today + WEEK for day in (talk, line.next_step))
