"""A guide: what a conversation may ask. Data, not code; a guide's version never changes.

A guide carries its own words in every language it claims, because an organisation can write one
without touching the program or its catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from caseworker_app.domain.condition import Condition
from caseworker_app.domain.entity import Entity, text


class QuestionKind(StrEnum):
    """How a question is answered. `TALK` is an open question answered in statements.

    Words can be written down with every kind; the others add a value, and `RATING` how the
    participant sees one life domain.
    """

    TALK = "talk"
    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    NUMBER = "number"
    SCALE = "scale"
    RATING = "rating"


PLAIN, INFORMAL = "plain", "informal"
FORMS = ("", INFORMAL, PLAIN, f"{PLAIN}-{INFORMAL}")
"""How a text may address somebody: politely, informally, in plain language, or both."""


def form(language: str, *, plain: bool = False, informal: bool = False) -> str:
    """The tag of a form of a language: "de", "de-informal", "nl-plain", "nl-plain-informal"."""
    parts = (language, PLAIN if plain else "", INFORMAL if informal else "")
    return "-".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Words:
    """One text in several languages and forms, as pairs ("de-informal", text)."""

    by_language: tuple[tuple[str, str], ...]

    def to(self, tag: str) -> str:
        """The text for a tag of `form`. A form that is lacking is the same as a nearer one.

        If the guide lacks the language, in its first one.
        """
        texts = dict(self.by_language)
        language, _, wanted = tag.partition("-")
        for near in _nearest(wanted):
            if found := texts.get(f"{language}-{near}" if near else language):
                return found
        return self.by_language[0][1] if self.by_language else ""

    def speaks(self, language: str) -> bool:
        """Whether the text is given in this language."""
        return language in dict(self.by_language)


def _nearest(wanted: str) -> tuple[str, ...]:
    """What a form falls back to. A plain text that needs no address is said to everybody."""
    both = f"{PLAIN}-{INFORMAL}"
    return (both, PLAIN, INFORMAL, "") if wanted == both else (wanted, "")


@dataclass(frozen=True, slots=True)
class Scale:
    """The points of a scale, `first` to `last`, and what its ends and its middle mean.

    Two ratings are compared only on one and the same scale. `faces` are drawn, not written.
    """

    id: str
    first: int
    last: int
    low: Words
    high: Words
    middle: Words = Words(())
    faces: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt. `id` is the concept it asks for: it stays the same when the wording changes.

    `strength` says that it asks for what goes well; the plan takes such words up. `scale` names the
    scale of a `SCALE`, `domain` the life domain of a `RATING`; `least`, `most` and `step` bound a
    `NUMBER`.
    """

    id: str
    kind: QuestionKind
    text: Words
    hint: Words = Words(())
    options: tuple[Option, ...] = ()
    strength: bool = False
    when: Condition | None = None
    scale: str = ""
    domain: str = ""
    least: float | None = None
    most: float | None = None
    step: float | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A topic of the guide with its prompts. `domains` are rated here ("L04"), in this order."""

    id: str
    title: Words
    pictogram: str
    domains: tuple[str, ...]
    questions: tuple[Question, ...]
    sensitive: bool = False
    closing: bool = False
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """A whole conversation. `languages` are those it is complete in, for coach and participant.

    In `participant_languages` the participant can read it too; the coach's hints and `never`, what
    this conversation never asks, are not given in them.
    """

    id: str
    version: int
    languages: tuple[str, ...]
    title: Words
    purpose: Words
    sections: tuple[Section, ...]
    participant_languages: tuple[str, ...] = ()
    never: Words = Words(())
    scales: tuple[Scale, ...] = ()

    def section(self, section_id: str) -> Section:
        """The section with this id. KeyError when the guide has none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def question(self, question_id: str) -> Question | None:
        """The question that asks for this concept, if the guide has one."""
        for section in self.sections:
            for question in section.questions:
                if question.id == question_id:
                    return question
        return None

    def scale(self, scale_id: str) -> Scale:
        """The scale of this name, the program's own included. KeyError when there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(scale_id)

    @property
    def domains(self) -> tuple[str, ...]:
        """All life domains the guide touches, each once, in the order they come up."""
        return tuple(dict.fromkeys(d for section in self.sections for d in section.domains))

    @property
    def strength_questions(self) -> frozenset[str]:
        """The ids of the questions that ask for what goes well."""
        return frozenset(q.id for section in self.sections for q in section.questions if q.strength)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class GuideFile(Entity):
    """A version of a guide that an organisation wrote, as it was brought in; it never changes.

    Kept in the stream that has the store's own id, so that it is in every backup.
    """

    kind: ClassVar[str] = "guide_file"
    guide: str = text()
    version: int = 0
    content: str = text()
    added: datetime | None = None
