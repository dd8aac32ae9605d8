"""A conversation as its page shows it: the guide, what was said, and what was said last time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseworker_app.domain.guide import Guide, form
from caseworker_app.domain.path import latest_answer, topic_state
from caseworker_app.domain.people import Person, Relation
from caseworker_app.domain.talk import (
    Answer,
    Conversation,
    Prompt,
    Rating,
    Statement,
    Topic,
    TopicState,
)


@dataclass(frozen=True, slots=True, repr=False)
class Earlier:
    """The talk before this one: when, and what was said, answered and rated.

    It may have been held with another guide, or with an older version; None when that one is not
    on this laptop. Answers are found again by what was asked for, the id of the question.
    """

    on: date
    statements: tuple[Statement, ...]
    ratings: tuple[Rating, ...]
    answers: tuple[Answer, ...] = ()
    guide: Guide | None = None

    def said(self, question: str) -> tuple[Statement, ...]:
        """What was said to the same question then."""
        return tuple(s for s in self.statements if s.question == question)


@dataclass(frozen=True, slots=True, repr=False)
class Talk:
    """One conversation in full. `section` and `question` are where it was left on this laptop.

    `guide` is the whole guide, `asked` what of it is asked after what was said so far.
    """

    conversation: Conversation
    guide: Guide
    asked: Guide
    person: Person
    coach: str
    relations: tuple[Relation, ...]
    statements: tuple[Statement, ...]
    answers: tuple[Answer, ...]
    ratings: tuple[Rating, ...]
    topics: tuple[Topic, ...]
    prompts: tuple[Prompt, ...]
    earlier: Earlier | None
    section: str
    question: str

    @property
    def case(self) -> UUID:
        """The case this conversation belongs to."""
        return self.conversation.case

    def form(self, language: str) -> str:
        """The tag of the words in which this person likes to be spoken to, in this language."""
        return form(language, plain=self.person.plain, informal=self.person.informal)

    def said(self, question: str) -> tuple[Statement, ...]:
        """All statements to a question that are no drafts any more, in the order said."""
        return tuple(s for s in self.statements if s.question == question and not s.draft)

    def draft(self, question: str) -> Statement | None:
        """What still stands in the composer of a question."""
        found = [s for s in self.statements if s.question == question and s.draft]
        return found[-1] if found else None

    def answer(self, question: str) -> Answer | None:
        """The answer value, or the reason why there is none."""
        return latest_answer(question, self.answers)

    def rating(self, domain: str) -> Rating | None:
        """How the participant sees a life domain in this talk."""
        return _latest(self.ratings, domain)

    def last_rating(self, domain: str) -> Rating | None:
        """How the participant saw it in the talk before."""
        return _latest(self.earlier.ratings, domain) if self.earlier else None

    def topic(self, section: str) -> TopicState:
        """What was agreed about a section as a whole."""
        return topic_state(section, self.topics)

    def last_answer(self, question: str) -> Answer | None:
        """The value or the reason given to the same question in the talk before."""
        return latest_answer(question, self.earlier.answers) if self.earlier else None

    @property
    def put_away(self) -> frozenset[str]:
        """The questions that the coach has put out of sight."""
        latest = {prompt.question: prompt.hidden for prompt in self.prompts if not prompt.removed}
        return frozenset(question for question, hidden in latest.items() if hidden)

    @property
    def unsorted(self) -> tuple[Statement, ...]:
        """Quick notes that still belong to no topic."""
        return tuple(s for s in self.statements if not (s.section or s.draft or s.removed))

    @property
    def remembered(self) -> tuple[Statement, ...]:
        """What was remembered for the goals."""
        return tuple(s for s in self.statements if s.for_goals and not s.draft)


def _latest(ratings: tuple[Rating, ...], domain: str) -> Rating | None:
    found = [rating for rating in ratings if rating.domain == domain]
    return found[-1] if found else None
