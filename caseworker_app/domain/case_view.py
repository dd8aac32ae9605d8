"""A case as its page shows it: the person, their words, their life as they see it, what is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from caseworker_app.domain.goals import Goal, Step
from caseworker_app.domain.people import (
    CaseFile,
    ContactNote,
    ContactWay,
    Document,
    Person,
    Relation,
)
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.domain.talk import Conversation, Missing, Rating, Statement, TalkStatus, Voice


@dataclass(frozen=True, slots=True, repr=False)
class GoalCard:
    """A goal with its steps, in the order in which they are shown."""

    goal: Goal
    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        """How many of the steps are done."""
        return sum(step.done_on is not None for step in self.steps)


@dataclass(frozen=True, slots=True, repr=False)
class DomainView:
    """One life domain now and last time, as the participant sees it."""

    domain: str
    now: int | None
    before: int | None
    missing: Missing | None


class EventKind(StrEnum):
    """What happened in a case."""

    TALK = "talk"
    TALK_RUNNING = "talk_running"
    TALK_NOT_HELD = "talk_not_held"
    CONTACT = "contact"
    PLAN = "plan"
    STEP_DONE = "step_done"
    DOCUMENT = "document"
    OPENED = "opened"


@dataclass(frozen=True, slots=True, repr=False)
class Event:
    """One entry of the timeline. `words` are somebody's, `number` counts (topics, plan version).

    A `talk` that did not take place says why.
    """

    kind: EventKind
    on: date
    at: datetime | None
    value: UUID
    words: str = ""
    voice: Voice | None = None
    who: str = ""
    number: int = 0
    minutes: int = 0
    way: ContactWay | None = None
    talk: Conversation | None = None


@dataclass(frozen=True, slots=True, repr=False)
class CaseView:
    """Everything the case page shows. `disputes` counts what two people wrote differently."""

    file: CaseFile
    person: Person
    relations: tuple[Relation, ...]
    own_words: Statement | None
    domains: tuple[DomainView, ...]
    domains_now: date | None
    domains_before: date | None
    goals: tuple[GoalCard, ...]
    next_talk: Conversation | None
    running: Conversation | None
    conversations: tuple[Conversation, ...]
    plans: tuple[PlanVersion, ...]
    documents: tuple[Document, ...]
    events: tuple[Event, ...]
    disputes: int = 0


def own_words(statements: tuple[Statement, ...]) -> Statement | None:
    """The latest words of the participant that were remembered for the goals, else the latest."""
    said = [s for s in statements if s.voice is Voice.PARTICIPANT and not s.draft]
    chosen = [s for s in said if s.for_goals] or said
    return chosen[-1] if chosen else None


def domain_views(
    talks: tuple[Conversation, ...], ratings: tuple[Rating, ...]
) -> tuple[tuple[DomainView, ...], date | None, date | None]:
    """How each rated domain stands in the last rated talk and the one before it.

    Only talks in which something was rated count. Domains come in the order of their ids.
    """
    by_talk: dict[UUID, dict[str, Rating]] = {}
    for rating in ratings:
        if rating.conversation and (rating.satisfaction is not None or rating.missing):
            by_talk.setdefault(rating.conversation, {})[rating.domain] = rating
    rated = [talk for talk in talks if talk.id in by_talk and talk.started]
    rated.sort(key=lambda talk: talk.started.timestamp() if talk.started else 0.0)
    if not rated:
        return (), None, None
    now = by_talk[rated[-1].id]
    before = by_talk[rated[-2].id] if len(rated) > 1 else {}
    views = tuple(
        DomainView(
            domain,
            now[domain].satisfaction if domain in now else None,
            before[domain].satisfaction if domain in before else None,
            now[domain].missing if domain in now else None,
        )
        for domain in sorted({*now, *before})
    )
    return views, _day(rated[-1].started), _day(rated[-2].started) if len(rated) > 1 else None


def timeline(
    file: CaseFile,
    talks: tuple[Conversation, ...],
    statements: tuple[Statement, ...],
    notes: tuple[ContactNote, ...],
    goals: tuple[GoalCard, ...],
    plans: tuple[PlanVersion, ...],
    documents: tuple[Document, ...],
) -> tuple[Event, ...]:
    """Everything that happened, newest first. The PDF of a plan counts as the plan."""
    printed = {plan.document for plan in plans}
    events = [
        *(_talk_event(talk, statements) for talk in talks if talk.status is not TalkStatus.PLANNED),
        *(
            Event(EventKind.CONTACT, _day(n.at) or date.min, n.at, n.id, n.words, way=n.way)
            for n in notes
        ),
        *(
            Event(EventKind.PLAN, _day(p.made) or date.min, p.made, p.id, number=p.number)
            for p in plans
        ),
        *(
            Event(EventKind.STEP_DONE, step.done_on, None, step.id, step.what, who=step.who)
            for card in goals
            for step in card.steps
            if step.done_on
        ),
        *(
            Event(EventKind.DOCUMENT, _day(d.added) or date.min, d.added, d.id, d.name)
            for d in documents
            if d.id not in printed
        ),
    ]
    if file.opened:
        events.append(Event(EventKind.OPENED, file.opened, None, file.id))
    return tuple(sorted(events, key=_when, reverse=True))


def _when(event: Event) -> tuple[date, float]:
    return event.on, event.at.timestamp() if event.at else 0.0


def _talk_event(talk: Conversation, statements: tuple[Statement, ...]) -> Event:
    kinds = {
        TalkStatus.HELD: EventKind.TALK,
        TalkStatus.RUNNING: EventKind.TALK_RUNNING,
        TalkStatus.CANCELLED: EventKind.TALK_NOT_HELD,
        TalkStatus.MISSED: EventKind.TALK_NOT_HELD,
        TalkStatus.PLANNED: EventKind.TALK,
    }
    at = talk.started or talk.planned_for
    minutes = 0
    if talk.started and talk.finished:
        minutes = max(0, round((talk.finished - talk.started).total_seconds() / 60))
    said = [s for s in statements if s.conversation == talk.id and not s.draft]
    return Event(
        kinds[talk.status],
        _day(at) or date.min,
        at,
        talk.id,
        who=talk.present,
        number=len({s.section for s in said}),
        minutes=minutes,
        talk=talk,
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone().date() if moment else None
