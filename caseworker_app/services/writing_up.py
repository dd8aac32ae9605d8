"""Writing a conversation up after the visit: what is open about it, and leaving it as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseworker_app.domain import path
from caseworker_app.domain.goals import Goal
from caseworker_app.domain.guide import Guide
from caseworker_app.domain.people import Person, Profile
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.domain.talk import (
    Answer,
    Conversation,
    Prompt,
    Rating,
    Statement,
    TalkStatus,
    Topic,
)
from caseworker_app.domain.write_up import (
    FRESH,
    LeftOpen,
    OpenPoint,
    Recorded,
    open_points,
)
from caseworker_app.services.said import guide_of
from caseworker_app.store import lists
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading


@dataclass(frozen=True, slots=True, repr=False)
class WriteUpList:
    """A conversation with what is open about it. `asked` is None where its guide is not here."""

    talk: Conversation
    person: Person
    coach: str
    asked: Guide | None
    points: tuple[OpenPoint, ...]


def write_up(store: Store, conversation: UUID) -> WriteUpList:
    """What is still open about one conversation. KeyError when it is not here."""
    with store.reading() as reading:
        talk = reading.get(Conversation, conversation)
        if talk is None:
            raise KeyError(conversation)
        recorded = _recorded(reading, talk)
        profile = reading.get(Profile, store.id)
        return WriteUpList(
            talk,
            reading.all(Person, case=talk.case)[0],
            profile.name if profile else "",
            recorded.asked,
            open_points(recorded, _left(reading, talk)),
        )


def waiting(reading: Reading, now: datetime) -> list[tuple[Conversation, int]]:
    """The conversations of the last days that still have something open, and how much."""
    talks = reading.all(Conversation, status=TalkStatus.RUNNING)
    talks += lists.held_since(reading, now - FRESH)
    found = [
        (talk, len(open_points(_recorded(reading, talk), _left(reading, talk)))) for talk in talks
    ]
    return [(talk, count) for talk, count in found if count]


def leave(store: Store, talk: Conversation, point: OpenPoint, now: datetime) -> LeftOpen:
    """Leave something open as it is: the list of this conversation names it no more."""
    with store.changing(now) as changing:
        return changing.put(
            LeftOpen(id=store.new_id(), case=talk.case, conversation=talk.id, point=point.key)
        )


def _left(reading: Reading, talk: Conversation) -> list[str]:
    return [one.point for one in reading.all(LeftOpen, conversation=talk.id)]


def _recorded(reading: Reading, talk: Conversation) -> Recorded:
    statements = tuple(reading.all(Statement, conversation=talk.id))
    given = tuple(reading.all(Answer, conversation=talk.id))
    ratings = tuple(reading.all(Rating, conversation=talk.id))
    prompts = reading.all(Prompt, conversation=talk.id)
    plans = reading.all(PlanVersion, case=talk.case)
    guide = guide_of(reading, talk)
    return Recorded(
        talk=talk,
        asked=path.asked(guide, statements, given, ratings) if guide else None,
        statements=statements,
        answers=given,
        ratings=ratings,
        topics=tuple(reading.all(Topic, conversation=talk.id)),
        hidden=frozenset(one.question for one in prompts if one.hidden),
        goals=tuple(reading.all(Goal, case=talk.case)),
        printed=any(one.made and talk.started and one.made >= talk.started for one in plans),
        agreed=bool(reading.all(Conversation, case=talk.case, status=TalkStatus.PLANNED)),
    )
