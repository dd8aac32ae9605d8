"""Conditions as they stand in a guide file, and whether each can ever be met.

A condition is plain data: `{ question = "work", is = "yes" }`, or several of them under `all`,
`any` or `not`. It may look at earlier questions only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from caseworker_app.content.desk import Desk, Table
from caseworker_app.content.toml_lines import KeyPath
from caseworker_app.domain.condition import (
    All,
    Answered,
    Any,
    Condition,
    Includes,
    Is,
    MoreThan,
    Not,
    asks_about,
)
from caseworker_app.domain.guide import Question, QuestionKind, Scale, Section
from caseworker_app.domain.talk import NUMBERS
from caseworker_app.i18n import N_

DEEPEST = 20
MOST_NAMED = 8
YES_NO = ("yes", "no")
COMPARED = ("is", "includes", "answered", "more_than")
KEYS = ("question", *COMPARED, "all", "any", "not")

Leaf = Is | Includes | Answered | MoreThan

_ASKED_OF = {
    "is": (
        QuestionKind.YES_NO,
        QuestionKind.CHOICE,
        QuestionKind.NUMBER,
        QuestionKind.SCALE,
        QuestionKind.RATING,
        QuestionKind.DATE,
    ),
    "includes": (QuestionKind.CHOICES,),
    "answered": tuple(QuestionKind),
    "more_than": (QuestionKind.NUMBER, QuestionKind.SCALE, QuestionKind.RATING),
}


def read(desk: Desk, at: KeyPath, table: Table) -> Condition | None:
    """The condition under `when`, if there is one. None, too, for one with a mistake."""
    return _read(desk, (*at, "when"), table["when"]) if "when" in table else None


def plain(condition: Condition) -> Table:  # noqa: PLR0911 - one for each kind of condition
    """The condition as it stands in a file: what `read` reads."""
    match condition:
        case Is(question, value):
            return {"question": question, "is": value}
        case Includes(question, option):
            return {"question": question, "includes": option}
        case Answered(question):
            return {"question": question, "answered": True}
        case MoreThan(question, number):
            return {"question": question, "more_than": number}
        case All(parts):
            return {"all": [plain(part) for part in parts]}
        case Any(parts):
            return {"any": [plain(part) for part in parts]}
        case Not(part):
            return {"not": plain(part)}


def _read(desk: Desk, at: KeyPath, found: object, depth: int = 1) -> Condition | None:
    before = len(desk.problems)
    if not isinstance(found, dict):
        message = N_("A condition stands in curly brackets, for example {example}.")
        desk.mistake(at, message, example='{ question = "work", is = "yes" }')
    elif depth > DEEPEST:
        message = N_("The conditions are nested more than {most} deep.")
        desk.mistake(at, message, most=DEEPEST)
    else:
        desk.keys(at, found, KEYS)
        if len(desk.problems) == before:
            return _of_keys(desk, at, found, depth)
    return None


def _of_keys(desk: Desk, at: KeyPath, found: Table, depth: int) -> Condition | None:
    match sorted(found):
        case ["all" | "any" as key]:
            parts = _parts(desk, (*at, key), found[key], depth)
            return None if parts is None else All(parts) if key == "all" else Any(parts)
        case ["not"]:
            part = _read(desk, (*at, "not"), found["not"], depth + 1)
            return None if part is None else Not(part)
        case [one, other] if "question" in found and {one, other} & set(COMPARED):
            return _leaf(desk, at, found, next(key for key in found if key != "question"))
    message = N_(
        "A condition holds either one of “all”, “any”, “not”, or “question” with one of “is”, "
        "“includes”, “answered”, “more_than”."
    )
    desk.mistake(at, message)
    return None


def _parts(desk: Desk, at: KeyPath, found: object, depth: int) -> tuple[Condition, ...] | None:
    listed: list[object] = desk.typed(at, found, [])
    if found == []:
        desk.mistake(at, N_("This list holds no condition."))
    parts = [_read(desk, (*at, place), one, depth + 1) for place, one in enumerate(listed)]
    whole = tuple(part for part in parts if part)
    return whole if whole and len(whole) == len(parts) else None


def _leaf(desk: Desk, at: KeyPath, table: Table, key: str) -> Leaf | None:
    before = len(desk.problems)
    question = desk.value(at, table, "question", "")
    leaf: Leaf = Answered(question)
    if key == "is":
        leaf = Is(question, _value(desk, at, table))
    elif key == "includes":
        leaf = Includes(question, desk.value(at, table, key, ""))
    elif key == "more_than":
        leaf = MoreThan(question, desk.number(at, table, key) or 0.0)
    elif table[key] is not True:
        message = N_("“answered” can only be true. For the opposite, put it under “not”.")
        desk.mistake((*at, key), message)
    return leaf if len(desk.problems) == before else None


def _value(desk: Desk, at: KeyPath, table: Table) -> str:
    """An answer as it is kept: a number or a date may stand in the file without quotation marks."""
    if type(table["is"]) is date:
        return str(table["is"])
    if type(table["is"]) in (int, float):
        return _figures(desk.number(at, table, "is") or 0.0)
    return desk.value(at, table, "is", "")


def _figures(number: float) -> str:
    return f"{number:.15g}"


def check(desk: Desk, sections: Sequence[Section], scales: Sequence[Scale]) -> None:
    """Note each condition that can never be met: what it asks about, and of what kind that is."""
    order = _Order(sections)
    if not order.questions:
        return
    known = {scale.id: scale for scale in scales}
    for wait in order.waits:
        for at, leaf in _leaves(wait.when, wait.at):
            if _is_earlier(desk, order, wait, (*at, "question"), leaf.question):
                _check_value(desk, at, leaf, order.questions[leaf.question], known)


@dataclass(frozen=True, slots=True, repr=False)
class _Wait:
    """Questions (the one with the condition, or all of a section) that wait for an answer."""

    at: KeyPath
    when: Condition
    first: int
    ids: frozenset[str]


class _Order:
    """All questions in the order of the guide, and what waits for what."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self.questions: dict[str, Question] = {}
        self.places: dict[str, int] = {}
        self.waits: list[_Wait] = []
        for number, section in enumerate(sections):
            self._add(("sections", number), section)

    def _add(self, at: KeyPath, section: Section) -> None:
        if section.when:
            ids = frozenset(question.id for question in section.questions)
            self.waits.append(_Wait((*at, "when"), section.when, len(self.places), ids))
        for number, question in enumerate(section.questions):
            self.questions.setdefault(question.id, question)
            here = self.places.setdefault(question.id, len(self.places))
            if question.when:
                path = (*at, "questions", number, "when")
                self.waits.append(_Wait(path, question.when, here, frozenset({question.id})))

    @cached_property
    def circle(self) -> dict[str | KeyPath, None]:
        """Questions that wait for each other, and the places of their conditions."""
        sorter: TopologicalSorter[str | KeyPath] = TopologicalSorter()
        for wait in self.waits:
            sorter.add(wait.at, *(asks_about(wait.when) - wait.ids))
            for waiting in wait.ids:
                sorter.add(waiting, wait.at)
        try:
            sorter.prepare()
        except CycleError as found:
            return dict.fromkeys(found.args[1])
        return {}


