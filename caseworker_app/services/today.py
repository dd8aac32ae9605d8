"""What today holds: visits in their order, what was promised, what still has to be written up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from caseworker_app.domain.case_view import own_words
from caseworker_app.domain.goals import Goal, GoalStatus, Step
from caseworker_app.domain.people import CaseFile, CaseStatus, Person, Profile
from caseworker_app.domain.talk import Conversation, Statement, TalkStatus
from caseworker_app.domain.today import Day, Promise, Visit, WriteUp
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading

WEEK = timedelta(days=7)


def day(store: Store, now: datetime) -> Day:
    """Today's visits, the coach's promises of the next seven days and late ones, open write-ups."""
    today = now.astimezone().date()
    with store.reading() as reading:
        files = {file.id for file in reading.all(CaseFile)}
        planned = reading.all(Conversation, status=TalkStatus.PLANNED)
        visits = [t for t in planned if t.case in files and _is_on(t.planned_for, today)]
        visits.sort(key=lambda t: t.planned_for.timestamp() if t.planned_for else 0.0)
        running = reading.all(Conversation, status=TalkStatus.RUNNING)
        return Day(
            tuple(_visit(reading, talk) for talk in visits),
            promises_in(reading, today + WEEK, coach_only=True),
            tuple(
                WriteUp(t, _person(reading, t).name, t.started)
                for t in running
                if t.case in files and t.started
            ),
        )


def promises_in(reading: Reading, until: date | None, *, coach_only: bool) -> tuple[Promise, ...]:
    """Open steps of open files up to a day; `coach_only` keeps those the coach has to take.

    Steps of goals that were put aside do not wait.
    """
    files = {file.id for file in reading.all(CaseFile, status=CaseStatus.OPEN)}
    aside = {goal.id for goal in reading.all(Goal, status=GoalStatus.NOT_NOW)}
    profile = reading.get(Profile, reading.place.store)
    coach = profile.name if profile else ""
    mine = {coach, *coach.split()[:1]}
    found = [
        step
        for step in reading.all(Step, done_on=None)
        if step.case in files
        and step.goal not in aside
        and step.what
        and (until is None or (step.due is not None and step.due <= until))
        and (not coach_only or step.who in mine)
    ]
    found.sort(key=lambda step: step.due or date.max)
    names = {person.case: person.name for person in reading.all(Person)} if found else {}
    return tuple(Promise(step, step.case, names.get(step.case, "")) for step in found)


def _visit(reading: Reading, talk: Conversation) -> Visit:
    statements = tuple(reading.all(Statement, case=talk.case))
    held = reading.all(Conversation, case=talk.case, status=TalkStatus.HELD)
    steps = tuple(s for s in reading.all(Step, case=talk.case) if s.what)
    return Visit(talk, _person(reading, talk), own_words(statements), steps, not held)


def _person(reading: Reading, talk: Conversation) -> Person:
    return reading.all(Person, case=talk.case)[0]


def _is_on(moment: datetime | None, day: date) -> bool:
    return moment is not None and moment.astimezone().date() == day
