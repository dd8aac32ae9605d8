"""Everything that was said and written in a case, to read again or to take up as a goal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseworker_app.content import guides
from caseworker_app.domain.guide import Guide, Section
from caseworker_app.domain.people import CaseFile, ContactNote, Person, Profile, Relation
from caseworker_app.domain.talk import Conversation, Statement, TalkStatus
from caseworker_app.errors import GuideInvalid, GuideMissing
from caseworker_app.store.store import Store


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """All words of a case. Conversations and notes come newest first, statements in the order said."""

    file: CaseFile
    person: Person
    coach: str
    relations: tuple[Relation, ...]
    conversations: tuple[Conversation, ...]
    statements: tuple[Statement, ...]
    notes: tuple[ContactNote, ...]
    guides: tuple[Guide, ...]

    def in_talk(self, talk: UUID) -> tuple[Statement, ...]:
        """What was said in one conversation."""
        return tuple(s for s in self.statements if s.conversation == talk)

    def section(self, statement: Statement) -> Section | None:
        """The topic under which something was said; None when its guide is not on this laptop."""
        talk = next((t for t in self.conversations if t.id == statement.conversation), None)
        for guide in self.guides:
            if talk and (guide.id, guide.version) == (talk.guide, talk.guide_version):
                return next((s for s in guide.sections if s.id == statement.section), None)
        return None

    def remembered(self) -> tuple[Statement, ...]:
        """What was remembered for the goals in the last conversation."""
        for talk in self.conversations:
            if talk.status in (TalkStatus.HELD, TalkStatus.RUNNING):
                return tuple(s for s in self.in_talk(talk.id) if s.for_goals)
        return ()


def everything(store: Store, case: UUID) -> Said:
    """All words of a case. KeyError when there is no such case here."""
    with store.reading() as reading:
        file = reading.get(CaseFile, case)
        people = reading.all(Person, case=case)
        if file is None or not people:
            raise KeyError(case)
        profile = reading.get(Profile, store.id)
        talks = sorted(reading.all(Conversation, case=case), key=_began, reverse=True)
        notes = sorted(reading.all(ContactNote, case=case), key=_written, reverse=True)
        return Said(
            file=file,
            person=people[0],
            coach=profile.name if profile else "",
            relations=tuple(reading.all(Relation, case=case)),
            conversations=tuple(talks),
            statements=tuple(s for s in reading.all(Statement, case=case) if not s.draft),
            notes=tuple(notes),
            guides=tuple(_guides(talks)),
        )


def _guides(talks: list[Conversation]) -> list[Guide]:
    found = []
    for name, version in dict.fromkeys((t.guide, t.guide_version) for t in talks if t.guide):
        try:
            found.append(guides.guide(name, version))
        except (GuideMissing, GuideInvalid):
            continue  # the words can be read without their guide
    return found


def _began(talk: Conversation) -> float:
    return _moment(talk.started or talk.planned_for)


def _written(note: ContactNote) -> float:
    return _moment(note.at)


def _moment(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
