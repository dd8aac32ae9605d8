"""Everything that is known of a case, in an order to read it in: by day, by topic, by life domain.

Each conversation is read with the very version of the guide it was held with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from caseworker_app.domain.goals import Goal
from caseworker_app.domain.guide import Guide, Question, Section
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.people import ContactNote
from caseworker_app.domain.talk import (
    NOT_HELD,
    Answer,
    Conversation,
    Rating,
    Statement,
    TalkStatus,
)

Value = Statement | Answer | Rating | Goal | ContactNote | Conversation


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """One thing to read: its value, the talk it belongs to, and what was asked there."""

    value: Value
    talk: Conversation | None = None
    guide: Guide | None = None
    question: Question | None = None

    @property
    def on(self) -> date | None:
        """The day it is of. A goal is of no single day."""
        if isinstance(self.value, ContactNote):
            return day_of(self.value.at)
        return day_of(self.talk.started or self.talk.planned_for) if self.talk else None


class About(StrEnum):
    """What a part to read is about."""

    GOALS = "goals"
    TOPIC = "topic"
    DOMAIN = "domain"
    UNSORTED = "unsorted"
    WITHOUT_TOPIC = "without_topic"
    WITHOUT_DOMAIN = "without_domain"
    NOTES = "notes"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """What belongs together. By day it is of one `talk`; `section` is the topic it is about."""

    about: About
    pieces: tuple[Piece, ...]
    talk: Conversation | None = None
    section: Section | None = None
    domain: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class History:
    """All values of a case that can be read: conversations newest first, the rest as it was made.

    Drafts are no part of it. A guide that is not on this laptop is missing among `guides`.
    """

    talks: tuple[Conversation, ...] = ()
    statements: tuple[Statement, ...] = ()
    answers: tuple[Answer, ...] = ()
    ratings: tuple[Rating, ...] = ()
    goals: tuple[Goal, ...] = ()
    notes: tuple[ContactNote, ...] = ()
    guides: tuple[Guide, ...] = ()

    def guide(self, talk: Conversation) -> Guide | None:
        """The guide with which a conversation was held."""
        held_with = (talk.guide, talk.guide_version)
        return next((one for one in self.guides if (one.id, one.version) == held_with), None)


def by_day(history: History) -> list[Part]:
    """The goals of today, then conversations and what was noted between them, newest first."""
    parts = list(_goals(history.goals))
    talks = by_talk(history)
    between = sorted(history.notes, key=lambda note: _moment(note.at), reverse=True)
    for talk in history.talks:
        if talk.status is TalkStatus.PLANNED:
            continue
        while between and _moment(between[0].at) > _moment(talk.started or talk.planned_for):
            parts.append(_noted(between.pop(0)))
        if talk.status in NOT_HELD:
            parts.append(Part(About.NOT_HELD, (Piece(talk, talk),), talk))
        else:
            parts += talks[talk.id]
    return [*parts, *(_noted(note) for note in between)]


def by_topic(history: History, language: str) -> list[Part]:
    """Each topic through the years, newest first; what stands under none comes last."""
    found: dict[tuple[About, str], list[Part]] = defaultdict(list)
    for parts in by_talk(history).values():
        for part in parts:
            title = part.section.title.to(language) if part.section else ""
            found[part.about, title].append(part)
    topics = [
        Part(about, _together(parts), section=parts[0].section)
        for (about, _title), parts in found.items()
    ]
    topics.sort(key=lambda part: part.about is not About.TOPIC)
    return [*_goals(history.goals), *topics, *_notes(history.notes)]


def by_domain(history: History) -> list[Part]:
    """Each life domain: what is aimed for, how it was rated through the years, what was said."""
    found: dict[str, list[Piece]] = defaultdict(list)
    without: list[Piece] = []
    for goal in history.goals:
        found[goal.domain].append(Piece(goal))
    parts = [part for of_talk in by_talk(history).values() for part in of_talk]
    for piece in _together(parts):
        if isinstance(piece.value, Rating):
            found[piece.value.domain].append(piece)
    for part in parts:
        domains = domains_of(part.section) if part.section else ()
        said = [one for one in part.pieces if not isinstance(one.value, Rating)]
        for domain in domains:
            found[domain] += said
        if not domains:
            without += said
    without = found.pop("", []) + without
    known = sorted(found, key=lambda domain: (domain not in BY_ID, domain))
    made = [Part(About.DOMAIN, tuple(found[one]), domain=one) for one in known if found[one]]
    rest = [Part(About.WITHOUT_DOMAIN, tuple(without))] if without else []
    return [*made, *rest, *_notes(history.notes)]


def by_talk(history: History) -> dict[UUID, list[Part]]:
    """The conversations that took place, newest first, each topic by topic as its guide goes."""
    told = {
        talk.id: _Told(talk, history.guide(talk))
        for talk in history.talks
        if talk.status not in (*NOT_HELD, TalkStatus.PLANNED)
    }
    for said in history.statements:
        if said.conversation in told:
            told[said.conversation].statements[said.section, said.question].append(said)
    for answer in history.answers:
        if answer.conversation in told and (answer.value or answer.missing):
            told[answer.conversation].answers[answer.question] = answer
    for rating in history.ratings:
        if rating.conversation in told:
            told[rating.conversation].ratings[rating.domain] = rating
    return {talk: list(one.parts()) for talk, one in told.items()}


def domains_of(section: Section) -> tuple[str, ...]:
    """The life domains a topic belongs to: those that are rated in it."""
    asked = (question.domain for question in section.questions if question.domain)
    return tuple(dict.fromkeys((*section.domains, *asked)))


def day_of(moment: datetime | None) -> date | None:
    """The day here on which something was."""
    return moment.astimezone().date() if moment else None


class _Told:
    """What was said, answered and rated in one conversation, until it has found its place."""

    def __init__(self, talk: Conversation, guide: Guide | None) -> None:
        self.talk, self.guide = talk, guide
        self.statements: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        self.answers: dict[str, Answer] = {}
        self.ratings: dict[str, Rating] = {}

    def parts(self) -> Iterator[Part]:
        """Topic by topic; what has no place in the guide comes last."""
        for section in self.guide.sections if self.guide else ():
            if pieces := tuple(self._section(section)):
                yield Part(About.TOPIC, pieces, self.talk, section)
        unsorted = self._taken("", "")
        if unsorted:
            yield Part(About.UNSORTED, tuple(unsorted), self.talk)
        if rest := tuple(self._rest()):
            yield Part(About.WITHOUT_TOPIC, rest, self.talk)

    def _section(self, section: Section) -> Iterator[Piece]:
        for question in section.questions:
            if question.id in self.answers:
                yield self._piece(self.answers.pop(question.id), question)
            yield from self._taken(section.id, question.id, question)
        for place in [place for place in self.statements if place[0] == section.id]:
            yield from self._taken(*place)
        for domain in domains_of(section):
            if domain in self.ratings:
                yield self._piece(self.ratings.pop(domain))

    def _taken(self, section: str, question: str, asked: Question | None = None) -> list[Piece]:
        said = self.statements.pop((section, question), ())
        return [self._piece(statement, asked) for statement in said]

    def _rest(self) -> Iterator[Piece]:
        for place in list(self.statements):
            yield from self._taken(*place)
        yield from (self._piece(answer) for answer in self.answers.values() if answer.value)
        yield from map(self._piece, self.ratings.values())

    def _piece(self, value: Value, question: Question | None = None) -> Piece:
        return Piece(value, self.talk, self.guide, question)


def _together(parts: Iterable[Part]) -> tuple[Piece, ...]:
    return tuple(piece for part in parts for piece in part.pieces)


def _goals(goals: tuple[Goal, ...]) -> Iterator[Part]:
    if goals:
        yield Part(About.GOALS, tuple(Piece(goal) for goal in goals))


def _notes(notes: tuple[ContactNote, ...]) -> Iterator[Part]:
    newest = sorted(notes, key=lambda note: _moment(note.at), reverse=True)
    if newest:
        yield Part(About.NOTES, tuple(Piece(note) for note in newest))


def _noted(note: ContactNote) -> Part:
    return Part(About.NOTES, (Piece(note),))


def _moment(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
