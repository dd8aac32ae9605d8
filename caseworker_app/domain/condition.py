"""When a question is asked: conditions as data, and the one pure rule that reads them.

A condition looks only at earlier questions, so one walk through a guide decides about all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

Given = Mapping[str, frozenset[str]]
"""What was answered: question id to its values. Words alone are an answer without a value."""


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is this one: an option's id, "yes" or "no", a number, a date."""

    question: str
    value: str


@dataclass(frozen=True, slots=True)
class Includes:
    """This option is among those chosen."""

    question: str
    option: str


@dataclass(frozen=True, slots=True)
class Answered:
    """There is an answer, in words or as a value. A reason for no answer is none."""

    question: str


@dataclass(frozen=True, slots=True)
class MoreThan:
    """The answer is a number above this one."""

    question: str
    number: float


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    part: Condition


Condition = Is | Includes | Answered | MoreThan | All | Any | Not


def holds(  # noqa: C901, PLR0911 - one case for each kind of condition
    condition: Condition | None, given: Given
) -> bool:
    """Whether the condition is met. No condition is always met."""
    match condition:
        case None:
            return True
        case Is(question, value):
            return given.get(question) == frozenset({value})
        case Includes(question, option):
            return option in given.get(question, ())
        case Answered(question):
            return question in given
        case MoreThan(question, number):
            return any(_is_more(value, number) for value in given.get(question, ()))
        case All(parts):
            return all(holds(part, given) for part in parts)
        case Any(parts):
            return any(holds(part, given) for part in parts)
        case Not(part):
            return not holds(part, given)
        case never:
            assert_never(never)


def asks_about(condition: Condition | None) -> frozenset[str]:
    """The ids of all questions a condition looks at."""
    match condition:
        case None:
            return frozenset()
        case All(parts) | Any(parts):
            return frozenset().union(*(asks_about(part) for part in parts))
        case Not(part):
            return asks_about(part)
        case _:
            return frozenset({condition.question})


def _is_more(value: str, number: float) -> bool:
    try:
        return float(value.replace(",", ".")) > number
    except ValueError:
        return False
