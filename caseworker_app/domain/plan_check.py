"""What is still missing before a plan goes on the table. Hints in sentences, never a lock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.goals import MOST_GOALS
from caseworker_app.domain.plan import PlanContent


class PlanHint(StrEnum):
    """One thing to look at before printing."""

    HAS_GOALS = "has_goals"
    FEW_GOALS = "few_goals"
    STEPS_COMPLETE = "steps_complete"
    OWN_STEP = "own_step"
    STRENGTH_NAMED = "strength_named"
    NEXT_TALK = "next_talk"
    CONTACT_GIVEN = "contact_given"


@dataclass(frozen=True, slots=True)
class Checked:
    """A hint and whether the plan already does it."""

    hint: PlanHint
    fulfilled: bool


def checked(content: PlanContent, short_name: str) -> tuple[Checked, ...]:
    """Every hint with its state, in the order in which they are shown.

    `short_name` is what the person is called; steps of their own may name them so.
    """
    steps = [step for goal in content.goals for step in goal.steps]
    person = content.person.split()
    own = {content.person, short_name, *person[:1]}
    return (
        Checked(PlanHint.HAS_GOALS, bool(content.goals)),
        Checked(PlanHint.FEW_GOALS, len(content.goals) <= MOST_GOALS),
        Checked(
            PlanHint.STEPS_COMPLETE,
            bool(steps) and all(step.what and step.who and step.due for step in steps),
        ),
        Checked(PlanHint.OWN_STEP, any(step.who in own for step in steps)),
        Checked(PlanHint.STRENGTH_NAMED, bool(content.going_well)),
        Checked(PlanHint.NEXT_TALK, content.next_talk_at is not None),
        Checked(PlanHint.CONTACT_GIVEN, bool(content.phone or content.email)),
    )
