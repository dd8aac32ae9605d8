"""The conversation from the participant's side: what they may see of it, and what comes after what.

`side` leaves out everything that is not this person's own. A `Stop` is what the screen shows at one
time: permission for a topic, one question, or one thing about one part of life. Pure rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.guide import Guide, Question, QuestionKind, Section
from caseworker_app.domain.path import latest_answer, topic_state
from caseworker_app.domain.talk import (
    FACES,
    NUMBERS,
    Answer,
    Conversation,
    Missing,
    Rating,
    Statement,
    Topic,
    TopicState,
    Voice,
)
from caseworker_app.domain.talk_view import Talk


class Dimension(StrEnum):
    """What is asked about one part of life, in this order. Each names what a rating keeps."""

    SATISFACTION = "satisfaction"
    IMPORTANCE = "importance"
    WANTS_CHANGE = "wants_change"
    HELP_WANTED = "help_wanted"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing at a time. One with neither question nor domain asks leave to talk of the topic."""

    section: str
    question: str = ""
    domain: str = ""
    dimension: Dimension | None = None


END = Stop("")
"""After the last question."""


@dataclass(frozen=True, slots=True, repr=False)
class Side:
    """What the participant sees of a conversation: the questions, and only what is their own."""

    conversation: Conversation
    coach: str
    guide: Guide
    asked: Guide
    hidden: frozenset[str]
    language: str
    plain: bool
    informal: bool
    faces: bool
    statements: tuple[Statement, ...]
    answers: tuple[Answer, ...]
    ratings: tuple[Rating, ...]
    topics: tuple[Topic, ...]
    last_ratings: tuple[Rating, ...]
    section: str
    question: str

    def said(self, question: str) -> tuple[Statement, ...]:
        """What the participant said to a question."""
        return tuple(one for one in self.statements if one.question == question)

    def said_last(self, section: str) -> tuple[Statement, ...]:
        """What the participant said last in a topic, if anything."""
        return tuple(one for one in self.statements if one.section == section)[-1:]

    def answer(self, question: str) -> Answer | None:
        """The value, or the reason why there is none."""
        return latest_answer(question, self.answers)

    def rating(self, domain: str) -> Rating | None:
        """How the participant sees a part of life today."""
        return _of(domain, self.ratings)

    def last_rating(self, domain: str) -> Rating | None:
        """How they saw it last time, if that was on the scale of today."""
        last = _of(domain, self.last_ratings)
        return last if last is not None and last.scale == self.scale(domain) else None

    def scale(self, domain: str) -> str:
        """The scale of a rating: that on which it was begun, else the one this person likes."""
        rating = self.rating(domain)
        if rating is not None and (rating.satisfaction, rating.importance) != (None, None):
            return rating.scale
        return FACES if self.faces else NUMBERS


def side(talk: Talk) -> Side:
    """The participant's side of a conversation.

    No words of others, no drafts or quick notes, nothing that was said alone, and of the coach
    the first name.
    """
    return Side(
        conversation=talk.conversation,
        coach=first_name(talk.coach),
        guide=talk.guide,
        asked=talk.asked,
        hidden=talk.put_away,
        language=talk.person.language,
        plain=talk.person.plain,
        informal=talk.person.informal,
        faces=talk.person.faces,
        statements=tuple(one for one in talk.statements if _is_own(one)),
        answers=talk.answers,
        ratings=talk.ratings,
        topics=talk.topics,
        last_ratings=talk.earlier.ratings if talk.earlier else (),
        section=talk.section,
        question=talk.question,
    )


def first_name(name: str) -> str:
    """What people call somebody: the first word that is no title ("Dr. Anna Berg")."""
    parts = name.split()
    return next((part for part in parts if not part.endswith(".")), "")


def start(side: Side) -> Stop:
    """Where the participant begins: at the question the coach was at, or the next that is open."""
    way = _way(side.guide)
    here = (stop for stop in way if (stop.section, stop.question) == (side.section, side.question))
    permission = Stop(side.section)
    return permission if permission in stops(side) else next(_from(side, next(here, way[0])), END)


