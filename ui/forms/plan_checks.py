"""Does everything fit? What the plan does already, and what is open, with the way to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.goals import MOST_GOALS
from caseworker_app.domain.plan import PlanContent
from caseworker_app.domain.plan_check import Checked, PlanHint, checked
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.layout import add, clear, column, row
from ui.widgets.text import IconText, h3, isolated


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One sentence of the check list. `way` are the words of a link to the page `page`."""

    sentence: str
    fulfilled: bool
    way: str = ""
    page: str = ""


def check_lines(content: PlanContent, name: str, missing: str) -> list[CheckLine]:
    """What there is to say about a plan. `name` is what the person is called."""
    hints = checked(content, name)
    quiet = () if content.goals else (PlanHint.STEPS_COMPLETE, PlanHint.OWN_STEP)
    lines = [
        _fulfilled(one, name) if one.fulfilled else _open(one, name)
        for one in hints
        if one.hint not in quiet and not (one.fulfilled and one.hint is PlanHint.FEW_GOALS)
    ]
    if missing:
        sentence = _("Some signs cannot be printed. They appear as a code: {signs}")
        lines.append(CheckLine(sentence.format(signs=isolated(" ".join(missing))), fulfilled=False))
    return lines


def _fulfilled(one: Checked, name: str) -> CheckLine:
    sentences = {
        PlanHint.HAS_GOALS: _("There is a goal."),
        PlanHint.STEPS_COMPLETE: _("Every step has a person and a day."),
        PlanHint.OWN_STEP: _("{name} takes a step of their own."),
        PlanHint.STRENGTH_NAMED: _("The plan says what is going well."),
        PlanHint.NEXT_TALK: _("The next conversation is agreed."),
        PlanHint.CONTACT_GIVEN: _("The plan says how to reach you."),
    }
    return CheckLine(sentences[one.hint].format(name=isolated(name)), fulfilled=True)


def _open(one: Checked, name: str) -> CheckLine:
    to_goals = (_("Go to the goals and steps"), "goals")
    to_talks = (_("Go to the conversations"), "talks")
    lines = {
        PlanHint.HAS_GOALS: (_("There is no goal in it yet."), *to_goals),
        PlanHint.FEW_GOALS: (_("More than {most} goals at once are a lot."), *to_goals),
        PlanHint.STEPS_COMPLETE: (_("Not every step has a person and a day yet."), *to_goals),
        PlanHint.OWN_STEP: (_("{name} has no step of their own yet."), *to_goals),
        PlanHint.STRENGTH_NAMED: (_("The plan does not say yet what is going well."), *to_talks),
        PlanHint.NEXT_TALK: (_("The next conversation is not agreed yet."), *to_talks),
        PlanHint.CONTACT_GIVEN: (
            _("The plan does not say yet how to reach you."),
            _("Add telephone or e-mail"),
            "settings",
        ),
    }
    sentence, way, page = lines[one.hint]
    words = sentence.format(name=isolated(name), most=MOST_GOALS)
    return CheckLine(words, fulfilled=False, way=way, page=page)


class PlanChecks(QWidget):
    """The check list. It only hints: nothing in it keeps anybody from printing."""

    went = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: QVBoxLayout = column(gap=7)
        self.setLayout(column(h3(_("Does everything fit?")), self._lines, gap=8))

    def show_lines(self, lines: Sequence[CheckLine]) -> None:
        """Show another list."""
        clear(self._lines)
        for line in lines:
            self._lines.addLayout(self._drawn(line))

    def _drawn(self, line: CheckLine) -> QVBoxLayout:
        icon, ink = ("circle-check", "ok") if line.fulfilled else ("triangle-alert", "warn")
        words = IconText(icon, line.sentence, icon_colour=ink)
        state = _("Fits: {sentence}") if line.fulfilled else _("Still open: {sentence}")
        words.setAccessibleName(state.format(sentence=line.sentence))
        drawn = column(words, gap=0)
        if line.way:
            way = button(line.way, "link", slot=lambda: self.went.emit(line.page))
            beside = row(way, None, gap=0)
            beside.insertSpacing(0, theme.current().px(26))
            add(drawn, beside)
        return drawn
