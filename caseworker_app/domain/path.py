"""The path through a guide: what comes next, and how far each topic is. Pure rules.

Nothing here is stored. Where a topic stands follows from what was said, so "back" needs no memory
and a conversation reads the same on every laptop. All values given belong to one conversation,
the older ones first.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
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
    sections = [
        left
        for section in guide.sections
        if holds(section.when, counted) and (left := _still_asked(section, known, counted))
    ]
    return replace(guide, sections=tuple(sections))


def _still_asked(
    section: Section, known: Given, counted: dict[str, frozenset[str]]
) -> Section | None:
    """The section with what is asked of it, if anything; what was answered there counts by now."""
    questions: list[Question] = []
    for question in section.questions:
        if holds(question.when, counted):
            questions.append(question)
            if question.id in known:
                counted[question.id] = known[question.id]
    if len(questions) < len(section.questions):
        return replace(section, questions=tuple(questions)) if questions else None
    return section


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


def next_place(
    guide: Guide, at: Place, topics: Topics, passed_over: Container[str] = ()
) -> Place | None:
    """The next question; None at the end.

    Topics that were parked or declined and the questions in `passed_over` are left out.
    """
    return _first_open(guide, at, topics, passed_over, step=1)


def previous_place(
    guide: Guide, at: Place, topics: Topics, passed_over: Container[str] = ()
) -> Place | None:
    """The question before, leaving out the same ones; None at the start."""
    return _first_open(guide, at, topics, passed_over, step=-1)


def topic_state(section_id: str, topics: Topics) -> TopicState:
    """What was last agreed about a topic."""
    return _agreed(topics).get(section_id, TopicState.OPEN)


def latest_answer(question_id: str, answers: Answers) -> Answer | None:
    """The answer that counts for a question: the newest one that was not taken back."""
    given = [a for a in answers if a.question == question_id and not a.removed]
    return given[-1] if given else None


def section_state(
    section: Section, statements: Statements, answers: Answers, topics: Topics
) -> SectionState:
    """How a topic shows. What was agreed about it comes before what was said in it."""
    return _states((section,), statements, answers, topics)[section.id]


def section_states(
    guide: Guide,
    statements: Statements,
    answers: Answers,
    topics: Topics,
    ratings: Ratings = (),
) -> dict[str, SectionState]:
    """How each topic shows, by its id, in the order of the guide."""
    return _states(guide.sections, statements, answers, topics, ratings)


def progress(guide: Guide, statements: Statements, answers: Answers, topics: Topics) -> Progress:
    """How many topics were touched. A declined one is no gap: it leaves the count."""
    return progress_of(section_states(guide, statements, answers, topics))


def progress_of(states: Mapping[str, SectionState]) -> Progress:
    """How far a conversation with these states is."""
    found = list(states.values())
    declined = found.count(SectionState.DECLINED)
    return Progress(found.count(SectionState.TOUCHED), len(found) - declined)


def _has_conditions(guide: Guide) -> bool:
    return any(
        section.when is not None or any(question.when is not None for question in section.questions)
        for section in guide.sections
    )


def _first_open(
    guide: Guide, at: Place, topics: Topics, passed_over: Container[str], *, step: int
) -> Place | None:
    """Goes no further than it must: a guide can have thousands of questions."""
    agreed = _agreed(topics)
    sections = guide.sections[::step]
    ids = [section.id for section in sections]
    known = at.section in ids and at.question in [
        question.id for question in sections[ids.index(at.section)].questions
    ]
    for section in sections[ids.index(at.section) :] if known else sections:
        questions = [question.id for question in section.questions[::step]]
        if known and section.id == at.section:
            questions = questions[questions.index(at.question) + 1 :]
        if agreed.get(section.id) in (TopicState.PARKED, TopicState.DECLINED):
            continue
        for question in questions:
            if question not in passed_over:
                return Place(section.id, question)
    return None


def _agreed(topics: Topics) -> dict[str, TopicState]:
    """What was last agreed about each topic."""
    return {topic.section: topic.state for topic in topics if not topic.removed}


def _states(
    sections: Sequence[Section],
    statements: Statements,
    answers: Answers,
    topics: Topics,
    ratings: Ratings = (),
) -> dict[str, SectionState]:
    """One walk through what was said, however many topics there are."""
    agreed = _agreed(topics)
    said = {
        one.section for one in statements if not (one.draft or one.removed) and one.words.strip()
    }
    latest = {answer.question: answer for answer in answers if not answer.removed}
    answered = {question for question, answer in latest.items() if _is_answer(answer)}
    rated = {rating.domain for rating in ratings if not rating.removed and _is_rated(rating)}
    return {
        section.id: _state(
            section,
            agreed.get(section.id, TopicState.OPEN),
            was_touched=section.id in said
            or not rated.isdisjoint(section.domains)
            or any(question.id in answered for question in section.questions),
        )
        for section in sections
    }


def _state(section: Section, agreed: TopicState, *, was_touched: bool) -> SectionState:
    if agreed is TopicState.DECLINED:
        return SectionState.DECLINED
    if agreed is TopicState.PARKED:
        return SectionState.PARKED
    if section.sensitive and agreed is not TopicState.PERMITTED:
        return SectionState.ASK_FIRST
    return SectionState.TOUCHED if was_touched else SectionState.UNTOUCHED


def _is_answer(answer: Answer) -> bool:
    """A reason for no answer is an answer too, unless it says that nobody asked."""
    return bool(answer.value) or answer.missing not in (None, Missing.NOT_ASKED)


def _is_rated(rating: Rating) -> bool:
    numbers = (rating.satisfaction, rating.importance)
    return numbers != (None, None) or rating.missing not in (None, Missing.NOT_ASKED)
