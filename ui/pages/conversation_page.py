"""The conversation, from the coach's side of the table: everything typed is kept while typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from caseworker_app.domain import path
from caseworker_app.domain.path import Place
from caseworker_app.domain.talk import Conversation, Missing, Statement, TopicState, Voice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _
from caseworker_app.services import answers, removing, talks
from ui import dialogs
from ui.context import App
from ui.forms.about_talk import AboutTalk, people_around
from ui.forms.keeping import Keeping, Then
from ui.forms.talk_desk import TalkDesk
from ui.forms.talk_keys import bind, places_to_jump_to
from ui.forms.topic_jump import TopicJump
from ui.page import Page, Route
from ui.widgets.layout import column
from ui.widgets.text import isolated


class ConversationPage(Page):
    """One conversation. GuideMissing when its guide is not on this laptop."""

    def __init__(self, app: App, conversation: UUID) -> None:
        super().__init__(app)
        self._id = conversation
        self._talk: Talk = talks.open_talk(app.store, conversation)
        self._visited: dict[str, str] = {}
        self._unkept: dict[str, answers.Said] = {}
        self._desk = TalkDesk(self._talk, app.now)
        self._keeping = Keeping(app.background, self)
        self._keeping.kept.connect(self._unkept.clear)
        self._keeping.kept.connect(self._desk.show_kept)
        self._keeping.troubled.connect(self._desk.show_trouble)
        self._jump = TopicJump(self, places_to_jump_to(self._talk.guide))
        self.setLayout(column(self._desk))
        self._connect_parts()
        self._bind_keys()
        self._show(self._talk)
        self._show_draft()

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        self._reread()

    def leave(self) -> bool:
        """Keep the last keys. False while the disk does not take them: then they stay in view."""
        self._desk.flush()
        return self._keeping.settle()

    # --- showing -------------------------------------------------------------------------------

    def _show(self, talk: Talk) -> None:
        self._talk = talk
        self._visited[talk.section] = talk.question
        self._desk.show_talk(talk)

    def _show_draft(self) -> None:
        """What is being written here: the words that still wait for the disk come first."""
        draft = self._talk.draft(self._talk.question)
        if self._talk.question in self._unkept:
            voice, speaker, words = self._unkept[self._talk.question]
            self._desk.composer.show_draft(voice, words, speaker)
        elif draft is None:
            self._desk.composer.show_draft(Voice.PARTICIPANT, "")
        else:
            self._desk.composer.show_draft(draft.voice, draft.words, draft.speaker)

    def _reread(self, _result: object = None) -> None:
        talk = talks.open_talk(self.app.store, self._id)
        here = path.nearest(talk.guide, talk.asked, self._here)
        self._show(replace(talk, section=here.section, question=here.question))

    # --- where the conversation is -------------------------------------------------------------

    @property
    def _here(self) -> Place:
        return Place(self._talk.section, self._talk.question)

    def _go(self, place: Place | None) -> None:
        if place is None or place == self._here:
            return
        self._desk.flush()
        self._show(replace(self._talk, section=place.section, question=place.question))
        self._show_draft()
        self._desk.focus()
        self._keep(
            "place", talks.move_to, self._id, place.section, place.question, then=lambda _done: None
        )

    def _go_to_section(self, section: str) -> None:
        """A topic is taken up again at the question where it was left."""
        first = self._talk.asked.section(section).questions[0].id
        self._go(Place(section, self._visited.get(section, first)))

    def _go_to_question(self, question: str) -> None:
        self._go(Place(self._talk.section, question))

    def _go_on(self) -> None:
        self._go(path.next_place(self._talk.asked, self._here, self._talk.topics))

    def _go_back(self) -> None:
        self._go(path.previous_place(self._talk.asked, self._here, self._talk.topics))

    def _step_topic(self, by: int) -> None:
        sections = [section.id for section in self._talk.asked.sections]
        place = sections.index(self._talk.section) + by
        if 0 <= place < len(sections):
            self._go_to_section(sections[place])

    # --- what is said --------------------------------------------------------------------------

    def _keep(
        self, name: str, service: Callable[..., Any], *values: Any, then: Then | None = None,
        **more: Any,
    ) -> None:  # fmt: skip
        """Call a service now, or as soon as the disk lets it; then show what has become of it."""
        work = partial(service, self.app.store, *values, self.app.now(), **more)
        self._keeping.keep(name, work, then or self._reread)

    def _keep_draft(self) -> None:
        self._keep_words(answers.keep_words)

    def _add(self) -> None:
        here, said = self._here, self._desk.composer.said()
        if said[2].strip():
            self._keep_words(answers.add_words, lambda _said: self._on_added(here, said))

    def _keep_words(self, service: Callable[..., Any], then: Then | None = None) -> None:
        here, said = self._here, self._desk.composer.said()
        place, about = (here.section, here.question), self._talk.conversation
        self._unkept[here.question] = said
        self._keep(f"words {here.question}", service, about, place, said, then=then)

    def _on_added(self, here: Place, said: answers.Said) -> None:
        if self._unkept.get(here.question) == said:
            del self._unkept[here.question]
        self._reread()
        if (self._here, self._desk.composer.said()) == (here, said):
            voice, speaker, _words = said
            self._desk.composer.show_draft(voice, "", speaker)
            QTimer.singleShot(0, self._desk, self._desk.show_newest)

    def _statement(self, statement: UUID) -> Statement:
        return next(one for one in self._talk.statements if one.id == statement)

    def _change(self, statement: UUID, **values: Any) -> None:
        seen = self._statement(statement)
        new = replace(seen, **values)
        if new != seen:
            what = " ".join(values)
            self._keep(f"{what} of {statement}", answers.save_statement, new, seen)

    def _remember(self) -> None:
        """Remember what was said last, or forget it again."""
        said = self._talk.said(self._talk.question)
        if said:
            self._change(said[-1].id, for_goals=not said[-1].for_goals)

    def _remove(self, statement: UUID) -> None:
        seen, app = self._statement(statement), self.app

        def undo() -> None:
            if isValid(self):
                self._keep(f"removal of {statement}", removing.restore, seen)
            else:
                removing.restore(app.store, seen, app.now())

        def removed(_result: object) -> None:
            self._reread()
            self.told.emit(_("Removed."), undo)

        self._keep(f"removal of {statement}", removing.remove, seen, then=removed)

    # --- answers, ratings, topics --------------------------------------------------------------

    def _set_missing(self, missing: Missing | None) -> None:
        about, question = self._talk.conversation, self._talk.question
        self._keep(f"missing {question}", answers.set_missing, about, question, missing)

    def _give(self, question: str, value: str) -> None:
        about = self._talk.conversation
        self._keep(f"value {question}", answers.set_value, about, question, value)

    def _rate(self, domain: str, values: dict[str, Any]) -> None:
        name = f"rating {domain} {' '.join(values)}"
        self._keep(name, answers.rate, self._talk.conversation, domain, **values)

    def _agree(self, state: TopicState) -> None:
        """Note what was agreed about this topic, and go on where there is nothing to ask now."""
        about, section = self._talk.conversation, self._talk.section
        self._keep(f"topic {section}", answers.set_topic, about, section, state)
        if state in (TopicState.PARKED, TopicState.DECLINED):
            self._go_on()
        self._desk.focus()

    def _park(self) -> None:
        parked = self._talk.topic(self._talk.section) is TopicState.PARKED
        self._agree(TopicState.OPEN if parked else TopicState.PARKED)

    # --- the talk itself -----------------------------------------------------------------------

    def _open_about(self) -> None:
        people = [self._talk.person.short_name, *people_around(self._talk)]
        content = AboutTalk(self._talk.conversation, people)
        content.changed.connect(
            lambda new: self._keep("about", talks.save_talk, new, self._talk.conversation)
        )
        sheet = dialogs.Sheet(self, _("About this talk"), content)
        sheet.add_button(_("Done"), "primary")
        sheet.finished.connect(content.flush)
        sheet.open()

    def _finish(self) -> None:
        if self.leave():
            self._keep("status", talks.finish, self._talk.conversation, then=self._on_finished)

    def _on_finished(self, held: Conversation) -> None:
        name = isolated(self._talk.person.short_name)
        said = _("The talk with {name} is finished.").format(name=name)
        self.told.emit(said, partial(_reopen, self.app, held))
        self.went.emit(Route("case", case=held.case))

    def _reopen(self) -> None:
        self._keep("status", talks.reopen, self._talk.conversation)

    # --- wiring --------------------------------------------------------------------------------

    def _connect_parts(self) -> None:
        desk = self._desk
        desk.bar.back.connect(self.back)
        desk.bar.covered.connect(self.covered)
        desk.bar.about.connect(self._open_about)
        desk.bar.finished.connect(self._finish)
        desk.bar.reopened.connect(self._reopen)
        desk.topics.chosen.connect(self._go_to_section)
        desk.prompts.chosen.connect(self._go_to_question)
        desk.head.went_on.connect(self._go_on)
        desk.head.parked.connect(self._park)
        desk.head.to_goals.connect(self._go_to_goals)
        desk.permission.answered.connect(self._agree)
        desk.composer.changed.connect(desk.bar.show_writing)
        desk.composer.paused.connect(self._keep_draft)
        desk.composer.added.connect(self._add)
        desk.no_answer.chosen.connect(self._set_missing)
        desk.statements.corrected.connect(lambda one, words: self._change(one, words=words))
        desk.statements.marked.connect(lambda one, mark, on: self._change(one, **{mark: on}))
        desk.statements.removed.connect(self._remove)
        desk.statements.closed.connect(self._reread)
        desk.statements.closed.connect(desk.focus)
        desk.ratings.rated.connect(self._rate)
        desk.given.connect(self._give)
        self._jump.chosen.connect(self._go)
        self._jump.closed.connect(desk.focus)

    def _bind_keys(self) -> None:
        desk = self._desk
        bind(
            self,
            {
                "F2": lambda: desk.composer.say_as(Voice.PARTICIPANT),
                "F3": lambda: desk.composer.say_as(Voice.COACH),
                "F4": lambda: desk.composer.say_as(Voice.THIRD),
                "Ctrl+Up": lambda: self._step_topic(-1),
                "Ctrl+Down": lambda: self._step_topic(1),
                "Ctrl+Left": self._go_back,
                "Ctrl+Right": self._go_on,
                "Ctrl+PgUp": self._go_back,
                "Ctrl+PgDown": self._go_on,
                "Ctrl+J": self._jump.ask,
                "Ctrl+B": self._park,
                "Ctrl+M": self._remember,
                "Ctrl+R": desk.show_rating,
            },
        )

    def _go_to_goals(self) -> None:
        self.went.emit(Route("goals", case=self._talk.case))


def _reopen(app: App, held: Conversation) -> None:
    talks.reopen(app.store, held, app.now())
