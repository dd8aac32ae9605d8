"""The picture of a life: how somebody sees each part of it, now and the time before. Pure rules.

Nothing is added up and nothing is judged. A row holds what the person said, or why there is
nothing; two numbers stand beside each other only if they were given on one and the same scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from caseworker_app.domain.guide import Guide, Scale, Section, Words
from caseworker_app.domain.talk import (
    FACES,
    MOST_SHARE,
    NUMBERS,
    Conversation,
    Missing,
    Rating,
    TalkStatus,
    Voice,
)
from caseworker_app.domain.talk_view import Talk

HIGH_SHARE = MOST_SHARE - 1
"""From so many dots on, somebody carries a part of their life mostly by themselves."""

_HELD = (TalkStatus.HELD, TalkStatus.RUNNING)
_NO = "no"


class Order(StrEnum):
    """In which order the rows stand: as talked about, or where most is to be seen first."""

    CONVERSATION = "conversation"
    DISTANCE = "distance"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, repr=False)
class LastTime:
    """The newest earlier conversation in which this part of life was rated, and how."""

    on: date
    scale: str
    satisfaction: int


@dataclass(frozen=True, slots=True, repr=False)
class PictureRow:
    """One part of life. `rating` is today's; `named_well`: something there was said to go well."""

    domain: str
    scale: Scale
    rating: Rating | None = None
    last: LastTime | None = None
    named_well: bool = False

    @property
    def satisfaction(self) -> int | None:
        """How satisfied the person is now."""
        return self.rating.satisfaction if self.rating else None

    @property
    def importance(self) -> int | None:
        """How important it is to them now."""
        return self.rating.importance if self.rating else None

    @property
    def missing(self) -> Missing | None:
        """Why nothing is known of how satisfied they are; None when it is known."""
        if self.satisfaction is not None:
            return None
        return (self.rating.missing if self.rating else None) or Missing.NOT_ASKED

    @property
    def is_comparable(self) -> bool:
        """False when there is a last time, and it was on another scale."""
        return self.last is None or self.last.scale == self.scale.id

    @property
    def before(self) -> int | None:
        """How satisfied they were last time, if that can stand on the same line."""
        return self.last.satisfaction if self.last and self.is_comparable else None

    @property
    def change(self) -> int | None:
        """From last time to now; None where the two cannot be compared."""
        if self.satisfaction is None or self.before is None:
            return None
        return self.satisfaction - self.before

    @property
    def distance(self) -> int | None:
        """How much more important it is than they are satisfied with it."""
        if self.satisfaction is None or self.importance is None:
            return None
        return self.importance - self.satisfaction

    @property
    def own_strength(self) -> bool:
        """Whether the person carries this mostly by themselves."""
        return self.rating is not None and (self.rating.own_share or 0) >= HIGH_SHARE

    @property
    def strength(self) -> bool:
        """Whether the row is marked: something goes well here, or much own strength is in it."""
        return self.named_well or self.own_strength


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """How one person saw their life in one conversation, part by part."""

    on: date
    rows: tuple[PictureRow, ...]

    @property
    def is_rated(self) -> bool:
        """Whether anything was rated at all."""
        return any(row.rating for row in self.rows)

    @property
    def last_days(self) -> tuple[date, ...]:
        """The days of the conversations that are compared with, the newest first."""
        return tuple(
            sorted({row.last.on for row in self.rows if row.last and row.is_comparable})[::-1]
        )

    def row(self, domain: str) -> PictureRow | None:
        """The row of this part of life."""
        return next((row for row in self.rows if row.domain == domain), None)

    def ordered(self, order: Order) -> Picture:
        """The same rows in another order; those of which the order knows nothing come last.

        Points of different scales are not measured against each other: rows of one scale stand
        together.
        """
        if order is Order.CONVERSATION:
            return self
        scales = list(dict.fromkeys(row.scale.id for row in self.rows))

        def place(row: PictureRow) -> tuple[bool, int, int]:
            points = row.distance if order is Order.DISTANCE else row.change
            if points is None:
                return True, 0, 0
            seen = abs(points) if order is Order.CHANGE else points
            return False, scales.index(row.scale.id), -seen

        return replace(self, rows=tuple(sorted(self.rows, key=place)))


