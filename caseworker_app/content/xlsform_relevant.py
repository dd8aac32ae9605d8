"""Reads the conditions of a form: "${work} = 'yes' and ${age} > 17".

Forms may compute anything here. What a guide can say too is taken over; all else raises
`NotUnderstood`, and whoever reads the form says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from lark.exceptions import LarkError
from pyxform.parsing.expression import parse_expression
from pyxform.parsing.sheet_headers import clean_text_values

from caseworker_app.content.xlsform_conditions import NUMBERS, Asked, figures
from caseworker_app.content.xlsform_names import to_id
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

T = TypeVar("T")

DEEPEST = 60
ALWAYS, NEVER = All(()), Any(())

_ONE_OPTION = (QuestionKind.CHOICE, QuestionKind.YES_NO)
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
_SOME = {(">", 0.0), (">=", 1.0), ("!=", 0.0)}
_NONE = {("=", 0.0), ("<", 1.0), ("<=", 0.0)}
_SIZES = ("count-selected(", "string-length(")


class NotUnderstood(Exception):
    """A guide has no such condition."""


@dataclass(frozen=True, slots=True)
class _Operand:
    """One side of a comparison: a question, how much was answered to it, or a value."""

    sort: str
    text: str


def read(expression: str, asked: Mapping[str, Asked | None]) -> Condition | None:
    """The condition of an expression; None for one that always holds.

    `asked` goes by name; None in it is a question that was not taken over.
    """
    try:
        condition = _Reader(expression, asked).whole()
    except (LarkError, ValueError) as error:
        raise NotUnderstood from error
    if condition == ALWAYS:
        return None
    if _is_fixed(condition):
        raise NotUnderstood
    return condition


def _is_fixed(condition: Condition) -> bool:
    """Whether a part of it always or never holds, whatever is answered."""
    match condition:
        case All(parts) | Any(parts):
            return not parts or any(_is_fixed(part) for part in parts)
        case Not(part):
            return _is_fixed(part)
        case _:
            return False


class _Reader:
    """Walks over the words of one expression, from the left to the right."""

    def __init__(self, expression: str, asked: Mapping[str, Asked | None]) -> None:
        self._asked = asked
        self._words = _words(expression)
        self._at = 0
        self._depth = 0

    def whole(self) -> Condition:
        found = self._either()
        if self._at < len(self._words):
            raise NotUnderstood
        return found

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._is_next("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Any(tuple(p for p in parts if p != NEVER))

    def _both(self) -> Condition:
        parts = [self._one()]
        while self._is_next("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(p for p in parts if p != ALWAYS))

    def _one(self) -> Condition:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotUnderstood
        found = self._in_brackets() or self._compared()
        self._depth -= 1
        return found

    def _in_brackets(self) -> Condition | None:
        """What begins with a bracket or with the name of a function, unless it is compared."""
        if self._is_next("("):
            return self._closed(self._either())
        if self._is_next("not("):
            return self._closed(Not(self._either()))
        if self._is_next("true("):
            return self._closed(ALWAYS)
        if self._is_next("false("):
            return self._closed(NEVER)
        if self._is_next("selected("):
            question = self._operand("question")
            self._expect(",")
            option = self._operand("text")
            asked = self._known(question)
            return self._closed(_chosen(asked, option.text) if asked else _nobody(question))
        return None

    def _compared(self) -> Condition:
        left, sign, right = self._operand(), self._take(), self._operand()
        if sign not in _TURNED:
            raise NotUnderstood
        if left.sort in ("text", "number"):
            left, sign, right = right, _TURNED[sign], left
        if left.sort in ("text", "number") or right.sort not in ("text", "number"):
            raise NotUnderstood
        asked = self._known(left)
        return _comparison(asked, left.sort, sign, right) if asked else _nobody(left)

    def _operand(self, sort: str = "") -> _Operand:
        word = self._take()
        if word.startswith("${") and word.endswith("}"):
            found = _Operand("question", word[2:-1])
        elif word[:1] in ("'", '"'):
            found = _Operand("text", word[1:-1])
        elif word in _SIZES:
            found = self._closed(_Operand("size", self._operand("question").text))
        elif word == "date(":
            found = self._closed(self._operand("text"))
        elif word[:1] in "-.0123456789":
            found = _Operand("number", figures(float(word)))
        else:
            raise NotUnderstood
        if sort not in ("", found.sort):
            raise NotUnderstood
        return found

    def _known(self, question: _Operand) -> Asked | None:
        if self._asked.get(question.text, self) is None or "#" in question.text:
            raise NotUnderstood  # of an answer from another time, too
        return self._asked.get(question.text)

    def _take(self) -> str:
        if self._at == len(self._words):
            raise NotUnderstood
        self._at += 1
        return self._words[self._at - 1]

    def _is_next(self, word: str) -> bool:
        found = self._words[self._at : self._at + 1] == [word]
        self._at += found
        return found

    def _expect(self, word: str) -> None:
        if not self._is_next(word):
            raise NotUnderstood

    def _closed(self, found: T) -> T:
        self._expect(")")
        return found


def _words(expression: str) -> list[str]:
    """The words of an expression; "or(" is a word and a bracket, "<" and "=" are one sign."""
    found: list[str] = []
    for token in parse_expression(clean_text_values(expression)):
        word = token.value.strip()
        if token.type == "OPS_COMP" and word == "=" and found[-1:] in (["<"], [">"]):
            found[-1] += word
        elif word in ("or(", "and("):
            found += [word[:-1], "("]
        elif word:
            found.append(word)
    return found


def _nobody(question: _Operand) -> Condition:
    """A question that the form does not have is found out when the guide is checked."""
    return Answered(to_id(question.text))


def _chosen(asked: Asked, option: str) -> Condition:
    if asked.kind is QuestionKind.CHOICES:
        return Includes(asked.id, _option(asked, option))
    return _equal(asked, option)


def _comparison(asked: Asked, sort: str, sign: str, value: _Operand) -> Condition:
    if sort == "size":
        return _counted(asked, sign, value)
    if not value.text:
        found: Condition = Answered(asked.id)
    elif sign in ("=", "!="):
        found = _equal(asked, value.text)
    else:
        return _ordered(asked, sign, float(value.text))
    if sign not in ("=", "!="):
        raise NotUnderstood
    return Not(found) if (sign == "=") == (not value.text) else found


def _counted(asked: Asked, sign: str, value: _Operand) -> Condition:
    """Whether anything was chosen or written; how much is not asked in a guide."""
    compared = sign, float(value.text)
    if compared in _SOME:
        return Answered(asked.id)
    if compared in _NONE:
        return Not(Answered(asked.id))
    raise NotUnderstood


def _equal(asked: Asked, value: str) -> Condition:
    if asked.kind in _ONE_OPTION:
        return Is(asked.id, _option(asked, value))
    if asked.kind in NUMBERS:
        float(value)
        return Is(asked.id, value)
    if asked.kind is QuestionKind.DATE:
        return Is(asked.id, value)
    raise NotUnderstood


def _ordered(asked: Asked, sign: str, number: float) -> Condition:
    """In a form, no answer is neither more nor less than a number; so it is here."""
    if asked.kind not in NUMBERS:
        raise NotUnderstood
    more = MoreThan(asked.id, number)
    at_least: Condition = Any((more, Is(asked.id, figures(number))))
    if asked.whole and number.is_integer():
        at_least = MoreThan(asked.id, number - 1)
    match sign:
        case ">":
            return more
        case ">=":
            return at_least
        case "<":
            return All((Answered(asked.id), Not(at_least)))
        case _:
            return All((Answered(asked.id), Not(more)))


def _option(asked: Asked, name: str) -> str:
    """The id of the option with this name; of one that is not there, what it would be."""
    return next((one for one, its in asked.options.items() if its == name), to_id(name))
