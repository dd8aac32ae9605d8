"""Fictional people to try the program with, and the script of one whole visit.

Days are told from today ("371 days ago", "in 14 days"), so the sample is as fresh in ten years.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, time

from cattrs import Converter

from caseworker_app import paths
from caseworker_app.domain.goals import GoalStatus
from caseworker_app.domain.people import ContactWay
from caseworker_app.domain.talk import (
    NUMBERS,
    HelpWanted,
    Hindrance,
    Missing,
    TalkStatus,
    Voice,
    WantsChange,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCoach:
    """Who works with the sample store."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRelation:
    """Somebody in the household or the network."""

    name: str
    role: str
    lives_here: bool = False
    trusted: bool = False
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleContact:
    """A short note between the talks."""

    days_ago: int
    at: time
    way: ContactWay
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStatement:
    """What was said to a question of the guide, and by whom."""

    question: str
    words: str
    voice: Voice = Voice.PARTICIPANT
    speaker: str = ""
    team_only: bool = False
    alone: bool = False
    for_goals: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRating:
    """How the person saw one life domain."""

    domain: str
    satisfaction: int | None = None
    importance: int | None = None
    wants_change: WantsChange | None = None
    help_wanted: HelpWanted | None = None
    own_share: int | None = None
    network_share: int | None = None
    professional_share: int | None = None
    reason: str = ""
    missing: Missing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAnswer:
    """A question that was answered by a value: text as the store keeps it."""

    question: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMissing:
    """A question without an answer, and why."""

    question: str
    missing: Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTalk:
    """One conversation that was held. The visit of the demo is held today.

    `scale` is that of all its ratings, `parked` are topics that were left for another time.
    """

    guide: str = "meedoen"
    version: int = 2
    scale: str = NUMBERS
    days_ago: int = 0
    at: time
    minutes: int
    place: str
    language: str = ""
    present: str
    statements: tuple[SampleStatement, ...]
    answers: tuple[SampleAnswer, ...] = ()
    ratings: tuple[SampleRating, ...] = ()
    unanswered: tuple[SampleMissing, ...] = ()
    parked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleNotHeld:
    """A conversation that was agreed and did not take place, and why."""

    days_ago: int
    at: time
    place: str
    status: TalkStatus
    called_off_by: Voice | None = None
    hindrance: Hindrance | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStep:
    """Who does what by when. A negative `due_in_days` lies in the past."""

    what: str
    who: str
    with_whom: str = ""
    due_in_days: int
    done_days_ago: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleGoal:
    """A goal in the person's own words, with its steps."""

    words: str
    domain: str
    sign: str
    confidence: int
    status: GoalStatus = GoalStatus.OPEN
    reason: str = ""
    steps: tuple[SampleStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMeeting:
    """When and where the next talk is."""

    in_days: int
    at: time
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """A fictional participant with everything the file holds. `number` is the case number."""

    number: str
    given_name: str
    family_name: str
    called: str = ""
    pronoun: str
    birth_date: date
    phone: str
    email: str = ""
    street: str
    postcode: str
    place: str
    language: str
    interpreter: str = ""
    good_to_know: tuple[str, ...]
    avoid: tuple[str, ...] = ()
    informal: bool = False
    plain: bool = False
    faces: bool = False
    guide: str = "meedoen"
    opened_days_ago: int
    relations: tuple[SampleRelation, ...]
    contacts: tuple[SampleContact, ...]
    talks: tuple[SampleTalk, ...]
    not_held: tuple[SampleNotHeld, ...] = ()
    goals: tuple[SampleGoal, ...]
    next_talk: SampleMeeting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleVisit:
    """One whole visit, as it is typed: to the person with this case `number`.

    The question `turned` is answered by the participant, on their side of the screen.
    """

    number: str
    turned: str
    talk: SampleTalk
    goals: tuple[SampleGoal, ...]
    next_talk: SampleMeeting


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTogether:
    """What the coach and a colleague write after the visit, each on a laptop without a network.

    Both write the first goal in other `words`; the coach also changes how the last goal will be
    noticed, and the colleague adds a step to it.
    """

    colleague: SampleCoach
    words: str
    colleague_words: str
    sign: str
    step: str
    step_due_in_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """All that is invented for one language."""

    language: str
    organisation: str
    coach: SampleCoach
    people: tuple[SamplePerson, ...]
    visit: SampleVisit
    together: SampleTogether | None = None

    def person(self, number: str) -> SamplePerson:
        """The person with this case number. KeyError when there is none."""
        return {person.number: person for person in self.people}[number]


def sample(language: str) -> Sample:
    """The fictional people who speak this language, "de" or "nl"."""
    text = (paths.resources() / "sample" / f"{language}.toml").read_text("utf-8")
    converter = Converter(forbid_extra_keys=True)
    for kind in (date, time):
        converter.register_structure_hook(kind, lambda value, _: value)
    return converter.structure(tomllib.loads(text), Sample)
