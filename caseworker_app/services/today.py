"""What today holds: visits in their order, what was promised, what still has to be written up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from caseworker_app.domain.case_view import own_words
from caseworker_app.domain.goals import GoalStatus
from caseworker_app.domain.people import CaseFile, Person
from caseworker_app.domain.talk import Conversation, Statement, TalkStatus
from caseworker_app.domain.today import Day, Visit, WriteUp
from caseworker_app.services import writing_up
from caseworker_app.services.agreements import mine_of
from caseworker_app.services.goals import read_cards
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading

WEEK = timedelta(days=7)


def day(store: Store, now: datetime) -> Day:
    """Today's visits, the coach's promises of the next seven days and late ones, open write-ups."""
    today = now.astimezone().date()
    with store.reading() as reading:
        planned = reading.all(Conversation, status=TalkStatus.PLANNED)
        visits = [t for t in planned if _is_on(t.planned_for, today) and _is_here(reading, t)]
        visits.sort(key=lambda t: t.planned_for.timestamp() if t.planned_for else 0.0)
        return Day(
            tuple(_visit(reading, talk) for talk in visits),
            mine_of(reading, today + WEEK),
            tuple(_write_ups(reading, now)),
        )


def visits_on(store: Store, day: date) -> int:
    """How many visits are planned for a day."""
    with store.reading() as reading:
        planned = reading.all(Conversation, status=TalkStatus.PLANNED)
        return sum(_is_on(t.planned_for, day) and _is_here(reading, t) for t in planned)


def _write_ups(reading: Reading, now: datetime) -> list[WriteUp]:
    found = [
        WriteUp(talk, _person(reading, talk).name, talk.started, count)
        for talk, count in writing_up.waiting(reading, now)
        if talk.started and _is_here(reading, talk)
    ]
    return sorted(found, key=lambda one: one.began, reverse=True)


def _visit(reading: Reading, talk: Conversation) -> Visit:
    statements = tuple(reading.all(Statement, case=talk.case))
    held = reading.all(Conversation, case=talk.case, status=TalkStatus.HELD)
    cards = (c for c in read_cards(reading, talk.case) if c.goal.status is not GoalStatus.NOT_NOW)
    steps = tuple(step for card in cards for step in card.steps if step.what)
    return Visit(talk, _person(reading, talk), own_words(statements), steps, not held)


def _is_here(reading: Reading, talk: Conversation) -> bool:
    """Whether the file of this talk is not removed."""
    file = reading.get(CaseFile, talk.case)
    return file is not None and not file.removed


def _person(reading: Reading, talk: Conversation) -> Person:
    return reading.all(Person, case=talk.case)[0]


def _is_on(moment: datetime | None, day: date) -> bool:
    return moment is not None and moment.astimezone().date() == day
