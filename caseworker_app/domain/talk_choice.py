"""What of a conversation goes on a paper. Whatever does not is taken out before a word is set.

A paper lies on a table where others read it too. So it leaves out what was said alone and what is
sensitive, until somebody decides otherwise for this one copy; what is not for print never comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from caseworker_app.domain.guide import Guide, QuestionKind, Section
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.look_back import asked_in
from caseworker_app.domain.picture import domains, domains_of
from caseworker_app.domain.plan import TextSize
from caseworker_app.domain.talk import Answer, Rating, Statement, Voice
from caseworker_app.domain.talk_view import Talk

_WRITTEN = (QuestionKind.TEXT, QuestionKind.LONG_TEXT)


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """How this copy is wanted: language and letters, for whom, and what is opened for it.

    `for_one`: for the person alone. `notes`: with what the coach noted. `opened` are the sensitive
    topics that were opened one by one.
    """

    language: str
    size: TextSize = TextSize.NORMAL
    for_one: bool = False
    notes: bool = False
    opened: frozenset[str] = frozenset()


class Reason(StrEnum):
    """Why something that was said does not stand on a copy."""

    DRAFT = "draft"
    NOT_FOR_PRINT = "not_for_print"
    UNSORTED = "unsorted"
    SENSITIVE = "sensitive"
    HIDDEN = "hidden"
    ALONE = "alone"
    NOTE = "note"


@dataclass(frozen=True, slots=True, repr=False)
class LeftOut:
    """What a copy leaves out, counted by reason; `topics` are all sensitive ones there is word of.

    So many statements as `not_for_partners` are printed, and must not be passed on.
    """

    counts: Counter[Reason]
    topics: tuple[Section, ...]
    not_for_partners: int


def for_paper(talk: Talk, choice: PaperChoice) -> tuple[Talk, LeftOut]:
    """The conversation as it may be printed in this copy, and what that leaves out."""
    printed = _printed_guide(talk, choice)
    copy = _Copy.of(talk, printed, choice)
    reasons = {one.id: copy.reason(one) for one in talk.statements}
    said = tuple(one for one in talk.statements if reasons[one.id] is None)
    reduced = replace(
        talk,
        asked=printed,
        statements=said,
        answers=tuple(one for one in talk.answers if copy.has_answer(one)),
        ratings=tuple(copy.rating(one) for one in talk.ratings if one.domain in copy.domains),
        topics=tuple(one for one in talk.topics if one.section in copy.topics),
        prompts=(),
        earlier=None,
    )
    return reduced, LeftOut(
        Counter(reason for reason in reasons.values() if reason),
        tuple(one for one in talk.asked.sections if is_sensitive(one) and _has_words(one, talk)),
        sum(one.not_for_partners for one in said),
    )


def is_sensitive(section: Section) -> bool:
    """Whether a topic is printed only if it is opened for the copy."""
    known = (BY_ID.get(domain) for domain in domains_of(section))
    return section.sensitive or any(domain.sensitive for domain in known if domain)


def _printed_guide(talk: Talk, choice: PaperChoice) -> Guide:
    """What is asked, without the topics that stay closed and the questions out of sight."""
    sections = (
        replace(one, questions=tuple(q for q in one.questions if q.id not in talk.put_away))
        for one in talk.asked.sections
        if not is_sensitive(one) or one.id in choice.opened
    )
    return replace(talk.asked, sections=tuple(sections))


@dataclass(frozen=True, slots=True, repr=False)
class _Copy:
    """What is printed of the guide in this copy, and what that means for each thing said."""

    choice: PaperChoice
    alone: bool
    topics: frozenset[str]
    closed: frozenset[str]
    hidden: frozenset[str]
    questions: Mapping[str, QuestionKind]
    domains: frozenset[str]

    @classmethod
    def of(cls, talk: Talk, printed: Guide, choice: PaperChoice) -> Self:
        topics = frozenset(section.id for section in printed.sections)
        questions = {one.id: one.kind for section in printed.sections for one in section.questions}
        known = {one.id for section in talk.guide.sections for one in section.questions}
        sensitive = {section.id for section in talk.guide.sections if is_sensitive(section)}
        return cls(
            choice,
            talk.conversation.alone,
            topics,
            frozenset(sensitive - topics),
            frozenset(known - set(questions)),
            questions,
            frozenset(domains(printed)),
        )

    def reason(self, said: Statement) -> Reason | None:
        """The first reason that keeps it from the paper; None prints it."""
        rules = (
            (said.draft or said.removed or not said.words.strip(), Reason.DRAFT),
            (said.not_for_print, Reason.NOT_FOR_PRINT),
            (not said.section, Reason.UNSORTED),
            (self._is_closed(said), Reason.SENSITIVE),
            (said.section not in self.topics or said.question in self.hidden, Reason.HIDDEN),
            (said.alone and not self._may_read_alone(said), Reason.ALONE),
            (said.voice is Voice.COACH and not self.choice.notes, Reason.NOTE),
        )
        return next((reason for applies, reason in rules if applies), None)

    def has_answer(self, answer: Answer) -> bool:
        """Whether the answer to this question is printed. What was written may be told alone."""
        kind = self.questions.get(answer.question)
        is_secret = self.alone and not self.choice.for_one and kind in _WRITTEN
        return kind is not None and not is_secret

    def rating(self, rating: Rating) -> Rating:
        """The rating; while the two were alone, its reason was told alone too."""
        is_secret = self.alone and not self.choice.for_one
        return replace(rating, reason="") if is_secret else rating

    def _is_closed(self, said: Statement) -> bool:
        """Whether it belongs to a sensitive topic or life domain that is not opened."""
        looked_at = asked_in(said.question)
        return said.section in self.closed or (
            looked_at is not None and looked_at[0] not in self.domains
        )

    def _may_read_alone(self, said: Statement) -> bool:
        """What somebody else told the coach alone, they did not tell the person."""
        return self.choice.for_one and said.voice is not Voice.THIRD


def _has_words(section: Section, talk: Talk) -> bool:
    """Whether anything of this topic could be printed."""
    questions = {question.id for question in section.questions}
    rated = set(domains_of(section))
    return (
        any(one.section == section.id and not one.draft for one in talk.statements)
        or any(one.question in questions for one in talk.answers)
        or any(one.domain in rated for one in talk.ratings)
    )
