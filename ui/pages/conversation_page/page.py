"""The page of a conversation: everything typed is kept while typing, and nothing by opening it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer

from caseworker_app.domain import path
from caseworker_app.domain.path import Place
from caseworker_app.domain.talk import Statement, TalkStatus, TopicState, Voice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _
from ui import dialogs
from ui.context import App
from ui.forms.about_talk import AboutTalk, in_a_sheet, people_around
from ui.forms.composer import Composer
from ui.forms.quick_note import QuickNote
from ui.forms.talk_desk import TalkDesk, known_names
from ui.forms.talk_keys import FIRST_TOPICS, bind, places_to_jump_to
from ui.forms.topic_jump import TopicJump
from ui.page import Page, Redraws, Route, Undo
from ui.pages.conversation_page.held_talk import HeldTalk
from ui.pages.conversation_page.noting import Noting
from ui.pages.conversation_page.saying import NOTE, Saying
from ui.widgets.layout import column
from ui.widgets.text import isolated


class ConversationPage(Page):
    """One conversation. GuideMissing when its guide is not on this laptop."""

    redraws: ClassVar[Redraws] = Redraws.NEVER

    def __init__(self, app: App, conversation: UUID) -> None:
        super().__init__(app)
        self._held = HeldTalk(app, conversation, self)
        self._saying, self._noting = Saying(self._held), Noting(self._held)
        self._visited: dict[str, str] = {}
        self._shown = self._held.here
        self._desk = TalkDesk(self._talk, app.now)
        self.setLayout(column(self._desk))
        self._jump = TopicJump(self)
        self._note = QuickNote(self, self._talk.person.short_name)
        self._connect_parts()
        self._connect_words()
        self._bind_keys()
        self._show()
        self._show_draft()

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        self._held.read_again()

    def leave(self) -> bool:
        """Keep the last keys. False while the disk does not take them: then they stay in view."""
        self._flush()
        return self._held.settle()

    # --- showing -------------------------------------------------------------------------------

    @property
    def _talk(self) -> Talk:
        return self._held.talk

    def _show(self) -> None:
        """Show the talk as it is by now. A question that is hidden now makes room for another."""
        here = self._held.here
        self._visited[here.section] = here.question
        moved = here != self._shown
        if moved:
            self._flush()
        self._shown = here
        self._desk.show_talk(self._talk)
        if moved:
            self._show_draft()

    def _show_draft(self) -> None:
        voice, speaker, words = self._saying.draft(self._talk.question) or (None, "", "")
        self._desk.composer.show_draft(voice, words, speaker)

    # --- where the conversation is -------------------------------------------------------------

    def _go(self, place: Place | None) -> None:
        if place is None or place == self._shown:
            return
        self._flush()
        self._held.move_to(place)
        self._show()
        self._desk.focus()

    def _go_to_section(self, section: str) -> None:
        """A topic is taken up again at the question where it was left."""
        asked = [question.id for question in self._talk.asked.section(section).questions]
        left = self._visited.get(section, "")
        self._go(Place(section, left if left in asked else asked[0]))

    def _go_to_question(self, question: str) -> None:
        self._go(Place(self._talk.section, question))

    def _beside(self, step: Callable[..., Place | None]) -> Place | None:
        talk = self._talk
        return step(talk.asked, self._shown, talk.topics, talk.put_away)

    def _go_on(self) -> None:
        self._go(self._beside(path.next_place))

    def _go_back(self) -> None:
        self._go(self._beside(path.previous_place))

    def _step_topic(self, by: int) -> None:
        sections = [section.id for section in self._talk.asked.sections]
        place = sections.index(self._talk.section) + by
        if 0 <= place < len(sections):
            self._go_to_section(sections[place])

    def _go_to_topic(self, number: int) -> None:
        sections = self._talk.asked.sections
        if number < len(sections):
            self._go_to_section(sections[number].id)

    def _ask_where(self) -> None:
        name = _("Jump to a topic or a question")
        self._jump.ask(name, places_to_jump_to(self._talk), self._go)

    # --- what is said --------------------------------------------------------------------------

    def _flush(self) -> None:
        self._desk.flush()
        self._note.composer.flush()

    def _keep_draft(self) -> None:
        self._saying.keep(self._shown, self._desk.composer.said())

    def _add(self) -> None:
        here, said = self._shown, self._desk.composer.said()
        if said[2].strip():
            self._saying.add(here, said, lambda: self._on_added(here, said))

    def _on_added(self, here: Place, said: tuple[Voice, str, str]) -> None:
        if (self._shown, self._desk.composer.said()) == (here, said):
            voice, speaker, _words = said
            self._desk.composer.show_draft(voice, "", speaker)
            QTimer.singleShot(0, self._desk, self._desk.show_newest)

    @property
    def _writing(self) -> Composer:
        """The composer in front: that of the quick note while its card is there."""
        return self._note.composer if self._note.isVisible() else self._desk.composer

    # --- quick notes ---------------------------------------------------------------------------

    def _take_note(self) -> None:
        if self._talk.conversation.status is not TalkStatus.HELD:
            self._note.ask(self._saying.draft(NOTE.question), known_names(self._talk))

    def _keep_note(self) -> None:
        self._saying.keep(NOTE, self._note.composer.said())

    def _add_note(self) -> None:
        said = self._note.composer.said()
        if said[2].strip():
            self._saying.add(NOTE, said, lambda: self._on_noted(said))

    def _on_noted(self, said: tuple[Voice, str, str]) -> None:
        if self._note.composer.said() == said:
            self._note.show_draft(None)
            self._note.close_up()

    def _sort_elsewhere(self, note: Statement) -> None:
        name = _("Where does this note belong?")
        places = places_to_jump_to(self._talk)
        self._jump.ask(name, places, lambda place: self._saying.sort(note, place))

    # --- topics, prompts, the talk itself ------------------------------------------------------

    def _agree(self, state: TopicState) -> None:
        """Note what was agreed about this topic, and go on where there is nothing to ask now."""
        self._noting.agree(state)
        if state in (TopicState.PARKED, TopicState.DECLINED):
            self._go_on()
        self._desk.focus()

    def _park(self) -> None:
        parked = self._talk.topic(self._talk.section) is TopicState.PARKED
        self._agree(TopicState.OPEN if parked else TopicState.PARKED)

    def _hide(self, questions: tuple[str, ...], hidden: bool) -> None:  # noqa: FBT001
        self._noting.hide(questions, hidden=hidden)
        if hidden and self._talk.question in questions:
            self._go(self._beside(path.next_place) or self._beside(path.previous_place))

    def _open_about(self) -> None:
        people = [self._talk.person.short_name, *people_around(self._talk)]
        content = AboutTalk(self._talk.conversation, self._talk.person, people)
        content.changed.connect(self._noting.save_about)
        content.liked.connect(self._noting.save_person)
        area = in_a_sheet(content, self)
        sheet = dialogs.Sheet(self, _("About this talk"), area)
        sheet.setMinimumWidth(sheet.minimumSizeHint().width())
        sheet.add_button(_("Done"), "primary")
        sheet.finished.connect(content.flush)
        sheet.open()

    def _turn(self) -> None:
        """Turn the screen to the participant, with everything on the disk."""
        if self._talk.conversation.status is not TalkStatus.HELD and self.leave():
            self.turned.emit(self._talk.conversation.id)

    def _finish(self) -> None:
        if self.leave():
            self._noting.finish(self._on_finished)

    def _on_finished(self, undo: Undo) -> None:
        name = isolated(self._talk.person.short_name)
        self.told.emit(_("The talk with {name} is finished.").format(name=name), undo)
        about = self._talk.conversation
        self.went.emit(Route("summary", case=about.case, value=about.id))

    def _go_to_goals(self) -> None:
        self.went.emit(Route("goals", case=self._talk.case))

    # --- wiring --------------------------------------------------------------------------------

    def _connect_parts(self) -> None:
        desk, held, noting = self._desk, self._held, self._noting
        held.changed.connect(self._show)
        held.told.connect(self.told)
        held.keeping.kept.connect(desk.show_kept)
        held.keeping.troubled.connect(desk.show_trouble)
        desk.bar.back.connect(self.back)
        desk.bar.covered.connect(self.covered)
        desk.bar.turned.connect(self._turn)
        desk.bar.about.connect(self._open_about)
        desk.bar.finished.connect(self._finish)
        desk.bar.reopened.connect(noting.reopen)
        desk.topics.chosen.connect(self._go_to_section)
        desk.head.went_on.connect(self._go_on)
        desk.head.parked.connect(self._park)
        desk.head.to_goals.connect(self._go_to_goals)
        desk.permission.answered.connect(self._agree)
        desk.no_answer.chosen.connect(noting.set_missing)
        desk.answer.given.connect(noting.give)
        desk.answer.rated.connect(noting.rate)
        desk.ratings.rated.connect(noting.rate)
        desk.side.prompts.chosen.connect(self._go_to_question)
        desk.side.prompts.hidden.connect(self._hide)
        desk.side.note.clicked.connect(self._take_note)
        desk.side.notes.sorted_to.connect(self._saying.sort)
        desk.side.notes.elsewhere.connect(self._sort_elsewhere)
        desk.side.notes.removed.connect(self._saying.remove)
        self._jump.closed.connect(desk.focus)
        self._note.closed.connect(desk.focus)

    def _connect_words(self) -> None:
        desk, saying = self._desk, self._saying
        for composer, keep, add in (
            (desk.composer, self._keep_draft, self._add),
            (self._note.composer, self._keep_note, self._add_note),
        ):
            composer.changed.connect(desk.bar.show_writing)
            composer.paused.connect(keep)
            composer.added.connect(add)
            composer.rested.connect(self._on_rested)
        desk.statements.corrected.connect(lambda one, words: saying.change(one, words=words))
        desk.statements.marked.connect(lambda one, mark, on: saying.change(one, **{mark: on}))
        desk.statements.removed.connect(saying.remove)
        desk.statements.closed.connect(self._held.read_again)
        desk.statements.closed.connect(desk.focus)

    def _on_rested(self) -> None:
        if not self._held.keeping.is_waiting():
            self._desk.show_kept()

    def _bind_keys(self) -> None:
        desk = self._desk
        keys: dict[str, Callable[[], object]] = {
            "F2": lambda: self._writing.say_as(Voice.PARTICIPANT),
            "F3": lambda: self._writing.say_as(Voice.COACH),
            "F4": lambda: self._writing.say_as(Voice.THIRD),
            "Shift+F4": lambda: self._writing.say_as(Voice.DOCUMENT),
            "F7": self._take_note,
            "F9": self._turn,
            "Ctrl+Up": lambda: self._step_topic(-1),
            "Ctrl+Down": lambda: self._step_topic(1),
            "Ctrl+Left": self._go_back,
            "Ctrl+Right": self._go_on,
            "Ctrl+PgUp": self._go_back,
            "Ctrl+PgDown": self._go_on,
            "Ctrl+J": self._ask_where,
            "Ctrl+B": self._park,
            "Ctrl+M": self._saying.remember,
            "Ctrl+R": desk.show_rating,
        }
        for number in range(FIRST_TOPICS):
            keys[f"Alt+{number + 1}"] = partial(self._go_to_topic, number)
        bind(self, keys)
