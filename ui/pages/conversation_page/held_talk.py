"""A conversation while it is held: what stands in it by now, and how everything new is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from caseworker_app.domain.path import Place
from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import Conversation, Missing, Statement, TopicState
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, texts
from caseworker_app.services import answers, people, removing, talks
from caseworker_app.services.answers import Said
from ui.context import App
from ui.forms.keeping import Keeping, Then
from ui.page import Undo

SOON = 200  # milliseconds
NOTE = Place(*answers.NOWHERE)
"""Where a quick note stands until it is sorted."""


class HeldTalk(QObject):
    """`changed` when it was read again. `told` says something with a way to undo it."""

    changed = Signal()
    told = Signal(str, object)

    def __init__(self, app: App, conversation: UUID, parent: QObject) -> None:
        """GuideMissing when the guide is not on this laptop."""
        super().__init__(parent)
        self._app, self._id = app, conversation
        self.talk: Talk = talks.open_talk(app.store, conversation)
        self._unkept: dict[str, Said] = {}
        self.keeping = Keeping(app.background, self)
        self.keeping.kept.connect(self._unkept.clear)
        self._moved = QTimer(self)
        self._moved.setSingleShot(True)
        self._moved.setInterval(SOON)
        self._moved.timeout.connect(self._keep_place)

    def read_again(self, _result: object = None) -> None:
        """Show what has become of it."""
        self.talk = talks.read_again(self._app.store, self.talk)
        self.changed.emit()

    def settle(self) -> bool:
        """Keep what still waits; False while the disk does not take it."""
        if self._moved.isActive():
            self._moved.stop()
            self._keep_place()
        return self.keeping.settle()

    # --- where it stands -----------------------------------------------------------------------

    @property
    def here(self) -> Place:
        """The question that is asked."""
        return Place(self.talk.section, self.talk.question)

    def move_to(self, place: Place) -> None:
        """Ask another question. Where it stands is written down a moment later."""
        self.talk = replace(self.talk, section=place.section, question=place.question)
        self._moved.start()

    def _keep_place(self) -> None:
        self._keep("place", talks.move_to, self._id, *_pair(self.here), then=lambda _done: None)

    # --- what is said --------------------------------------------------------------------------

    def draft(self, question: str) -> Said | None:
        """What is being written here: the words that still wait for the disk come first."""
        if question in self._unkept:
            return self._unkept[question]
        draft = self.talk.draft(question)
        return (draft.voice, draft.speaker, draft.words) if draft else None

    def keep_words(self, place: Place, said: Said) -> None:
        """Keep what stands in a composer."""
        self._keep_said(answers.keep_words, place, said, None)

    def add_words(self, place: Place, said: Said, then: Callable[[], object]) -> None:
        """What stands in a composer is said; `then`, when it is."""

        def added(_statement: object) -> None:
            if self._unkept.get(place.question) == said:
                del self._unkept[place.question]
            self.read_again()
            then()

        self._keep_said(answers.add_words, place, said, added)

    def change(self, statement: UUID, **values: Any) -> None:
        """Put a statement right, or mark it."""
        seen = self._statement(statement)
        new = replace(seen, **values)
        if new != seen:
            what = " ".join(values)
            self._keep(f"{what} of {statement}", answers.save_statement, new, seen)

    def remember(self) -> None:
        """Remember for the goals what was said last here, or forget it again."""
        said = self.talk.said(self.talk.question)
        if said:
            self.change(said[-1].id, for_goals=not said[-1].for_goals)

    def remove(self, statement: UUID) -> None:
        """Take a statement away; it comes back with Undo."""
        seen, name = self._statement(statement), f"removal of {statement}"
        undo = self._undoing(name, removing.restore, seen)
        self._keep(name, removing.remove, seen, then=self._telling(_("Removed."), undo))

    def sort(self, note: Statement, place: Place) -> None:
        """Put a quick note to the question where it belongs."""
        seen, name = self._statement(note.id), f"place of {note.id}"
        section = self.talk.asked.section(place.section)
        title = section.title.to(self.talk.form(texts().language))
        words = _("The note stands under “{topic}” now.").format(topic=title)
        sorted_note = replace(seen, section=place.section, question=place.question)
        undo = self._undoing(name, answers.sort_note, sorted_note, answers.NOWHERE)
        then = self._telling(words, undo)
        self._keep(name, answers.sort_note, seen, _pair(place), then=then)

    # --- answers, ratings, topics --------------------------------------------------------------

    def set_missing(self, missing: Missing | None) -> None:
        """Why there is no answer here; None when there is one after all."""
        question = self.talk.question
        self._keep(f"missing {question}", answers.set_missing, *self._about, question, missing)

    def give(self, question: str, value: str) -> None:
        """The value of an answer."""
        self._keep(f"value {question}", answers.set_value, *self._about, question, value)

    def rate(self, domain: str, values: dict[str, Any]) -> None:
        """What was noted about a life domain; a scale alone begins the rating anew."""
        before, name = self.talk.rating(domain), f"rating {domain} {' '.join(values)}"
        then: Then | None = None
        if set(values) == {"scale"} and before is not None:
            as_it_was = {
                what: getattr(before, what) for what in ("scale", "satisfaction", "importance")
            }
            undo = self._undoing(name, answers.rate, *self._about, domain, **as_it_was)
            then = self._telling(_("This rating begins anew."), undo)
        self._keep(name, answers.rate, *self._about, domain, then=then, **values)

    def agree(self, state: TopicState) -> None:
        """Note what was agreed about this topic."""
        section = self.talk.section
        self._keep(f"topic {section}", answers.set_topic, *self._about, section, state)

    def hide(self, questions: tuple[str, ...], *, hidden: bool) -> None:
        """Put prompts out of sight, or bring them back."""
        name = f"prompts {' '.join(questions)}"
        self._keep(name, answers.set_hidden, *self._about, questions, hidden=hidden)

    # --- the talk itself -----------------------------------------------------------------------

    def save_about(self, new: Conversation) -> None:
        """Keep what was changed about the talk itself."""
        self._keep("about", talks.save_talk, new, self.talk.conversation)

    def save_person(self, new: Person) -> None:
        """Keep how the person likes to be spoken to."""
        self._keep("person", people.save_person, new, self.talk.person)

    def finish(self, then: Callable[[Undo], object]) -> None:
        """The talk is over; `then` is given a way to go on with it after all."""

        def finished(held: Conversation) -> None:
            self.read_again()
            then(self._undoing("status", talks.reopen, held))

        self._keep("status", talks.finish, *self._about, then=finished)

    def reopen(self) -> None:
        """Go on with a talk that was finished too early."""
        self._keep("status", talks.reopen, *self._about)

    # --- keeping -------------------------------------------------------------------------------

    @property
    def _about(self) -> tuple[Conversation]:
        return (self.talk.conversation,)

    def _statement(self, statement: UUID) -> Statement:
        return next(one for one in self.talk.statements if one.id == statement)

    def _keep_said(
        self, service: Callable[..., Any], place: Place, said: Said, then: Then | None
    ) -> None:
        self._unkept[place.question] = said
        name = f"words {place.question}"
        self._keep(name, service, *self._about, _pair(place), said, then=then)

    def _keep(
        self, name: str, service: Callable[..., Any], *values: Any, then: Then | None = None,
        **more: Any,
    ) -> None:  # fmt: skip
        """Call a service now, or as soon as the disk lets it; then read what has become of it."""
        work = partial(service, self._app.store, *values, self._app.now(), **more)
        self.keeping.keep(name, work, then or self.read_again)

    def _telling(self, words: str, undo: Undo) -> Then:
        def then(_result: object) -> None:
            self.read_again()
            self.told.emit(words, undo)

        return then

    def _undoing(self, name: str, service: Callable[..., Any], *values: Any, **more: Any) -> Undo:
        """A way back that works as long as the program runs, also when the page is gone."""
        app = self._app

        def undo() -> None:
            if isValid(self):
                self._keep(name, service, *values, **more)
            else:
                service(app.store, *values, app.now(), **more)

        return undo


def _pair(place: Place) -> tuple[str, str]:
    """A place as services take it."""
    return place.section, place.question
