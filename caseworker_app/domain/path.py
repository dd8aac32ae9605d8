"""The path through a guide: what comes next, and how far each topic is. Pure rules.

Nothing here is stored. Where a topic stands follows from what was said, so "back" needs no memory
and a conversation reads the same on every laptop. All values given belong to one conversation,
the older ones first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from caseworker_app.domain.condition import Given, holds
from caseworker_app.domain.guide import Guide, Question, QuestionKind, Section
from caseworker_app.domain.talk import (
    Answer,
    Missing,
    Rating,
    Statement,
    Topic,
    TopicState,
    Voice,
)

Answers = Sequence[Answer]
Statements = Sequence[Statement]
Ratings = Sequence[Rating]
Topics = Sequence[Topic]


class SectionState(StrEnum):
    """How a topic shows in the list. Which one is current is where the coach is, not a state."""

    UNTOUCHED = "untouched"
    TOUCHED = "touched"
    PARKED = "parked"
    ASK_FIRST = "ask_first"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Place:
    """One question of one section: where a conversation can be."""

    section: str
    question: str


@dataclass(frozen=True, slots=True)
class Progress:
    """So many topics were touched, of so many that are open to talk about."""

    touched: int
    total: int


def asked(guide: Guide, statements: Statements, answers: Answers, ratings: Ratings = ()) -> Guide:
    """The guide with only what is asked after what was said so far; all rules below take this one.

    What a hidden question was answered is kept, and does not count until it is asked again.
    """
    if not _has_conditions(guide):
        return guide
    known = given(guide, statements, answers, ratings)
    counted: dict[str, frozenset[str]] = {}
    sections = []
    for section in guide.sections:
        if not holds(section.when, counted):
            continue
        questions: list[Question] = []
        for question in section.questions:
            if holds(question.when, counted):
                questions.append(question)
                if question.id in known:
                    counted[question.id] = known[question.id]
        if questions:
            sections.append(replace(section, questions=tuple(questions)))
    return replace(guide, sections=tuple(sections))


def given(guide: Guide, statements: Statements, answers: Answers, ratings: Ratings = ()) -> Given:
    """What was answered, hidden or not. Words of the participant answer without a value."""
    found: dict[str, frozenset[str]] = {
        said.question: frozenset()
        for said in statements
        if said.voice is Voice.PARTICIPANT and not (said.draft or said.removed)
    }
    for answer in answers:
        if answer.removed:
            continue
        if answer.value:
            found[answer.question] = frozenset(answer.value.split("\n"))
        elif found.get(answer.question):
            del found[answer.question]  # the value was taken back
    rated = {one.domain: one.satisfaction for one in ratings if not one.removed}
    for section in guide.sections:
        for question in section.questions:
            number = rated.get(question.domain)
            if question.kind is QuestionKind.RATING and number is not None:
                found[question.id] = frozenset({str(number)})
    return found


def nearest(guide: Guide, asked_now: Guide, wanted: Place) -> Place:
    """Where to be when the question last talked about may be hidden by now: the nearest before it.

    `asked_now` is `asked(guide, ...)`. ValueError when nothing at all is asked.
    """
    open_places = places(asked_now)
    if wanted in open_places:
        return wanted
    before = places(guide)
    place = before.index(wanted) if wanted in before else 0
    for one in reversed(before[:place]):
        if one in open_places:
            return one
    if not open_places:
        raise ValueError(guide.id)
    return open_places[0]


def places(guide: Guide) -> tuple[Place, ...]:
    """Every place of the guide, in its order."""
    return tuple(
        Place(section.id, question.id)
        for section in guide.sections
        for question in section.questions
    )


def next_place(guide: Guide, at: Place, topics: Topics) -> Place | None:
    """The next question. Topics that were parked or declined are passed over; None at the end."""
    return _first_open(guide, at, topics, places(guide))


def previous_place(guide: Guide, at: Place, topics: Topics) -> Place | None:
    """The question before, passing over the same topics; None at the start."""
    return _first_open(guide, at, topics, places(guide)[::-1])


def topic_state(section_id: str, topics: Topics) -> TopicState:
    """What was last agreed about a topic."""
    agreed = [topic.state for topic in topics if topic.section == section_id and not topic.removed]
    return agreed[-1] if agreed else TopicState.OPEN


def latest_answer(question_id: str, answers: Answers) -> Answer | None:
    """The answer that counts for a question: the newest one that was not taken back."""
    given = [a for a in answers if a.question == question_id and not a.removed]
    return given[-1] if given else None


def section_state(
    section: Section, statements: Statements, answers: Answers, topics: Topics
) -> SectionState:
    """How a topic shows. What was agreed about it comes before what was said in it."""
    agreed = topic_state(section.id, topics)
    if agreed is TopicState.DECLINED:
        return SectionState.DECLINED
    if agreed is TopicState.PARKED:
        return SectionState.PARKED
    if section.sensitive and agreed is not TopicState.PERMITTED:
        return SectionState.ASK_FIRST
    if _was_said(section, statements) or _was_answered(section, answers):
        return SectionState.TOUCHED
    return SectionState.UNTOUCHED


def progress(guide: Guide, statements: Statements, answers: Answers, topics: Topics) -> Progress:
    """How many topics were touched. A declined one is no gap: it leaves the count."""
    states = [section_state(section, statements, answers, topics) for section in guide.sections]
    declined = states.count(SectionState.DECLINED)
    return Progress(states.count(SectionState.TOUCHED), len(states) - declined)


def _has_conditions(guide: Guide) -> bool:
    return any(
        section.when is not None or any(question.when is not None for question in section.questions)
        for section in guide.sections
    )


def _first_open(guide: Guide, at: Place, topics: Topics, way: Sequence[Place]) -> Place | None:
    ahead = way[way.index(at) + 1 :] if at in way else way
    set_aside = {
        section.id
        for section in guide.sections
        if topic_state(section.id, topics) in (TopicState.PARKED, TopicState.DECLINED)
    }
    return next((place for place in ahead if place.section not in set_aside), None)


def _was_said(section: Section, statements: Statements) -> bool:
    return any(
        said.section == section.id and not (said.draft or said.removed) and said.words.strip()
        for said in statements
    )


def _was_answered(section: Section, answers: Answers) -> bool:
    """A reason for no answer is an answer too, unless it says that nobody asked."""
    latest = (latest_answer(question.id, answers) for question in section.questions)
    return any(
        answer and (answer.value or answer.missing not in (None, Missing.NOT_ASKED))
        for answer in latest
    )
