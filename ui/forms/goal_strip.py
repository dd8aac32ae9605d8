"""What stands beside the goals: one that is settled, and what makes the agreement strong."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal

from caseworker_app.domain.case_view import GoalCard
from caseworker_app.domain.goals import MOST_GOALS, Goal, GoalStatus
from caseworker_app.i18n import _
from ui.widgets.boxes import Panel
from ui.widgets.buttons import button
from ui.widgets.layout import row
from ui.widgets.text import IconText, isolated


class GoalStrip(Panel):
    """A goal that was reached, or respectfully left for later. `again` opens it again."""

    again = Signal()

    def __init__(self, goal: Goal) -> None:
        super().__init__(ground="sunken")
        is_reached = goal.status is GoalStatus.REACHED
        icon = "circle-check" if is_reached else "pause"
        back = _("Open again") if is_reached else _("Now after all")
        words = IconText(icon, _settled_words(goal), colour="text_2")
        strip = row(words, button(back, "link", slot=self.again.emit), gap=16)
        strip.setStretch(0, 1)
        self.body.addLayout(strip)


def _settled_words(goal: Goal) -> str:
    words = isolated(goal.words)
    if goal.status is GoalStatus.REACHED:
        return _("Reached: {goal}").format(goal=words)
    if goal.reason:
        reason = isolated(goal.reason)
        return _("Not now: {goal} – {reason}").format(goal=words, reason=reason)
    return _("Not now: {goal}").format(goal=words)


def goal_hints(cards: Sequence[GoalCard], participant: str, own: Collection[str]) -> list[str]:
    """What would make it stronger, said calmly. `own` are the names the participant goes by."""
    steps = [step for card in cards for step in card.steps if step.what]
    found = []
    if len(cards) > MOST_GOALS:
        found.append(_("One to three goals are enough to begin with. What can wait?"))
    if any(not (step.who and step.due) for step in steps):
        found.append(_("A step works best with a person and a day."))
    if steps and not any(step.who in own for step in steps):
        found.append(_("Which step will {name} take?").format(name=isolated(participant)))
    return found
