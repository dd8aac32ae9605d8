"""What a coach reads in two minutes before ringing the bell. Pure rules over what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.case_view import GoalCard, own_words
from caseworker_app.domain.goals import GoalStatus, Step
from caseworker_app.domain.guide import Guide, Section
from caseworker_app.domain.people import CaseFile, Person, Relation
from caseworker_app.domain.reading import day_of
from caseworker_app.domain.talk import (
    NOT_HELD,
    Conversation,
    Rating,
    Statement,
    TalkStatus,
    Topic,
    TopicState,
    WantsChange,
)
from caseworker_app.domain.who import months_between
from caseworker_app.domain.write_up import not_taken_up

LONG = 12
"""From so many months on it is worth saying how long there was no talk."""


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """All that is kept about a person, as far as it helps to prepare; drafts are no part of it."""

    file: CaseFile
    person: Person
    relations: tuple[Relation, ...] = ()
    talks: tuple[Conversation, ...] = ()
    statements: tuple[Statement, ...] = ()
    topics: tuple[Topic, ...] = ()
    ratings: tuple[Rating, ...] = ()
    goals: tuple[GoalCard, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Preparation:
    """What to know before the visit.

    `last` is the last talk that was held, `not_held` those agreed since then that did not take
    place. `goals` hold the steps that wait, `taken` those taken since the last talk.
    """

    known: Known
    coming: Conversation | None
    running: Conversation | None
    last: Conversation | None
    months: int
    not_held: tuple[Conversation, ...]
    own_words: Statement | None
    goals: tuple[GoalCard, ...]
    taken: tuple[Step, ...]
    parked: tuple[Section, ...]
    notes: tuple[Statement, ...]
    remembered: tuple[Statement, ...]
    wishes: tuple[Rating, ...]

    @property
    def is_first(self) -> bool:
        """Whether there was no conversation yet."""
        return self.last is None and self.running is None


def last_held(talks: tuple[Conversation, ...]) -> Conversation | None:
    """The newest conversation that is over."""
    held = [talk for talk in talks if talk.status is TalkStatus.HELD and talk.started]
    return max(held, key=_moment, default=None)


def prepare(known: Known, guide: Guide | None, today: date) -> Preparation:
    """Put together what helps. `guide` is the one of the last talk, if it is on this laptop."""
    talks = sorted(known.talks, key=_moment)
    last = last_held(known.talks)
    running = [talk for talk in talks if talk.status is TalkStatus.RUNNING]
    planned = [talk for talk in talks if talk.status is TalkStatus.PLANNED and talk.planned_for]
    said = tuple(one for one in known.statements if last and one.conversation == last.id)
    since = _moment(last) if last else 0.0
    on = day_of(last.started) if last else None
    own = own_words(known.statements)
    remembered = not_taken_up(said, [card.goal for card in known.goals])
    return Preparation(
        known=known,
        coming=planned[0] if planned else None,
        running=running[-1] if running else None,
        last=last,
        months=months_between(on, today) if on else 0,
        not_held=tuple(one for one in talks if one.status in NOT_HELD and _moment(one) > since),
        own_words=own,
        goals=_waiting(known.goals),
        taken=_taken(known.goals, on),
        parked=_parked(known.topics, last, guide),
        notes=tuple(one for one in said if not one.section),
        remembered=tuple(one for one in remembered if one != own),
        wishes=_wishes(known.ratings, talks),
    )


def _waiting(goals: tuple[GoalCard, ...]) -> tuple[GoalCard, ...]:
    """The open goals with the steps that wait, the nearest first."""
    return tuple(
        GoalCard(card.goal, tuple(sorted(_open_steps(card), key=lambda one: one.due or date.max)))
        for card in goals
        if card.goal.status is GoalStatus.OPEN and (card.goal.words or _open_steps(card))
    )


def _open_steps(card: GoalCard) -> list[Step]:
    return [step for step in card.steps if step.what and step.done_on is None]


def _taken(goals: tuple[GoalCard, ...], since: date | None) -> tuple[Step, ...]:
    steps = (step for card in goals for step in card.steps if step.what and step.done_on)
    taken = [step for step in steps if since is None or (step.done_on and step.done_on >= since)]
    return tuple(sorted(taken, key=lambda step: step.done_on or date.min))


def _parked(
    topics: tuple[Topic, ...], last: Conversation | None, guide: Guide | None
) -> tuple[Section, ...]:
    if last is None or guide is None:
        return ()
    agreed = {one.section: one.state for one in topics if one.conversation == last.id}
    return tuple(one for one in guide.sections if agreed.get(one.id) is TopicState.PARKED)


def _wishes(ratings: tuple[Rating, ...], talks: list[Conversation]) -> tuple[Rating, ...]:
    """Where a change is wanted, as each life domain was last rated: now first, then later."""
    latest: dict[str, Rating] = {}
    for talk in talks:
        latest |= {one.domain: one for one in ratings if one.conversation == talk.id}
    return tuple(
        latest[domain]
        for wish in (WantsChange.YES, WantsChange.LATER)
        for domain in sorted(latest)
        if latest[domain].wants_change is wish
    )


def _moment(talk: Conversation) -> float:
    moment = talk.started or talk.planned_for
    return moment.timestamp() if moment else 0.0
