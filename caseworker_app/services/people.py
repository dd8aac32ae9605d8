"""The people a coach works with: the list, a new person, their household and network."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.lines import PersonLine, by_due
from caseworker_app.domain.people import CaseFile, CaseStatus, Person, Relation
from caseworker_app.store import lists
from caseworker_app.store.store import Store


def lines(store: Store, now: datetime) -> list[PersonLine]:
    """Everybody whose file is not removed, the most urgent first."""
    with store.reading() as reading:
        return by_due(lists.people(reading), now.astimezone().date())


def open_file(store: Store, person: Person, guide: str, now: datetime) -> UUID:
    """A new case file for this person, whose own ids are ignored. Gives the id of the case."""
    case = store.new_id()
    with store.changing(now) as changing:
        today = now.astimezone().date()
        number = lists.next_number(changing, today.year)
        changing.put(CaseFile(id=case, case=case, number=number, opened=today, guide=guide))
        changing.put(replace(person, id=store.new_id(), case=case))
    return case


def person(store: Store, case: UUID) -> Person:
    """The person of a case. KeyError when there is no such case here."""
    with store.reading() as reading:
        found = reading.all(Person, case=case)
    if not found:
        raise KeyError(case)
    return found[0]


def save_person(store: Store, new: Person, seen: Person, now: datetime) -> Person:
    """Keep what was changed about a person; `seen` is what the form showed before."""
    with store.changing(now) as changing:
        return changing.put(new, seen)


def close_file(store: Store, case: UUID, now: datetime) -> None:
    """The work with this person is over; the file stays readable."""
    _set_status(store, case, CaseStatus.CLOSED, now)


def reopen_file(store: Store, case: UUID, now: datetime) -> None:
    """The work with this person goes on."""
    _set_status(store, case, CaseStatus.OPEN, now)


def file(store: Store, case: UUID) -> CaseFile:
    """The file of a case. KeyError when there is no such case here."""
    with store.reading() as reading:
        found = reading.get(CaseFile, case)
    if found is None:
        raise KeyError(case)
    return found


def save_relation(
    store: Store, relation: Relation, seen: Relation | None, now: datetime
) -> Relation:
    """Somebody in the household or the network; new when `seen` is None."""
    with store.changing(now) as changing:
        return changing.put(relation, seen)


def _set_status(store: Store, case: UUID, status: CaseStatus, now: datetime) -> None:
    with store.changing(now) as changing:
        current = changing.get(CaseFile, case)
        if current:
            changing.put(replace(current, status=status))
