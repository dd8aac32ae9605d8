"""A store full of fictional people, to look round before there are real ones."""

from __future__ import annotations

import secrets
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from caseworker_app import paths
from caseworker_app.content import guides
from caseworker_app.content.sample import (
    Sample,
    SampleGoal,
    SampleNotHeld,
    SamplePerson,
    SampleRating,
    SampleStatement,
    SampleTalk,
    sample,
)
from caseworker_app.domain.goals import Goal, Step
from caseworker_app.domain.people import CaseFile, ContactNote, Person, Profile, Relation
from caseworker_app.domain.talk import (
    Answer,
    Conversation,
    Rating,
    Statement,
    TalkStatus,
    Topic,
    TopicState,
)
from caseworker_app.services import stores
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Changing
from caseworker_app.sync.wire.passphrases import FLOOR

Noted = TypeVar("Noted", Statement, Answer, Rating, Topic)
_OWN = (
    "given_name", "family_name", "called", "pronoun", "birth_date", "phone", "email", "street",
    "postcode", "place", "language", "interpreter", "informal", "plain", "faces",
)  # fmt: skip


def make(folder: Path, language: str, now: datetime) -> Store:
    """A new sample store, marked as one, open and ready. Nobody needs its passphrase again."""
    people = sample(language)
    profile = profile_of(people)
    stores.mark_as_sample(paths.private_folder(folder))
    store, _ = stores.create(folder, profile, secrets.token_urlsafe(24), now, cost=FLOOR)
    fill(store, people, now)
    return store


def profile_of(people: Sample) -> Profile:
    """The fictional coach of a sample; the store gives the ids."""
    nobody = UUID(int=0)
    return Profile(
        id=nobody,
        case=nobody,
        name=people.coach.name,
        organisation=people.organisation,
        phone=people.coach.phone,
        email=people.coach.email,
    )


def fill(store: Store, people: Sample, now: datetime) -> dict[str, UUID]:
    """Write all people of a sample into a store. Gives the id of each case by its number."""
    cases: dict[str, UUID] = {}
    with store.changing(now) as changing:
        for person in people.people:
            cases[person.number] = _Writer(changing, now).write(person)
    return cases


class _Writer:
    """Writes one fictional person with everything the file holds."""

    def __init__(self, changing: Changing, now: datetime) -> None:
        self._changing = changing
        self._now = now
        self._new_id = changing.place.new_id
        self._case = self._new_id()

    def write(self, person: SamplePerson) -> UUID:
        self._write_file(person)
        for talk in person.talks:
            self._write_talk(talk)
        for agreed in person.not_held:
            self._write_not_held(agreed)
        for position, goal in enumerate(person.goals):
            self._write_goal(goal, position)
        if person.next_talk:
            at = self._moment(person.next_talk.in_days, person.next_talk.at)
            self._changing.put(
                Conversation(
                    id=self._new_id(),
                    case=self._case,
                    planned_for=at,
                    place=person.next_talk.place,
                )
            )
        return self._case

    def _write_file(self, person: SamplePerson) -> None:
        put, case = self._changing.put, self._case
        put(
            CaseFile(
                id=case,
                case=case,
                number=person.number,
                opened=self._day(-person.opened_days_ago),
                guide=person.guide,
            )
        )
        values = {name: getattr(person, name) for name in _OWN}
        values |= {name: "\n".join(getattr(person, name)) for name in ("good_to_know", "avoid")}
        put(Person(id=self._new_id(), case=case, **values))
        for r in person.relations:
            put(
                Relation(
                    id=self._new_id(),
                    case=case,
                    name=r.name,
                    role=r.role,
                    lives_here=r.lives_here,
                    trusted=r.trusted,
                    phone=r.phone,
                    note=r.note,
                )
            )
        for note in person.contacts:
            at = self._moment(-note.days_ago, note.at)
            put(ContactNote(id=self._new_id(), case=case, at=at, way=note.way, words=note.words))

    # --- conversations -------------------------------------------------------------------------

    def _write_talk(self, talk: SampleTalk) -> None:
        started = self._moment(-talk.days_ago, talk.at)
        held = self._changing.put(
            Conversation(
                id=self._new_id(),
                case=self._case,
                status=TalkStatus.HELD,
                guide=talk.guide,
                guide_version=talk.version,
                started=started,
                finished=started + timedelta(minutes=talk.minutes),
                place=talk.place,
                language=talk.language,
                present=talk.present,
            )
        )
        guide = guides.guide(talk.guide, talk.version)
        topics = {q.id: section.id for section in guide.sections for q in section.questions}
        for minute, said in enumerate(talk.statements, start=1):
            at = started + timedelta(minutes=minute)
            self._write_statement(held, topics[said.question], said, at)
        for rated in talk.ratings:
            self._note(Rating, held, scale=talk.scale, **_values(rated))
        for one in talk.answers:
            self._note(Answer, held, question=one.question, value=one.value)
        for gap in talk.unanswered:
            self._note(Answer, held, question=gap.question, missing=gap.missing)
        for section in talk.parked:
            self._note(Topic, held, section=section, state=TopicState.PARKED)

    def _write_statement(
        self, held: Conversation, section: str, said: SampleStatement, at: datetime
    ) -> None:
        self._note(
            Statement,
            held,
            section=section,
            question=said.question,
            voice=said.voice,
            speaker=said.speaker,
            words=said.words,
            said=at,
            alone=said.alone,
            not_for_print=said.team_only,
            not_for_partners=said.team_only,
            for_goals=said.for_goals,
        )

    def _note(self, kind: type[Noted], held: Conversation, **values: Any) -> None:
        note = kind(id=self._new_id(), case=self._case, conversation=held.id, **values)
        self._changing.put(note)

    def _write_not_held(self, agreed: SampleNotHeld) -> None:
        self._changing.put(
            Conversation(
                id=self._new_id(),
                case=self._case,
                status=agreed.status,
                planned_for=self._moment(-agreed.days_ago, agreed.at),
                place=agreed.place,
                called_off_by=agreed.called_off_by,
                hindrance=agreed.hindrance,
                reason=agreed.reason,
            )
        )

    # --- goals ---------------------------------------------------------------------------------

    def _write_goal(self, goal: SampleGoal, position: int) -> None:
        put, case, goal_id = self._changing.put, self._case, self._new_id()
        put(
            Goal(
                id=goal_id,
                case=case,
                words=goal.words,
                domain=goal.domain,
                sign=goal.sign,
                confidence=goal.confidence,
                status=goal.status,
                reason=goal.reason,
                position=position,
            )
        )
        for place, step in enumerate(goal.steps):
            done = None if step.done_days_ago is None else self._day(-step.done_days_ago)
            put(
                Step(
                    id=self._new_id(),
                    case=case,
                    goal=goal_id,
                    what=step.what,
                    who=step.who,
                    with_whom=step.with_whom,
                    due=self._day(step.due_in_days),
                    done_on=done,
                    position=place,
                )
            )

    def _day(self, days: int) -> date:
        return self._now.astimezone().date() + timedelta(days=days)

    def _moment(self, days: int, at: time) -> datetime:
        return datetime.combine(self._day(days), at).astimezone()


def _values(rated: SampleRating) -> dict[str, Any]:
    """All that is said about a life domain, under the same names as in the store."""
    return {field.name: getattr(rated, field.name) for field in fields(rated)}
