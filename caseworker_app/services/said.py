"""Everything that was said and written in a case, to read again or to take up as a goal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from caseworker_app.content import guides
from caseworker_app.domain.guide import Guide, Section
from caseworker_app.domain.people import (
    CaseFile,
    ContactNote,
    ContactWay,
    Person,
    Profile,
    Relation,
)
from caseworker_app.domain.talk import Conversation, Mark, Statement, TalkStatus, Voice
from caseworker_app.errors import GuideInvalid, GuideMissing
from caseworker_app.store.store import Store


@dataclass(frozen=True, slots=True, repr=False)
class SaidLine:
    """One thing that was said or noted, with all that is needed to read it. A note has no talk."""

    on: date
    voice: Voice
    who: str
    words: str
    talk: UUID | None = None
    topic: str = ""
    pictogram: str = ""
    question: str = ""
    marks: tuple[Mark, ...] = ()
    way: ContactWay | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """All words of a case: conversations and notes newest first, statements in the order said."""

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

    def lines(self, language: str, talk: UUID | None = None) -> tuple[SaidLine, ...]:
        """Everything as lines to read, the newest conversation first; or one conversation only."""
        found = [
            self._line(one, statement, language)
            for one in self.conversations
            if talk in (None, one.id)
            for statement in self.in_talk(one.id)
        ]
        if talk is None:
            found += [
                SaidLine(_day(note.at), Voice.COACH, self.coach, note.words, way=note.way)
                for note in self.notes
            ]
        return tuple(sorted(found, key=lambda line: line.on, reverse=True))

    def _line(self, talk: Conversation, statement: Statement, language: str) -> SaidLine:
        section = self.section(statement)
        questions = section.questions if section else ()
        question = next((q for q in questions if q.id == statement.question), None)
        return SaidLine(
            on=_day(talk.started or statement.said),
            voice=statement.voice,
            who=self.speaker(statement),
            words=statement.words,
            talk=talk.id,
            topic=section.title.to(language) if section else "",
            pictogram=section.pictogram if section else "",
            question=question.text.to(language) if question else "",
            marks=statement.marks,
        )

    def speaker(self, statement: Statement) -> str:
        """Who said it, as it stands under the words."""
        return {
            Voice.PARTICIPANT: self.person.short_name,
            Voice.COACH: self.coach,
            Voice.THIRD: statement.speaker,
            Voice.DOCUMENT: statement.speaker,
        }[statement.voice]

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


def _day(at: datetime | None) -> date:
    return at.astimezone().date() if at else date.min


def _moment(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
