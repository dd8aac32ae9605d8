"""One case as a whole: what its page shows, its documents, and short notes between talks."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from caseworker_app import errors
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
from caseworker_app.services.goals import read_cards
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Changing

MOST_MEGABYTES = 20


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
        )


def statements(store: Store, conversation: UUID) -> tuple[Statement, ...]:
    """All that was said in one conversation, in the order said."""
    with store.reading() as reading:
        return tuple(s for s in reading.all(Statement, conversation=conversation) if not s.draft)


def add_note(
    store: Store, case: UUID, way: ContactWay, words: str, at: datetime, now: datetime
) -> ContactNote:
    """A short note between conversations."""
    with store.changing(now) as changing:
        return changing.put(ContactNote(id=store.new_id(), case=case, way=way, words=words, at=at))


def save_note(store: Store, new: ContactNote, seen: ContactNote, now: datetime) -> ContactNote:
    """Correct a note."""
    with store.changing(now) as changing:
        return changing.put(new, seen)


def add_document(store: Store, case: UUID, file: Path, media_type: str, now: datetime) -> Document:
    """Take a file into the case, encrypted. DocumentTooLarge above 20 MB."""
    if file.stat().st_size > MOST_MEGABYTES * 1_000_000:
        raise errors.DocumentTooLarge(most=MOST_MEGABYTES)
    return keep_document(store, case, file.name, media_type, file.read_bytes(), now)


def keep_document(
    store: Store, case: UUID, name: str, media_type: str, content: bytes, now: datetime
) -> Document:
    """Keep these bytes as a document of the case."""
    with store.changing(now) as changing:
        return put_document(changing, case, name, media_type, content, now)


def put_document(
    changing: Changing, case: UUID, name: str, media_type: str, content: bytes, now: datetime
) -> Document:
    """The same within a transaction that is open already."""
    return changing.put(
        Document(
            id=changing.place.new_id(),
            case=case,
            name=name,
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            added=now,
            blob=changing.put_blob(case, content),
        )
    )


def document_bytes(store: Store, document: Document) -> bytes:
    """The bytes of a document, exactly as they came. StoreDamaged when they are others."""
    assert document.blob is not None
    with store.reading() as reading:
        content = reading.blob(document.blob)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise errors.StoreDamaged
    return content


def rename_document(store: Store, document: Document, name: str, now: datetime) -> Document:
    """Give a document another name."""
    with store.changing(now) as changing:
        return changing.put(replace(document, name=name), document)


def _planned_for(talk: Conversation) -> float:
    return talk.planned_for.timestamp() if talk.planned_for else 0.0
