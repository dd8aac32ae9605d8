"""What is still open about a conversation once the coach is back from the visit. Pure rules.

Nothing here is a duty: whatever is open can be left as it is, and is then named no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from caseworker_app.domain.entity import Entity, link, text
from caseworker_app.domain.goals import Goal
from caseworker_app.domain.guide import Guide, Question, Section
from caseworker_app.domain.path import SectionState, section_states
from caseworker_app.domain.talk import (
    Answer,
    Conversation,
    Missing,
    Rating,
    Statement,
    TalkStatus,
    Topic,
)

FRESH = timedelta(days=14)
"""So long after it was begun, a conversation that is over is offered to be written up."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LeftOpen(Entity):
    """Something open about a conversation that the coach leaves as it is; `point` is its key."""

    kind: ClassVar[str] = "left_open"
    conversation: UUID | None = link()
    point: str = text()


class Open(StrEnum):
    """What can be open."""

    RUNNING = "running"
    DRAFT = "draft"
    NOTE = "note"
    PARKED = "parked"
    UNTOUCHED = "untouched"
    ANSWER = "answer"
    RATING = "rating"
    REMEMBERED = "remembered"
    NEXT_TALK = "next_talk"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, repr=False)
class OpenPoint:
    """One open thing. `sections` and `question` are where it leads to in the conversation."""

    kind: Open
    about: str = ""
    sections: tuple[Section, ...] = ()
    question: Question | None = None
    statement: Statement | None = None
    missing: Missing | None = None
    domain: str = ""

    @property
    def key(self) -> str:
        """What it is known by when it is left as it is."""
        return f"{self.kind.value} {self.about}".strip()


@dataclass(frozen=True, slots=True, repr=False)
class Recorded:
    """All that one conversation has left behind.

    `asked` is what was asked of its guide, None where the guide is not on this laptop. `printed`
    and `agreed` say whether a plan was printed since, and whether the next talk is agreed.
    """

    talk: Conversation
    asked: Guide | None = None
    statements: tuple[Statement, ...] = ()
    answers: tuple[Answer, ...] = ()
    ratings: tuple[Rating, ...] = ()
    topics: tuple[Topic, ...] = ()
    hidden: frozenset[str] = frozenset()
    goals: tuple[Goal, ...] = ()
    printed: bool = False
    agreed: bool = False


def open_points(recorded: Recorded, left: Iterable[str] = ()) -> tuple[OpenPoint, ...]:
    """What is open, the most pressing first, without what was left as it is."""
    known = set(left)
    return tuple(point for point in _points(recorded) if point.key not in known)


def not_taken_up(statements: Sequence[Statement], goals: Sequence[Goal]) -> tuple[Statement, ...]:
    """What was remembered for the goals and stands in none of them yet."""
    taken = {" ".join(goal.words.split()) for goal in goals}
    remembered = (one for one in statements if one.for_goals and not one.draft)
    return tuple(one for one in remembered if " ".join(one.words.split()) not in taken)


def _points(recorded: Recorded) -> Iterator[OpenPoint]:
    is_running = recorded.talk.status is TalkStatus.RUNNING
    if is_running:
        yield OpenPoint(Open.RUNNING)
    yield from _words(recorded)
    if recorded.asked is not None:
        yield from _topics(recorded, recorded.asked)
        yield from _questions(recorded, recorded.asked)
    for rating in recorded.ratings:
        if _is_half(rating):
            yield _rating(rating, recorded.asked)
    for one in not_taken_up(recorded.statements, recorded.goals):
        yield OpenPoint(Open.REMEMBERED, str(one.id), statement=one)
    if not is_running and not recorded.agreed:
        yield OpenPoint(Open.NEXT_TALK)
    if not is_running and recorded.goals and not recorded.printed:
        yield OpenPoint(Open.PLAN)


def _words(recorded: Recorded) -> Iterator[OpenPoint]:
    for one in recorded.statements:
        if one.draft and one.words.strip():
            yield OpenPoint(Open.DRAFT, str(one.id), statement=one)
    for one in recorded.statements:
        if not (one.draft or one.section):
            yield OpenPoint(Open.NOTE, str(one.id), statement=one)


def _topics(recorded: Recorded, asked: Guide) -> Iterator[OpenPoint]:
    states = section_states(
        asked, recorded.statements, recorded.answers, recorded.topics, recorded.ratings
    )
    for section in asked.sections:
        if states[section.id] is SectionState.PARKED:
            yield OpenPoint(Open.PARKED, section.id, (section,))
    untouched = tuple(
        section
        for section in asked.sections
        if states[section.id] in (SectionState.UNTOUCHED, SectionState.ASK_FIRST)
        and any(question.id not in recorded.hidden for question in section.questions)
    )
    if untouched:
        yield OpenPoint(Open.UNTOUCHED, "", untouched)


def _questions(recorded: Recorded, asked: Guide) -> Iterator[OpenPoint]:
    """Not asked, or not known: both may look different a week later."""
    latest = {one.question: one.missing for one in recorded.answers}
    said = {one.question for one in recorded.statements if not one.draft}
    for section in asked.sections:
        for question in section.questions:
            missing = latest.get(question.id)
            if missing in (Missing.NOT_ASKED, Missing.NOT_KNOWN) and question.id not in said:
                yield OpenPoint(
                    Open.ANSWER, question.id, (section,), question=question, missing=missing
                )


def _rating(rating: Rating, asked: Guide | None) -> OpenPoint:
    sections = [one for one in asked.sections if rating.domain in one.domains] if asked else []
    return OpenPoint(Open.RATING, rating.domain, tuple(sections[:1]), domain=rating.domain)


def _is_half(rating: Rating) -> bool:
    """Begun, but either how satisfied or how important is missing."""
    numbers = (rating.satisfaction, rating.importance)
    begun = numbers != (None, None) or rating.wants_change or rating.help_wanted
    return rating.missing is None and bool(begun) and None in numbers
