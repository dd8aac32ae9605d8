"""The summary of a conversation: how somebody sees their life, and what they take along."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from caseworker_app.domain.goals import Goal, GoalStatus
from caseworker_app.domain.look_back import LookBack, asked_in, question_id
from caseworker_app.domain.picture import PictureRow, domains_of
from caseworker_app.domain.picture_words import facts
from caseworker_app.domain.speakers import speaker
from caseworker_app.domain.talk import Statement, TalkStatus, Voice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, texts
from caseworker_app.services import goals, pictures, removing
from ui import theme
from ui.context import App
from ui.forms.domain_panel import DomainPanel, Heard
from ui.forms.life_view import LifeView
from ui.forms.look_back_field import LookBackField
from ui.forms.sides import Sides
from ui.forms.take_along import SummaryFoot, TakeAlong
from ui.page import Route
from ui.trying import TryingPage
from ui.widgets.boxes import EmptyState
from ui.widgets.buttons import button
from ui.widgets.case_sheet import Sideways
from ui.widgets.day_words import day_words
from ui.widgets.layout import ScrollPage, column, row, stand_on
from ui.widgets.text import Text, h1, isolated

_BESIDE_FROM = 860
_OF_THE_TALK = ("talk", "talk_paper", "writeup")


class SummaryPage(TryingPage):
    """What is written here is kept as it is typed, like everywhere."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, conversation: UUID) -> None:
        super().__init__(app)
        self._conversation = conversation
        self._summary = pictures.summary(app.store, conversation)
        self._is_new = True
        self._today = app.now().astimezone().date()
        talk = self._summary.talk
        self._name = talk.person.short_name
        self.view = LifeView(isolated(self._name), talk.form(texts().language), self._today)
        self.view.chosen.connect(self._on_chosen)
        self.view.opened.connect(self._show_panel)
        self.panel = DomainPanel(self._name)
        self.panel.answered.connect(self._keep)
        self.panel.goal_wanted.connect(self._on_goal)
        self.panel.read_wanted.connect(lambda: self._go("read"))
        self.along = TakeAlong()
        self.along.removed.connect(self._on_removed)
        self.foot = SummaryFoot()
        self.foot.turn_wanted.connect(self._on_turn)
        self.foot.goals_wanted.connect(lambda: self._go("goals"))
        self._build()

    def refresh(self) -> None:
        """Keep what is being typed, then read the conversation again."""
        if not isValid(self):  # an undo may come after its page has gone
            return
        if not self._is_new:  # what the page was made with need not be read twice
            self.keep_all()
            self._summary = pictures.summary(self.app.store, self._conversation)
        self._is_new = False
        self._show()

    def leave(self) -> bool:
        """Keep what is being typed."""
        return self.keep_all()

    # --- what is shown -------------------------------------------------------------------------

    def _build(self) -> None:
        self._nothing = EmptyState(
            "message-circle",
            _("No part of life was rated in this conversation"),
            _("What was said can be read, printed and written up all the same."),
        )
        top = Sideways(row(self._back(), None), row(*self._ways(), gap=10))
        titles = column(h1(self._title()), Text(self._lead(), colour="text_2"), gap=4)
        main = QWidget()
        margins = (36, 18, 28, 16)
        parts = (top, self.notice, titles, self.view, self._nothing)
        main.setLayout(column(*parts, None, gap=12, margins=margins))
        stand_on(main, "surface")
        side = QWidget()
        side.setLayout(column(self.panel, self.along, None, gap=24, margins=(28, 28, 16, 24)))
        self._sheet = ScrollPage(max_width=100_000, margin=0)
        self._sheet.body.setSpacing(0)
        self._sides = Sides(
            main,
            side,
            self.foot,
            ground="canvas",
            first="main",
            beside_from=_BESIDE_FROM,
            main_below=0,
        )
        self._sheet.body.addWidget(self._sides, 1)
        self.setLayout(column(self._sheet))

    def _back(self) -> QWidget:
        name = isolated(self._summary.talk.person.name)
        return button(name, "link", icon="arrow-left", slot=lambda: self._go("case"))

    def _ways(self) -> list[QWidget]:
        ways: list[QWidget] = [
            button(
                _("Print the conversation"), icon="printer", slot=lambda: self._go("talk_paper")
            ),
            button(_("Write it up"), icon="notebook-pen", slot=lambda: self._go("writeup")),
        ]
        if self._summary.talk.conversation.status is TalkStatus.RUNNING:
            ways.append(button(_("Back to the conversation"), slot=lambda: self._go("talk")))
        return ways

    def _title(self) -> str:
        return _("How {name} sees their own life").format(name=isolated(self._name))

    def _lead(self) -> str:
        words = _("{name}’s own view in the conversation of {day}, not ours.")
        day = texts().day(self._summary.picture.on)
        return words.format(name=isolated(self._name), day=day)

    def _show(self) -> None:
        rows = self._summary.picture.rows
        for part in (self.view, self.panel):
            part.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        cards = (card.goal for card in self._summary.goals)
        self.along.show_goals([goal for goal in cards if goal.status is GoalStatus.OPEN])
        if rows:
            shown = self._summary.picture.row(self.panel.domain) or self._first()
            self.view.show_picture(self._summary.picture, shown.domain)
            self._show_domain(shown)

    def _first(self) -> PictureRow:
        """What is looked at first: what was rated, in the order of the conversation."""
        rows = self._summary.picture.rows
        return next((row for row in rows if row.satisfaction is not None), rows[0])

    def _show_domain(self, shown: PictureRow) -> None:
        rated = facts(shown, texts(), lambda day: day_words(day, self._today))
        domain = shown.domain
        self.panel.show_domain(shown, rated, self._heard(domain), self._answers(domain))

    def _heard(self, domain: str) -> list[Heard]:
        """What was said in the topics of this part of life, the person's own words first."""
        talk = self._summary.talk
        topics = [one for one in talk.asked.sections if domain in domains_of(one)]
        questions = {one.id: one for topic in topics for one in topic.questions}
        tag = talk.form(texts().language)
        said = [
            one
            for one in talk.statements
            if one.section in {topic.id for topic in topics}
            and not one.draft
            and not asked_in(one.question)
        ]
        said.sort(key=lambda one: one.voice is not Voice.PARTICIPANT)
        return [
            Heard(
                one.voice,
                one.words,
                speaker(talk, one),
                questions[one.question].text.to(tag) if one.question in questions else "",
            )
            for one in said
        ]

    def _answers(self, domain: str) -> dict[LookBack, Statement | None]:
        said = {one.question: one for one in self._summary.talk.statements if not one.draft}
        return {asked: said.get(question_id(domain, asked)) for asked in LookBack}

    def _on_chosen(self, domain: str) -> None:
        shown = self._summary.picture.row(domain)
        if shown is not None and self.keep_all():
            self._show_domain(shown)
        else:
            self.view.choose(self.panel.domain)  # what could not be kept stays in view

    def _show_panel(self) -> None:
        """Where the panel stands below the picture, go there."""
        if not self._sides.is_beside():
            place = self.panel.mapTo(self._sides, QPoint(0, 0)).y()
            self._sheet.verticalScrollBar().setValue(place - theme.current().space(24))

    # --- keeping -------------------------------------------------------------------------------

    def keep_all(self) -> bool:
        kept = [self._keep(field) for field in self.panel.fields.values()]
        return all(kept)

    def _keep(self, field: LookBackField) -> bool:
        if not field.has_news():
            return True
        domain, seen = self.panel.domain, field.seen

        def keep() -> None:
            talk, now = self._summary.talk, self.app.now()
            kept = pictures.keep_words(
                self.app.store, talk, (domain, field.asked), field.words(), seen, now
            )
            field.seen = kept
            self._summary = replace(self._summary, talk=_with(talk, seen, kept))

        return self.attempt(keep)

    # --- what can be done ----------------------------------------------------------------------

    def _go(self, page: str) -> None:
        case = self._summary.talk.case
        value = self._conversation if page in _OF_THE_TALK else None
        self.went.emit(Route(page, case, value))

    def _on_turn(self) -> None:
        if self.keep_all():
            self.turned.emit(self._conversation)

    def _on_goal(self) -> None:
        """Take up what would make it better, else what was remembered; else the topic alone."""
        domain = self.panel.domain
        store, case = self.app.store, self._summary.talk.case
        made: list[Goal] = []
        words = self.panel.fields[LookBack.BETTER].words() or self._remembered(domain)
        one_line = " ".join(words.split())
        if self.keep_all() and self.attempt(
            lambda: made.append(goals.add_goal(store, case, one_line, domain, self.app.now()))
        ):
            self.refresh()
            self.told.emit(_("Taken along as a goal."), lambda: self._take_out(made[0]))

    def _remembered(self, domain: str) -> str:
        talk = self._summary.talk
        topics = {one.id for one in talk.asked.sections if domain in domains_of(one)}
        found = [
            one.words
            for one in talk.remembered
            if one.section in topics and one.voice is Voice.PARTICIPANT
        ]
        return found[-1] if found else ""

    def _on_removed(self, goal: Goal) -> None:
        def undo() -> None:
            removing.restore(self.app.store, goal, self.app.now())
            self.refresh()

        if self._take_out(goal):
            self.told.emit(_("Goal removed."), undo)

    def _take_out(self, goal: Goal) -> bool:
        done = self.attempt(lambda: removing.remove(self.app.store, goal, self.app.now()))
        if done:
            self.refresh()
        return done


def _with(talk: Talk, seen: Statement | None, kept: Statement | None) -> Talk:
    """The talk with an answer that was kept just now."""
    gone = {one.id for one in (seen, kept) if one}
    others = tuple(one for one in talk.statements if one.id not in gone)
    return replace(talk, statements=(*others, kept) if kept else others)
