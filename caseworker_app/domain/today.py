"""The day as the first page shows it: visits, promises, talks still to be written up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.goals import Step
from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import Conversation, Statement, TalkStatus


@dataclass(frozen=True, slots=True, repr=False)
class Visit:
    """A talk that is planned for today, with what to know before ringing the bell."""

    talk: Conversation
    person: Person
    own_words: Statement | None
    steps: tuple[Step, ...]
    is_first: bool


@dataclass(frozen=True, slots=True, repr=False)
class Promise:
    """A step that somebody is to take, and whom it is for."""

    step: Step
    case: UUID
    person: str


@dataclass(frozen=True, slots=True, repr=False)
class WriteUp:
    """A conversation that runs, or was held lately and still has something open: `count` things."""

    talk: Conversation
    person: str
    began: datetime
    count: int

    @property
    def is_running(self) -> bool:
        """Whether it can be gone on with."""
        return self.talk.status is TalkStatus.RUNNING


@dataclass(frozen=True, slots=True, repr=False)
class Day:
    """Everything of one day. Of the `write_ups` the one begun last stands first."""

    visits: tuple[Visit, ...]
    promises: tuple[Promise, ...]
    write_ups: tuple[WriteUp, ...]
