"""One case as a whole: what its page shows, and short notes between talks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseworker_app.domain.case_view import CaseView, domain_views, own_words, timeline
from caseworker_app.domain.people import (
    CaseFile,
    ContactNote,
    ContactWay,
    Document,
    Person,
    Relation,
)
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.domain.talk import Conversation, Rating, Statement, TalkStatus
from caseworker_app.services.disputes import count_in
from caseworker_app.services.goals import read_cards
from caseworker_app.store.store import Store


def view(store: Store, case: UUID) -> CaseView:
    """Everything the case page shows. KeyError when there is no such case here."""
    with store.reading() as reading:
        file = reading.get(CaseFile, case)
        people = reading.all(Person, case=case)
        if file is None or not people:
            raise KeyError(case)
        talks = tuple(reading.all(Conversation, case=case))
        statements = tuple(reading.all(Statement, case=case))
        domains, now, before = domain_views(talks, tuple(reading.all(Rating, case=case)))
        goals = read_cards(reading, case)
        plans = tuple(reading.all(PlanVersion, case=case))
        documents = tuple(reading.all(Document, case=case))
        notes = tuple(reading.all(ContactNote, case=case))
        planned = [t for t in talks if t.status is TalkStatus.PLANNED and t.planned_for]
        running = [t for t in talks if t.status is TalkStatus.RUNNING]
        return CaseView(
            file=file,
            person=people[0],
            relations=tuple(reading.all(Relation, case=case)),
            own_words=own_words(statements),
            domains=domains,
            domains_now=now,
            domains_before=before,
            goals=goals,
            next_talk=min(planned, key=_planned_for) if planned else None,
            running=running[-1] if running else None,
            conversations=talks,
            plans=plans,
            documents=documents,
            events=timeline(file, talks, statements, notes, goals, plans, documents),
            disputes=count_in(reading, case),
        )


def add_note(
    store: Store, case: UUID, way: ContactWay, words: str, at: datetime, now: datetime
) -> ContactNote:
    """A short note between conversations."""
    with store.changing(now) as changing:
        return changing.put(ContactNote(id=store.new_id(), case=case, way=way, words=words, at=at))


def _planned_for(talk: Conversation) -> float:
    return talk.planned_for.timestamp() if talk.planned_for else 0.0
