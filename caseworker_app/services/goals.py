"""Agreeing goals and steps: in the participant's own words, with who, what, with whom, by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from caseworker_app.domain.case_view import GoalCard
from caseworker_app.domain.goals import Goal, Step
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading


def cards(store: Store, case: UUID) -> tuple[GoalCard, ...]:
    """All goals of a case with their steps."""
    with store.reading() as reading:
        return read_cards(reading, case)


def read_cards(reading: Reading, case: UUID) -> tuple[GoalCard, ...]:
    """The same within a view that is open already."""
    steps = sorted(reading.all(Step, case=case), key=lambda step: step.position)
    goals = sorted(reading.all(Goal, case=case), key=lambda goal: goal.position)
    return tuple(GoalCard(goal, tuple(s for s in steps if s.goal == goal.id)) for goal in goals)


def add_goal(store: Store, case: UUID, words: str, domain: str, now: datetime) -> Goal:
    """A new goal, below the others. More than three are possible; the page says what is wise."""
    with store.changing(now) as changing:
        position = len(changing.all(Goal, removed=True, case=case))
        return changing.put(
            Goal(id=store.new_id(), case=case, words=words, domain=domain, position=position)
        )


def save_goal(store: Store, new: Goal, seen: Goal, now: datetime) -> Goal:
    """Keep what was changed about a goal: words, sign, confidence, put aside, reached."""
    with store.changing(now) as changing:
        return changing.put(new, seen)


def add_step(store: Store, goal: Goal, now: datetime) -> Step:
    """A new, empty step of a goal."""
    with store.changing(now) as changing:
        position = len(changing.all(Step, removed=True, goal=goal.id))
        return changing.put(
            Step(id=store.new_id(), case=goal.case, goal=goal.id, position=position)
        )


def save_step(store: Store, new: Step, seen: Step, now: datetime) -> Step:
    """Keep what was changed about a step."""
    with store.changing(now) as changing:
        return changing.put(new, seen)


def set_done(store: Store, step: Step, on: date | None, now: datetime) -> Step:
    """The step was taken on that day; None when it was not, after all."""
    with store.changing(now) as changing:
        return changing.put(replace(step, done_on=on), step)
