"""Everything that was said and written in a case, to read again or to take up as a goal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.goals import Goal
from caseworker_app.domain.guide import Guide, Section
from caseworker_app.domain.people import (
    CaseFile,
    ContactNote,
    Person,
    Profile,
    Relation,
)
from caseworker_app.domain.reading import History
from caseworker_app.domain.talk import (
    Answer,
    Conversation,
    Rating,
    Statement,
    TalkStatus,
    Voice,
)
from caseworker_app.errors import GuideInvalid, GuideMissing
from caseworker_app.services import guides
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """All words of a case, and whose they are."""

    file: CaseFile
    person: Person
    coach: str
    relations: tuple[Relation, ...]
    history: History

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
        talk = next((t for t in self.history.talks if t.id == statement.conversation), None)
        guide = self.history.guide(talk) if talk else None
        sections = guide.sections if guide else ()
        return next((one for one in sections if one.id == statement.section), None)

    def remembered(self) -> tuple[Statement, ...]:
        """What was remembered for the goals in the last conversation."""
        for talk in self.history.talks:
            if talk.status in (TalkStatus.HELD, TalkStatus.RUNNING):
                said = (s for s in self.history.statements if s.conversation == talk.id)
                return tuple(statement for statement in said if statement.for_goals)
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
        history = History(
            talks=tuple(talks),
            statements=tuple(reading.all(Statement, case=case, draft=False)),
            answers=tuple(reading.all(Answer, case=case)),
            ratings=tuple(reading.all(Rating, case=case)),
            goals=tuple(sorted(reading.all(Goal, case=case), key=lambda goal: goal.position)),
            notes=tuple(reading.all(ContactNote, case=case)),
            guides=_guides(reading, talks),
        )
        relations = tuple(reading.all(Relation, case=case))
    return Said(file, people[0], profile.name if profile else "", relations, history)


def guide_of(reading: Reading, talk: Conversation) -> Guide | None:
    """The guide a conversation was held with; what was said can be read without it, too."""
    try:
        return guides.find_in(reading, talk.guide, talk.guide_version)
    except (GuideMissing, GuideInvalid):
        return None


def _guides(reading: Reading, talks: Iterable[Conversation]) -> tuple[Guide, ...]:
    versions = {(talk.guide, talk.guide_version): talk for talk in talks if talk.guide}
    found = (guide_of(reading, talk) for talk in versions.values())
    return tuple(guide for guide in found if guide)


def _began(talk: Conversation) -> float:
    moment: datetime | None = talk.started or talk.planned_for
    return moment.timestamp() if moment else 0.0
