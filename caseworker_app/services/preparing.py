"""Reading what a coach should know before the visit."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from caseworker_app.domain.people import CaseFile, Person, Relation
from caseworker_app.domain.prepare import Known, Preparation, last_held, prepare
from caseworker_app.domain.talk import Conversation, Rating, Statement, Topic
from caseworker_app.services.goals import read_cards
from caseworker_app.services.said import guide_of
from caseworker_app.store.store import Store


def preparation(store: Store, case: UUID, today: date) -> Preparation:
    """What helps to prepare the next visit. KeyError when there is no such case here."""
    with store.reading() as reading:
        file = reading.get(CaseFile, case)
        people = reading.all(Person, case=case)
        if file is None or not people:
            raise KeyError(case)
        known = Known(
            file=file,
            person=people[0],
            relations=tuple(reading.all(Relation, case=case)),
            talks=tuple(reading.all(Conversation, case=case)),
            statements=tuple(reading.all(Statement, case=case, draft=False)),
            topics=tuple(reading.all(Topic, case=case)),
            ratings=tuple(reading.all(Rating, case=case)),
            goals=read_cards(reading, case),
        )
        last = last_held(known.talks)
        return prepare(known, guide_of(reading, last) if last else None, today)