def picture(
    talk: Talk, conversations: Sequence[Conversation], ratings: Iterable[Rating]
) -> Picture:
    """The picture of one conversation, out of all conversations and ratings of its case."""
    latest = _latest(ratings)
    now = {domain: one for (held, domain), one in latest.items() if held == talk.conversation.id}
    last = _last_times(talk.conversation, conversations, latest)
    well = _named_well(talk)
    usual = _usual_scale(now, talk)
    rows = tuple(
        PictureRow(
            domain,
            scale_of(_scale_id(now.get(domain), last.get(domain), usual), talk.guide),
            now.get(domain),
            last.get(domain),
            domain in well,
        )
        for domain in domains(talk.asked)
    )
    return Picture(_day(talk.conversation.started), rows)


def domains(asked: Guide) -> tuple[str, ...]:
    """The life domains that are rated in what is asked, each once, in the order they come up."""
    found = (domain for section in asked.sections for domain in domains_of(section))
    return tuple(dict.fromkeys(found))


def domains_of(section: Section) -> tuple[str, ...]:
    """The life domains that are rated in one topic, those of its rating questions included."""
    asked = (question.domain for question in section.questions if question.domain)
    return tuple(dict.fromkeys((*section.domains, *asked)))


def scale_of(scale_id: str, guide: Guide) -> Scale:
    """A scale by its name. One that nobody here knows has points, but no words for them."""
    try:
        return guide.scale(scale_id)
    except KeyError:
        nothing = Words(())
        if scale_id == FACES:
            return Scale(FACES, 1, 5, nothing, nothing, faces=True)
        return Scale(scale_id, 0, 10, nothing, nothing)


def _latest(ratings: Iterable[Rating]) -> dict[tuple[UUID, str], Rating]:
    """What counts for each conversation and domain: the newest that was not taken back."""
    return {
        (one.conversation, one.domain): one
        for one in ratings
        if one.conversation and not one.removed
    }


def _last_times(
    talk: Conversation,
    conversations: Sequence[Conversation],
    latest: dict[tuple[UUID, str], Rating],
) -> dict[str, LastTime]:
    earlier = [
        one
        for one in conversations
        if one.id != talk.id and one.status in _HELD and not one.removed and _is_before(one, talk)
    ]
    earlier.sort(key=lambda one: _moment(one.started))
    held = {one.id: _day(one.started) for one in earlier}
    places = {one.id: place for place, one in enumerate(earlier)}
    rated = [one for (where, _domain), one in latest.items() if where in held]
    rated.sort(key=lambda one: places[one.conversation] if one.conversation else 0)
    return {
        one.domain: LastTime(held[one.conversation], one.scale, one.satisfaction)
        for one in rated
        if one.conversation and one.satisfaction is not None
    }


def _named_well(talk: Talk) -> frozenset[str]:
    """The domains of the topics in which the person named something that goes well."""
    named = {
        said.question
        for said in talk.statements
        if said.voice is Voice.PARTICIPANT
        and not (said.draft or said.removed)
        and said.words.strip()
    }
    answers = {one.question: one.value for one in talk.answers if not one.removed}
    named |= {question for question, value in answers.items() if value not in ("", _NO)}
    return frozenset(
        domain
        for section in talk.asked.sections
        if any(question.strength and question.id in named for question in section.questions)
        for domain in domains_of(section)
    )


def _scale_id(rating: Rating | None, last: LastTime | None, usual: str) -> str:
    """A row with nothing on it today has the scale of last time, so that this can be seen."""
    if rating and (rating.satisfaction is not None or rating.importance is not None):
        return rating.scale
    return last.scale if last else usual


def _usual_scale(now: dict[str, Rating], talk: Talk) -> str:
    used = [one.scale for one in now.values() if one.satisfaction is not None]
    return used[0] if used else (FACES if talk.person.faces else NUMBERS)


def _is_before(one: Conversation, talk: Conversation) -> bool:
    return bool(one.started and talk.started and one.started < talk.started)


def _moment(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _day(at: datetime | None) -> date:
    return at.astimezone().date() if at else date.min
