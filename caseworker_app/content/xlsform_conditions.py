"""Conditions as a form writes them: "${work} = 'yes' and ${age} > 17"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

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
from caseworker_app.domain.guide import QuestionKind

NUMBERS = (QuestionKind.NUMBER, QuestionKind.SCALE, QuestionKind.RATING)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as conditions see it: its name in the form, and those of its options by id.

    `whole` says that its numbers have no decimals.
    """

    id: str
    name: str
    kind: QuestionKind
    options: Mapping[str, str]
    whole: bool = False


def write(  # noqa: PLR0911 - one case for each kind of condition
    condition: Condition, asked: Mapping[str, Asked]
) -> str:
    """The expression of a condition. `asked` goes by id."""
    match condition:
        case All(parts):
            return _joined(" and ", parts, "true()", asked)
        case Any(parts):
            return _joined(" or ", parts, "false()", asked)
        case Not(part):
            return f"not({write(part, asked)})"
        case Answered(question):
            return f"{_ref(question, asked)} != ''"
        case MoreThan(question, number):
            return f"{_ref(question, asked)} > {figures(number)}"
        case Includes(question, option):
            name = _quoted(asked[question].options[option])
            return f"selected({_ref(question, asked)}, {name})"
        case Is(question, value):
            return f"{_ref(question, asked)} = {_value(value, asked[question])}"


def figures(number: float) -> str:
    """A number as formulas write it: without an exponent, and whole where it is."""
    return f"{Decimal(repr(number)).normalize():f}"


def _joined(word: str, parts: Sequence[Condition], alone: str, asked: Mapping[str, Asked]) -> str:
    """What is joined itself stands in brackets; one part alone beside what changes nothing."""
    written = [
        f"({write(part, asked)})" if isinstance(part, All | Any) else write(part, asked)
        for part in parts
    ]
    return word.join(written if len(written) > 1 else [*written, alone])


def _ref(question: str, asked: Mapping[str, Asked]) -> str:
    return f"${{{asked[question].name}}}"


def _value(value: str, asked: Asked) -> str:
    if asked.options:
        return _quoted(asked.options[value])
    if asked.kind in NUMBERS and value == figures(float(value)):
        return value
    return _quoted(value)


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
