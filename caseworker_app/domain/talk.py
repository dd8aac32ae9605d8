"""A conversation and all that is said in it, in three voices that are never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from caseworker_app.domain.entity import Entity, link, text


class TalkStatus(StrEnum):
    """Where a conversation stands. A draft is a status, not another record."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    CANCELLED = "cancelled"
    MISSED = "missed"


NOT_HELD = (TalkStatus.CANCELLED, TalkStatus.MISSED)
"""A talk that did not take place: called off by somebody, or nobody was there."""


class Hindrance(StrEnum):
    """What came between, when a talk did not take place."""

    ILL = "ill"
    FORGOTTEN = "forgotten"
    NO_TIME = "no_time"
    TRANSPORT = "transport"
    OTHER = "other"


class Voice(StrEnum):
    """Who is speaking."""

    PARTICIPANT = "participant"
    COACH = "coach"
    THIRD = "third"
    DOCUMENT = "document"


class Missing(StrEnum):
    """The four kinds of no answer."""

    NOT_ASKED = "not_asked"
    NOT_SAID = "not_said"
    NOT_RELEVANT = "not_relevant"
    NOT_KNOWN = "not_known"


class WantsChange(StrEnum):
    """Whether the participant wants something to change in a life domain."""

    YES = "yes"
    LATER = "later"
    NO = "no"


class HelpWanted(StrEnum):
    """How much help the participant would like in a life domain."""

    NONE = "none"
    SOME = "some"
    MUCH = "much"


NUMBERS, FACES = "0-10", "faces"
"""The program's own scales. A rating keeps the one it was made on; nothing is converted."""

MOST_SHARE = 4
"""A share is counted in dots, from none to this many."""


class Mark(StrEnum):
    """What a statement can be marked with; each names the field that says so."""

    FOR_GOALS = "for_goals"
    ALONE = "alone"
    NOT_FOR_PRINT = "not_for_print"
    NOT_FOR_PARTNERS = "not_for_partners"


class TopicState(StrEnum):
    """What was agreed about a topic as a whole."""

    OPEN = "open"
    PARKED = "parked"
    PERMITTED = "permitted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Conversation(Entity):
    """A talk: planned, running, held, or not held and why. Pins the version of its guide.

    `planned_for` is set for a talk to come, `started` when it begins, `finished` when it is over.
    A planned talk with no `guide` is simply "we meet again". One that did not take place keeps who
    called it off, what came between and, in `reason`, the words for it. While the two are `alone`,
    what is said is marked so.
    """

    kind: ClassVar[str] = "conversation"
    status: TalkStatus = TalkStatus.PLANNED
    guide: str = text()
    guide_version: int = 0
    planned_for: datetime | None = None
    started: datetime | None = None
    finished: datetime | None = None
    place: str = text()
    language: str = text()
    interpreter: str = text()
    present: str = text()
    alone: bool = False
    called_off_by: Voice | None = None
    hindrance: Hindrance | None = None
    reason: str = text()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Statement(Entity):
    """Something somebody said or saw, exactly as typed. `draft` while still in the composer.

    A quick note that belongs to no question yet has neither `section` nor `question`. `speaker`
    names a third party, or the document. What was said `alone` stays out of joint papers.
    """

    kind: ClassVar[str] = "statement"
    conversation: UUID | None = link()
    section: str = text()
    question: str = text()
    voice: Voice = Voice.PARTICIPANT
    speaker: str = text()
    words: str = text(searched=True)
    said: datetime | None = None
    draft: bool = False
    for_goals: bool = False
    alone: bool = False
    not_for_print: bool = False
    not_for_partners: bool = False

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What the coach has marked this with."""
        return tuple(mark for mark in Mark if getattr(self, mark.value))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Answer(Entity):
    """Why there is no answer to a question, or the value of one that is not answered in words.

    `value` is plain text: a number, a date (ISO), an option id, or several ids, one a line.
    """

    kind: ClassVar[str] = "answer"
    conversation: UUID | None = link()
    question: str = text()
    value: str = text()
    missing: Missing | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Rating(Entity):
    """How the participant sees one life domain, on one scale. Never added up, never a verdict.

    The shares say who carries this part of life by now, each from 0 to `MOST_SHARE` dots.
    """

    kind: ClassVar[str] = "rating"
    conversation: UUID | None = link()
    domain: str = text()
    scale: str = NUMBERS
    satisfaction: int | None = None
    importance: int | None = None
    wants_change: WantsChange | None = None
    help_wanted: HelpWanted | None = None
    own_share: int | None = None
    network_share: int | None = None
    professional_share: int | None = None
    reason: str = text(searched=True)
    missing: Missing | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Topic(Entity):
    """The state of one section of the guide in one conversation: parked, permitted, declined."""

    kind: ClassVar[str] = "topic"
    conversation: UUID | None = link()
    section: str = text()
    state: TopicState = TopicState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Prompt(Entity):
    """A question that the coach has put out of sight for this conversation."""

    kind: ClassVar[str] = "prompt"
    conversation: UUID | None = link()
    question: str = text()
    hidden: bool = False
