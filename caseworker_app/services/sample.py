"""A store full of fictional people, to look round before there are real ones."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from caseworker_app import paths
from caseworker_app.content import guides
from caseworker_app.content.sample import (
    Sample,
    SampleGoal,
    SamplePerson,
    SampleTalk,
    sample,
)
from caseworker_app.domain.goals import Goal, Step
from caseworker_app.domain.guide import Guide
from caseworker_app.domain.people import CaseFile, ContactNote, Person, Profile, Relation
from caseworker_app.domain.talk import Answer, Conversation, Rating, Statement, TalkStatus
from caseworker_app.services import stores
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Changing
from caseworker_app.vault.stretching import FLOOR

GUIDE = "meedoen"
GUIDE_VERSION = 1
"""The samples answer the questions of this version; a later one may have others."""


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
    guide = guides.guide(GUIDE, GUIDE_VERSION)
    cases: dict[str, UUID] = {}
    with store.changing(now) as changing:
        for person in people.people:
            cases[person.number] = _Writer(changing, now, guide).write(person)
    return cases


class _Writer:
    """Writes one fictional person with everything the file holds."""

    def __init__(self, changing: Changing, now: datetime, guide: Guide) -> None:
        self._changing = changing
        self._now = now
        self._guide = guide
        self._new_id = changing.place.new_id
        self._case = self._new_id()
        self._sections = {q.id: s.id for s in guide.sections for q in s.questions}

    def write(self, person: SamplePerson) -> UUID:
        self._write_file(person)
        for talk in person.talks:
            self._write_talk(talk)
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
                guide=GUIDE,
            )
        )
        own = ("given_name", "family_name", "called", "pronoun", "birth_date", "phone", "email")
        more = ("street", "postcode", "place", "language", "interpreter")
        values = {name: getattr(person, name) for name in (*own, *more)}
        known = "\n".join(person.good_to_know)
        put(Person(id=self._new_id(), case=case, good_to_know=known, **values))
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

    def _write_talk(self, talk: SampleTalk) -> None:
        put, case, talk_id = self._changing.put, self._case, self._new_id()
        started = self._moment(-talk.days_ago, talk.at)
        put(
            Conversation(
                id=talk_id,
                case=case,
                status=TalkStatus.HELD,
                guide=self._guide.id,
                guide_version=self._guide.version,
                started=started,
                finished=started + timedelta(minutes=talk.minutes),
                place=talk.place,
                present=talk.present,
            )
        )
        for minute, said in enumerate(talk.statements, start=1):
            put(
                Statement(
                    id=self._new_id(),
                    case=case,
                    conversation=talk_id,
                    section=self._sections[said.question],
                    question=said.question,
                    voice=said.voice,
                    speaker=said.speaker,
                    words=said.words,
                    said=started + timedelta(minutes=minute),
                    not_for_print=said.team_only,
                    not_for_partners=said.team_only,
                    for_goals=said.for_goals,
                )
            )
        for rated in talk.ratings:
            put(
                Rating(
                    id=self._new_id(),
                    case=case,
                    conversation=talk_id,
                    domain=rated.domain,
                    satisfaction=rated.satisfaction,
                    importance=rated.importance,
                    wants_change=rated.wants_change,
                    missing=rated.missing,
                )
            )
        for open_question in talk.unanswered:
            put(
                Answer(
                    id=self._new_id(),
                    case=case,
                    conversation=talk_id,
                    question=open_question.question,
                    missing=open_question.missing,
                )
            )

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
