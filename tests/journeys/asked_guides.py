"""Guides made up to be held: many questions of every kind, and conditions that often turn.

And everything that can be done while one is held, as values: `acts(guide)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from caseworker_app.content.guide_file import pictograms
from caseworker_app.content.scales import all_scales
from caseworker_app.domain.condition import (
    All,
    Answered,
    Any,
    Condition,
    Includes,
    Is,
    MoreThan,
    Not,
)
from caseworker_app.domain.guide import Guide, Option, Question, QuestionKind, Section, Words
from caseworker_app.domain.life import LIFE_DOMAINS
from caseworker_app.domain.path import Place, places
from caseworker_app.domain.talk import (
    FACES,
    NUMBERS,
    HelpWanted,
    Missing,
    TopicState,
    Voice,
    WantsChange,
)

DAYS = ("2026-12-24", "2027-05-05")
FIRST, LAST = 0, 10
HARMLESS = tuple(domain.id for domain in LIFE_DOMAINS if not domain.sensitive)
CHOSEN_FROM = tuple(Option(one, Words((("en", one.title()),))) for one in ("bus", "bike", "walk"))
_WITH_A_NUMBER = (QuestionKind.NUMBER, QuestionKind.SCALE, QuestionKind.RATING)


def said(words: str) -> Words:
    return Words((("en", words),))


# --- guides --------------------------------------------------------------------------------------


def _leaves(question: Question) -> st.SearchStrategy[Condition]:
    """What can be asked about the answer to a question."""
    name, kind = question.id, question.kind
    answered = st.just(Answered(name))
    options = st.sampled_from([one.id for one in CHOSEN_FROM])
    if kind is QuestionKind.YES_NO:
        return answered | st.builds(Is, st.just(name), st.sampled_from(["yes", "no"]))
    if kind is QuestionKind.CHOICE:
        return answered | st.builds(Is, st.just(name), options)
    if kind is QuestionKind.CHOICES:
        return answered | st.builds(Includes, st.just(name), options)
    if kind is QuestionKind.DATE:
        return answered | st.builds(Is, st.just(name), st.sampled_from(DAYS))
    if kind in _WITH_A_NUMBER:
        number = st.integers(FIRST - 1, LAST).map(float)
        return answered | st.builds(MoreThan, st.just(name), number)
    return answered


def conditions(earlier: Sequence[Question]) -> st.SearchStrategy[Condition | None]:
    if not earlier:
        return st.none()
    parts = st.recursive(
        st.sampled_from(earlier).flatmap(_leaves),
        lambda inner: (
            st.builds(Not, inner)
            | st.builds(All, st.lists(inner, min_size=1, max_size=2).map(tuple))
            | st.builds(Any, st.lists(inner, min_size=1, max_size=2).map(tuple))
        ),
        max_leaves=3,
    )
    return st.one_of(st.none(), parts, parts)


@st.composite
def _questions(draw: st.DrawFn, number: int, earlier: Sequence[Question]) -> Question:
    kind = draw(st.sampled_from(QuestionKind))
    chooses = kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)
    return Question(
        id=f"q{number}",
        kind=kind,
        text=said(f"Question {number}, {kind.value}?"),
        options=CHOSEN_FROM if chooses else (),
        when=draw(conditions(earlier)),
        scale=draw(st.sampled_from(all_scales())).id if kind is QuestionKind.SCALE else "",
        domain=draw(st.sampled_from(HARMLESS)) if kind is QuestionKind.RATING else "",
        least=FIRST if kind is QuestionKind.NUMBER else None,
        most=LAST if kind is QuestionKind.NUMBER else None,
    )


@st.composite
def held_guides(draw: st.DrawFn) -> Guide:
    """Two to four topics of one to four questions, in English."""
    sections: list[Section] = []
    earlier: list[Question] = []
    for number in range(draw(st.integers(2, 4))):
        when = draw(conditions(tuple(earlier)))
        here: list[Question] = []
        for _ in range(draw(st.integers(1, 4))):
            asked = len(earlier) + len(here)
            here.append(draw(_questions(asked, (*earlier, *here))))
        sections.append(
            Section(
                id=f"s{number}",
                title=said(f"Topic {number}"),
                pictogram=pictograms()[number],
                domains=tuple(draw(st.lists(st.sampled_from(HARMLESS), max_size=2, unique=True))),
                questions=tuple(here),
                sensitive=draw(st.booleans()),
                when=when,
            )
        )
        earlier += here
    return Guide(
        id="made",
        version=1,
        languages=("en",),
        title=said("Made up"),
        purpose=said("To be held."),
        sections=tuple(sections),
        scales=all_scales(),
    )


# --- what is done while one is held --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Says:
    """Somebody says something to a question."""

    place: Place
    voice: Voice
    words: str


@dataclass(frozen=True, slots=True)
class Gives:
    """The value of an answer; "" takes it back."""

    place: Place
    value: str


@dataclass(frozen=True, slots=True)
class Lacks:
    """Why there is no answer; None when there is one after all."""

    place: Place
    missing: Missing | None


@dataclass(frozen=True, slots=True)
class TakesBack:
    """The last words to a question go."""

    place: Place


@dataclass(frozen=True, slots=True)
class Rates:
    """How a part of life is seen."""

    domain: str
    values: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Agrees:
    """A topic is parked, permitted, declined or open again."""

    section: str
    state: TopicState


@dataclass(frozen=True, slots=True)
class Hides:
    """A prompt goes out of sight, or comes back."""

    question: str
    hidden: bool


Act = Says | Gives | Lacks | TakesBack | Rates | Agrees | Hides


def values(question: Question) -> list[str]:
    """What can be answered, and what was typed and is no answer of its kind yet; "" is none."""
    options = [one.id for one in question.options]
    known = {
        QuestionKind.YES_NO: ["yes", "no"],
        QuestionKind.CHOICE: options,
        QuestionKind.CHOICES: [*options, "\n".join(options)],
        QuestionKind.DATE: [*DAYS, "next wee"],
        QuestionKind.NUMBER: [str(FIRST), "4", str(LAST), "about 3"],
        QuestionKind.SCALE: ["1", "3", "5"],
    }
    return [*known.get(question.kind, ["Yes, please.", "7"]), ""]


def ratings(domain: str) -> st.SearchStrategy[Rates]:
    share = st.none() | st.integers(0, 4)

    def on(scale: str, most: int) -> st.SearchStrategy[tuple[tuple[str, object], ...]]:
        number = st.none() | st.integers(1, most)
        return st.tuples(
            st.tuples(st.just("scale"), st.just(scale)),
            st.tuples(st.sampled_from(["satisfaction", "importance"]), number),
        )

    one = (
        on(NUMBERS, LAST)
        | on(FACES, 5)
        | st.tuples(st.tuples(st.just("missing"), st.none() | st.sampled_from(Missing)))
        | st.tuples(st.tuples(st.just("wants_change"), st.sampled_from(WantsChange)))
        | st.tuples(st.tuples(st.just("help_wanted"), st.sampled_from(HelpWanted)))
        | st.tuples(st.tuples(st.just("own_share"), share))
    )
    return st.builds(Rates, st.just(domain), one)


def _value(question: Question) -> st.SearchStrategy[str]:
    return st.sampled_from(values(question))


def acts(guide: Guide) -> st.SearchStrategy[Act]:
    """Anything that can happen at any moment of a conversation with this guide."""
    asked = {one.id: one for section in guide.sections for one in section.questions}
    where = st.sampled_from(places(guide))
    rated = sorted({*guide.domains, *(one.domain for one in asked.values() if one.domain)})
    found: list[st.SearchStrategy[Act]] = [
        where.flatmap(lambda at: st.builds(Gives, st.just(at), _value(asked[at.question]))),
        st.builds(Says, where, st.sampled_from(Voice), st.sampled_from(["Well.", "Two\nlines"])),
        st.builds(Lacks, where, st.none() | st.sampled_from(Missing)),
        st.builds(TakesBack, where),
        st.builds(
            Agrees,
            st.sampled_from([one.id for one in guide.sections]),
            st.sampled_from(TopicState),
        ),
        st.builds(Hides, st.sampled_from(list(asked)), st.booleans()),
    ]
    if rated:
        found.append(st.sampled_from(rated).flatmap(ratings))
    return st.one_of(found)