def _is_earlier(desk: Desk, order: _Order, wait: _Wait, at: KeyPath, asked: str) -> bool:
    message = N_("There is no question “{word}”. The nearest one is “{nearest}”.")
    if not desk.known(at, asked, order.questions, message):
        return False
    if asked in wait.ids:
        of_a_section = len(wait.at) == len(("sections", 0, "when"))
        message = N_("A question cannot depend on its own answer.")
        if of_a_section:
            message = N_("“{question}” is asked in this section, so the section cannot need it.")
        desk.mistake(at, message, question=asked)
        return False
    if order.places[asked] < wait.first:
        return True
    if asked in order.circle and wait.at in order.circle:
        waiting = [f"“{one}”" for one in order.circle if isinstance(one, str)]
        message = N_("These questions wait for each other, so none is ever asked: {questions}.")
        desk.mistake(at, message, questions=", ".join(waiting[:MOST_NAMED]))
    else:
        message = N_("“{question}” comes later. A condition can only look at earlier questions.")
        desk.mistake(at, message, question=asked)
    return False


def _leaves(condition: Condition, at: KeyPath) -> Iterator[tuple[KeyPath, Leaf]]:
    match condition:
        case All(parts) | Any(parts):
            key = "all" if isinstance(condition, All) else "any"
            for place, part in enumerate(parts):
                yield from _leaves(part, (*at, key, place))
        case Not(part):
            yield from _leaves(part, (*at, "not"))
        case _:
            yield at, condition


def _check_value(
    desk: Desk, at: KeyPath, leaf: Leaf, question: Question, scales: dict[str, Scale]
) -> None:
    key = next(key for key in plain(leaf) if key != "question")
    if question.kind not in _ASKED_OF[key]:
        message = N_("“{key}” does not fit “{question}”, which is of the kind “{kind}”.")
        desk.mistake((*at, key), message, key=key, question=question.id, kind=question.kind)
        return
    match leaf:
        case Is(_, value) if question.kind is QuestionKind.YES_NO:
            message = N_("“{question}” is answered with “yes” or “no”, not with “{word}”.")
            desk.known((*at, key), value, YES_NO, message, question=question.id)
        case Is(_, value) | Includes(_, value) if question.options:
            options = [option.id for option in question.options]
            message = N_("“{question}” has no option “{word}”. The nearest one is “{nearest}”.")
            desk.known((*at, key), value, options, message, question=question.id)
        case Is(_, value) if not _fits(value, question, scales):
            message = N_("“{value}” cannot be an answer to “{question}”.")
            desk.mistake((*at, key), message, value=value, question=question.id)
        case _:
            pass


def _fits(value: str, question: Question, scales: dict[str, Scale]) -> bool:
    try:
        if question.kind is QuestionKind.DATE:
            return date.fromisoformat(value).isoformat() == value
        number = float(value)
    except ValueError:
        return False
    if question.kind is QuestionKind.NUMBER:
        return math.isfinite(number) and value == _figures(number)
    scale = scales.get(question.scale or NUMBERS)
    return scale is None or value in map(str, range(scale.first, scale.last + 1))
