"""A guide: what a conversation may ask. Data, not code; a guide's version never changes.

A guide carries its own words in every language it claims, because an organisation can write one
without touching the program or its catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuestionKind(StrEnum):
    """How a question is answered. `TALK` is an open question answered in statements."""

    TALK = "talk"
    TEXT = "text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    NUMBER = "number"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in several languages, as pairs (language, text)."""

    by_language: tuple[tuple[str, str], ...]

    def to(self, language: str) -> str:
        """The text in `language`; if the guide lacks it, in its first language."""
        texts = dict(self.by_language)
        return texts.get(language) or (self.by_language[0][1] if self.by_language else "")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt. `id` is the concept it asks for: it stays the same when the wording changes.

    `strength` says that it asks for what goes well; the plan takes such words up.
    """

    id: str
    kind: QuestionKind
    text: Words
    hint: Words
    options: tuple[Option, ...] = ()
    strength: bool = False


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


@dataclass(frozen=True, slots=True)
class Guide:
    """A whole conversation. `languages` are those it is complete in."""

    id: str
    version: int
    languages: tuple[str, ...]
    title: Words
    purpose: Words
    sections: tuple[Section, ...]

    def section(self, section_id: str) -> Section:
        """The section with this id. KeyError when the guide has none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    @property
    def domains(self) -> tuple[str, ...]:
        """All life domains the guide touches, each once, in the order they come up."""
        return tuple(dict.fromkeys(d for section in self.sections for d in section.domains))

    @property
    def strength_questions(self) -> frozenset[str]:
        """The ids of the questions that ask for what goes well."""
        return frozenset(q.id for section in self.sections for q in section.questions if q.strength)
