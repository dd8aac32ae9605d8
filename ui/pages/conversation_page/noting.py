"""What the coach notes in a conversation besides words: values, ratings, topics, who is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import Conversation, Missing, TopicState
from caseworker_app.i18n import _
from caseworker_app.services import answers, people, talks
from ui.forms.keeping import Then
from ui.page import Undo
from ui.pages.conversation_page.held_talk import HeldTalk


class Noting:
    """Keeps what is noted in a talk that is held."""

    def __init__(self, held: HeldTalk) -> None:
        self._held = held

    @property
    def _about(self) -> Conversation:
        return self._held.talk.conversation

    def set_missing(self, missing: Missing | None) -> None:
        """Why there is no answer here; None when there is one after all."""
        question = self._held.talk.question
        name = f"missing {question}"
        self._held.keep(name, answers.set_missing, self._about, question, missing)

    def give(self, question: str, value: str) -> None:
        """The value of an answer."""
        self._held.keep(f"value {question}", answers.set_value, self._about, question, value)

    def rate(self, domain: str, values: dict[str, Any]) -> None:
        """What was noted about a life domain; a scale alone begins the rating anew."""
        held, about = self._held, self._about
        before, name = held.talk.rating(domain), f"rating {domain} {' '.join(values)}"
        then: Then | None = None
        if set(values) == {"scale"} and before is not None:
            as_it_was = {
                what: getattr(before, what) for what in ("scale", "satisfaction", "importance")
            }
            undo = held.undoing(name, answers.rate, about, domain, **as_it_was)
            then = held.telling(_("This rating begins anew."), undo)
        held.keep(name, answers.rate, about, domain, then=then, **values)

    def agree(self, state: TopicState) -> None:
        """Note what was agreed about this topic."""
        section = self._held.talk.section
        self._held.keep(f"topic {section}", answers.set_topic, self._about, section, state)

    def hide(self, questions: tuple[str, ...], *, hidden: bool) -> None:
        """Put prompts out of sight, or bring them back."""
        name = f"prompts {' '.join(questions)}"
        self._held.keep(name, answers.set_hidden, self._about, questions, hidden=hidden)

    def save_about(self, new: Conversation) -> None:
        """Keep what was changed about the talk itself."""
        self._held.keep("about", talks.save_talk, new, self._about)

    def save_person(self, new: Person) -> None:
        """Keep how the person likes to be spoken to."""
        self._held.keep("person", people.save_person, new, self._held.talk.person)

    def finish(self, then: Callable[[Undo], object]) -> None:
        """The talk is over; `then` is given a way to go on with it after all."""

        def finished(held: Conversation) -> None:
            self._held.read_again()
            then(self._held.undoing("status", talks.reopen, held))

        self._held.keep("status", talks.finish, self._about, then=finished)

    def reopen(self) -> None:
        """Go on with a talk that was finished too early."""
        self._held.keep("status", talks.reopen, self._about)
