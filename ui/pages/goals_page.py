"""What was agreed with one person: goals in their own words, steps, and when to meet again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from caseworker_app.domain.case_view import CaseView, GoalCard
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.goals import Goal, GoalStatus
from caseworker_app.domain.talk import Statement
from caseworker_app.i18n import _
from caseworker_app.services import cases, goals, removing, said, talks
from ui.context import App
from ui.forms.goal_card import GoalForm
from ui.forms.goal_ideas import GoalIdeas
from ui.forms.goal_strip import GoalStrip, goal_hints
from ui.forms.next_talk import NextTalkForm, usual_places
from ui.forms.not_now import ask_why_not_now
from ui.forms.quiet import quiet_style
from ui.forms.step_row import Around, StepRow
from ui.page import Route
from ui.trying import TryingPage
from ui.widgets.boxes import Card, EmptyState
from ui.widgets.buttons import button
from ui.widgets.case_head import CaseHead
from ui.widgets.case_sheet import CaseSheet, section
from ui.widgets.layout import clear, column
from ui.widgets.text import IconText


class GoalsPage(TryingPage):
    """Everything is kept as it is typed; there is nothing to press for that."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app)
        self._case = case
        self.forms: list[GoalForm] = []
        self.next_talk: NextTalkForm | None = None
        self.setStyleSheet(quiet_style())
        self._sheet = CaseSheet("canvas")
        self.setLayout(column(self._sheet))

    def refresh(self) -> None:
        """Keep what is being typed, then read the goals again."""
        if not isValid(self):  # an undo may come after its page has gone
            return
        self.keep_all()
        store, case = self.app.store, self._case
        self._show(cases.view(store, case), said.everything(store, case))

    def leave(self) -> bool:
        """Keep what is being typed; what was begun and left empty goes without a word."""
        if not self.keep_all():
            return False
        blank: list[Entity] = [form.seen for form in self.forms if form.is_blank()]
        blank += [one.seen for form in self.forms for one in form.rows if one.is_blank()]
        for value in blank:
            self.attempt(partial(removing.remove, self.app.store, value, self._now()))
        return True

    # --- what is shown -------------------------------------------------------------------------

    def _show(self, view: CaseView, words: said.Said) -> None:
        self._today = self.app.now().astimezone().date()
        name = view.person.name
        self._own = {view.person.short_name, name, *name.split()[:1]}
        self._around = Around(
            view.person.short_name, words.coach, tuple(one.name for one in words.relations)
        )
        self._sheet.begin(self._head(view))
        self.notice = QVBoxLayout()
        self._sheet.add(self.notice)
        cards = [card for card in view.goals if card.goal.status is GoalStatus.OPEN]
        self.forms = [self._form(card) for card in cards]
        self._sheet.add(*self.forms)
        if not cards:
            self._sheet.add(self._empty(_("No open goal") if view.goals else _("No goal yet")))
        self._hints = column(gap=8)
        self._show_hints()
        self._sheet.add(self._hints, *self._ideas(view, words))
        self._sheet.add(*(self._settled(card.goal) for card in view.goals if card not in cards))
        self._sheet.add(self._meeting(view), None)

    def _head(self, view: CaseView) -> CaseHead:
        head = CaseHead(view.person, view.file, "goals", self._today)
        head.went.connect(lambda page: self.went.emit(Route(page, self._case)))
        self.add = button(_("Add goal"), icon="plus", big=True, slot=lambda: self._on_add("", ""))
        plan = button(_("See the plan"), "primary", icon="file-text", big=True)
        plan.clicked.connect(lambda _checked=False: self.went.emit(Route("plan", self._case)))
        head.add_button(self.add)
        head.add_button(plan)
        return head

    def _form(self, card: GoalCard) -> GoalForm:
        form = GoalForm(card, self._around, self._today)
        form.changed.connect(lambda: self._keep_goal(form))
        form.step_changed.connect(self._keep_step)
        form.step_checked.connect(self._on_checked)
        form.step_removed.connect(lambda one: self._remove(one.value(), _("Step removed.")))
        form.step_wanted.connect(lambda: self._on_add_step(form))
        form.domain_chosen.connect(lambda domain: self._change(form, domain=domain))
        form.reached.connect(
            lambda: self._settle(form, _("A goal is reached."), status=GoalStatus.REACHED)
        )
        form.not_now_wanted.connect(lambda: self._on_not_now(form))
        form.removed.connect(lambda: self._remove(form.value(), _("Goal removed.")))
        return form

    def _empty(self, title: str) -> QWidget:
        state = EmptyState(
            "target",
            title,
            _("What should be different in half a year?"),
            _("Add goal"),
        )
        state.pressed.connect(lambda: self._on_add("", ""))
        return state

    def _show_hints(self) -> None:
        cards = [GoalCard(form.seen, tuple(one.seen for one in form.rows)) for form in self.forms]
        clear(self._hints)
        for hint in goal_hints(cards, self._around.participant, self._own):
            self._hints.addWidget(IconText("info", hint, colour="text_2"))

    def _ideas(self, view: CaseView, words: said.Said) -> list[QWidget]:
        """What was remembered in the last conversation and is no goal yet."""
        known = {card.goal.words for card in view.goals}
        ideas = [
            (one, words.speaker(one))
            for one in words.remembered()
            if " ".join(one.words.split()) not in known
        ]
        if not ideas:
            return []
        made = GoalIdeas(ideas)
        made.taken.connect(lambda idea: self._on_idea(words, idea))
        return [made]

    def _settled(self, goal: Goal) -> GoalStrip:
        strip = GoalStrip(goal)
        strip.again.connect(lambda: self._on_open_again(goal))
        return strip

    def _meeting(self, view: CaseView) -> QWidget:
        self.next_talk = NextTalkForm(view.next_talk, usual_places(view.person), self._today)
        self.next_talk.changed.connect(self._keep_talk)
        return Card(section(_("Next conversation"), self.next_talk))

    # --- keeping -------------------------------------------------------------------------------

    def keep_all(self) -> bool:
        kept = [self._keep_goal(form) for form in self.forms]
        kept += [self._keep_step(one) for form in self.forms for one in form.rows]
        return all([*kept, self._keep_talk()])

    def _keep_goal(self, form: GoalForm) -> bool:
        new = form.value()
        if new == form.seen:
            return True

        def keep() -> None:
            form.seen = goals.save_goal(self.app.store, new, form.seen, self._now())

        return self.attempt(keep)

    def _keep_step(self, one: StepRow) -> bool:
        new = one.value()
        if new == one.seen:
            return True

        def keep() -> None:
            one.seen = goals.save_step(self.app.store, new, one.seen, self._now())
            self._show_hints()

        return self.attempt(keep)

    def _keep_talk(self) -> bool:
        form = self.next_talk
        at = form.at() if form else None
        if form is None or at is None or not form.has_news():
            return True

        def keep() -> None:
            talks.plan_talk(self.app.store, self._case, at, form.where.value(), self._now())
            form.kept()

        return self.attempt(keep)

    def _now(self) -> datetime:
        return self.app.now()

    # --- what can be done ----------------------------------------------------------------------

    def _on_add(self, words: str, domain: str) -> None:
        made: list[Goal] = []
        store, case = self.app.store, self._case
        if self.attempt(
            lambda: made.append(goals.add_goal(store, case, words, domain, self._now()))
        ):
            self.refresh()
            form = next(form for form in self.forms if form.seen.id == made[0].id)
            form.words.setFocus()
            self._sheet.show_widget(form)

    def _on_idea(self, words: said.Said, idea: Statement) -> None:
        topic = words.section(idea)
        domain = topic.domains[0] if topic and topic.domains else ""
        self._on_add(" ".join(idea.words.split()), domain)

    def _on_add_step(self, form: GoalForm) -> None:
        made: list[UUID] = []
        if self.attempt(
            lambda: made.append(goals.add_step(self.app.store, form.seen, self._now()).id)
        ):
            self.refresh()
            one = self._row_of(made[0])
            one.what.setFocus()
            self._sheet.show_widget(one)

    def _on_checked(self, one: StepRow, done: bool) -> None:  # noqa: FBT001
        if self._keep_step(one) and self.attempt(
            lambda: goals.set_done(
                self.app.store, one.seen, self._today if done else None, self._now()
            )
        ):
            self.refresh()
            self._row_of(one.seen.id).check.setFocus()

    def _row_of(self, step: UUID) -> StepRow:
        return next(one for form in self.forms for one in form.rows if one.seen.id == step)

    def _on_not_now(self, form: GoalForm) -> None:
        told, aside = _("A goal is put aside."), GoalStatus.NOT_NOW
        ask_why_not_now(self, lambda reason: self._settle(form, told, status=aside, reason=reason))

    def _settle(self, form: GoalForm, told: str, **changes: object) -> None:
        before = form.value()
        if self._change(form, **changes):
            self.told.emit(told, lambda: self._on_open_again(before))

    def _on_open_again(self, goal: Goal) -> None:
        current = next(
            card.goal for card in goals.cards(self.app.store, self._case) if card.goal.id == goal.id
        )
        new = replace(current, status=GoalStatus.OPEN, reason="")
        if self.attempt(lambda: goals.save_goal(self.app.store, new, current, self._now())):
            self.refresh()

    def _change(self, form: GoalForm, **changes: object) -> bool:
        new = replace(form.value(), **changes)  # type: ignore[arg-type]
        done = self.attempt(lambda: goals.save_goal(self.app.store, new, form.seen, self._now()))
        if done:
            form.seen = new
            self.refresh()
        return done

    def _remove(self, value: Entity, told: str) -> None:
        def undo() -> None:
            if self.attempt(lambda: removing.restore(self.app.store, value, self._now())):
                self.refresh()

        self.keep_all()
        if self.attempt(lambda: removing.remove(self.app.store, value, self._now())):
            self.forms = []
            self.refresh()
            self.told.emit(told, undo)