def next_stop(side: Side, at: Stop) -> Stop:
    """What comes after, passing over topics that were parked or declined; at last the end."""
    return next((stop for stop in _from(side, at) if stop != at), END)


def previous_stop(side: Side, at: Stop) -> Stop | None:
    """What came before; None at the start."""
    way, open_stops = _way(side.guide), set(stops(side))
    before = way[: way.index(at)] if at in way else way
    return next((stop for stop in reversed(before) if stop in open_stops), None)


def stops(side: Side) -> tuple[Stop, ...]:
    """All that can be shown now, in order. Each part of life is asked about in one place."""
    found: list[Stop] = []
    asked_at: dict[str, tuple[str, str]] = {}
    for section in side.asked.sections:
        state = topic_state(section.id, side.topics)
        if state in (TopicState.PARKED, TopicState.DECLINED):
            continue
        if section.sensitive and state is not TopicState.PERMITTED:
            found.append(Stop(section.id))
            continue
        for stop in _stops_of(section):
            here = (stop.section, stop.question)
            if stop.question in side.hidden or _is_left_out(side, stop):
                continue
            if not stop.domain or asked_at.setdefault(stop.domain, here) == here:
                found.append(stop)
    return tuple(found)


def question_of(side: Side, stop: Stop) -> Question | None:
    """The question that a stop shows, or in whose place a part of life is asked about."""
    return side.guide.question(stop.question) if stop.question else None


def missing_of(side: Side, stop: Stop) -> Missing | None:
    """Why there is no answer here, if somebody said so."""
    kept = side.rating(stop.domain) if stop.domain else side.answer(stop.question)
    return kept.missing if kept is not None else None


def may_be_missing(side: Side, stop: Stop) -> bool:
    """Whether a reason for no answer can be given here.

    A part of life has one reason, in place of both its numbers: it takes no other number away.
    """
    if not stop.domain:
        return bool(stop.question)
    rating = side.rating(stop.domain)
    if rating is None:
        return True
    numbers = {
        Dimension.SATISFACTION: rating.satisfaction,
        Dimension.IMPORTANCE: rating.importance,
    }
    return all(number is None for one, number in numbers.items() if one is not stop.dimension)


def _from(side: Side, at: Stop) -> Iterator[Stop]:
    """The open stops from this one on, itself included. One that is gone keeps its place."""
    way, open_stops = _way(side.guide), set(stops(side))
    ahead = way[way.index(at) :] if at in way else ()
    return (stop for stop in ahead if stop in open_stops)


def _way(guide: Guide) -> tuple[Stop, ...]:
    """Every stop there can ever be in this guide, in order."""
    return tuple(
        stop for section in guide.sections for stop in (Stop(section.id), *_stops_of(section))
    )


def _stops_of(section: Section) -> Iterator[Stop]:
    """The questions of a topic, and then the parts of life that belong to it."""
    for question in section.questions:
        if question.kind is QuestionKind.RATING:
            yield from _about(section.id, question.domain, question.id)
        else:
            yield Stop(section.id, question.id)
    for domain in section.domains:
        yield from _about(section.id, domain)


def _about(section: str, domain: str, question: str = "") -> Iterator[Stop]:
    return (Stop(section, question, domain, dimension) for dimension in Dimension)


def _is_left_out(side: Side, stop: Stop) -> bool:
    """Whoever has no answer to the first thing about a part of life is not asked the others."""
    rating = side.rating(stop.domain) if stop.domain else None
    return (
        rating is not None
        and rating.missing is not None
        and stop.dimension is not Dimension.SATISFACTION
    )


def _is_own(said: Statement) -> bool:
    left_out = said.draft or said.removed or said.alone or not said.section
    return said.voice is Voice.PARTICIPANT and not left_out


def _of(domain: str, ratings: tuple[Rating, ...]) -> Rating | None:
    found = [rating for rating in ratings if rating.domain == domain]
    return found[-1] if found else None
