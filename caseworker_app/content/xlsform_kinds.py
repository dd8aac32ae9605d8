"""How a question of a form is answered, as a guide says it; or why a guide has no such question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyxform.aliases import select
from pyxform.constants import RANK, SELECT_ALL_THAT_APPLY, SELECT_ONE
from pyxform.errors import PyXFormError
from pyxform.parsing.parameters import parse
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2json import RE_SELECT

from caseworker_app.content.desk import Table
from caseworker_app.content.xlsform_lists import Choice, Lists, with_other, yes_no
from caseworker_app.content.xlsform_remarks import Remarks
from caseworker_app.content.xlsform_sheets import SURVEY, Row
from caseworker_app.content.xlsform_texts import Spoken
from caseworker_app.domain.guide import QuestionKind
from caseworker_app.domain.talk import NUMBERS
from caseworker_app.i18n import N_

CONSTRAINT = ("bind", "constraint")
APPEARANCE = ("control", "appearance")
FEWEST_OPTIONS = 2

_NOTES = ("note", "add note prompt")
_MULTILINE = "multiline"
_NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"
_BOUND = re.compile(rf"\(?\s*\.\s*(>=|<=|>|<)\s*({_NUMBER})\s*\)?")
_REFINED: Mapping[str, Sequence[QuestionKind]] = {
    QuestionKind.TALK: (QuestionKind.TEXT, QuestionKind.LONG_TEXT),
    QuestionKind.CHOICE: (QuestionKind.YES_NO,),
    QuestionKind.RATING: (QuestionKind.SCALE, QuestionKind.NUMBER),
}
"""What only this program knows, by the kinds a form can say instead."""


@dataclass
class Kind:
    """The kind of a question, with the keys of a guide file that only this kind has."""

    kind: QuestionKind
    keys: Table = field(default_factory=dict)
    choices: Sequence[Choice] = ()
    names: dict[str, str] = field(default_factory=dict)


class Kinds:
    """Finds the kind of each question; what stands in the way it says as it goes."""

    def __init__(self, lists: Lists, spoken: Spoken, remarks: Remarks) -> None:
        self._lists, self._spoken, self._remarks = lists, spoken, remarks

    def of(self, row: Row) -> Kind | None:
        """The kind of this question; None when it stays behind."""
        named = row.get("type")
        if chosen := RE_SELECT.search(named):
            found = self._select(row, **chosen.groupdict())
        elif named == "range":
            found = self._range(row)
        else:
            found = self._plain(row, QUESTION_TYPE_DICT.get(named))
        return found and self._refined(row, found)

    def _select(
        self, row: Row, select_command: str, list_name: str, specify_other: str | None
    ) -> Kind | None:
        sort = select[select_command]
        if sort == RANK or list_name.startswith("${"):
            self._left_out(row)
            return None
        if sort not in (SELECT_ONE, SELECT_ALL_THAT_APPLY) or "file" in select_command:
            message = N_("“{name}” is left out, because its options lie in another file.")
            self._remarks.note((SURVEY, row.number), message, name=row.get("name"))
            return None
        choices = self._lists.get(list_name, ())
        if specify_other:
            choices = with_other(choices, self._spoken)
        if len(choices) < FEWEST_OPTIONS:
            self._without_options(row, list_name, choices)
            return None
        if row.get("choice_filter"):
            message = N_("“{name}” offers all of its options; no rule picks out some of them.")
            self._remarks.note((SURVEY, row.number), message, name=row.get("name"))
        answers = yes_no(choices) if sort == SELECT_ONE else None
        if answers:
            return Kind(QuestionKind.YES_NO, {}, choices, answers)
        kind = QuestionKind.CHOICE if sort == SELECT_ONE else QuestionKind.CHOICES
        return Kind(kind, {}, choices, {choice.id: choice.name for choice in choices})

    def _without_options(self, row: Row, named: str, choices: Sequence[Choice]) -> None:
        at = (SURVEY, row.number)
        if choices:
            message = N_("“{name}” is left out, because it has only one option.")
            self._remarks.note(at, message, name=row.get("name"))
        else:
            message = N_("There is no list “{word}” in the sheet “choices”.")
            self._remarks.mistake(at, message, word=named)

    def _plain(self, row: Row, known: Table | None) -> Kind | None:
        """A question whose type is one word."""
        if known is None:
            message = N_("There is no type of question “{word}”.")
            self._remarks.mistake((SURVEY, row.number), message, word=row.get("type"))
            return None
        is_typed = known.get("control", {}).get("tag") == "input"
        match known.get("bind", {}).get("type") if is_typed else "":
            case "string":
                is_long = _MULTILINE in row.get(*APPEARANCE)
                return Kind(QuestionKind.LONG_TEXT if is_long else QuestionKind.TEXT)
            case "int" | "decimal" as sort:
                return self._number(row, whole=sort == "int")
            case "date":
                return Kind(QuestionKind.DATE)
            case "time" | "dateTime":
                message = N_("“{name}” asks for a time; it is answered in a line of text.")
                self._remarks.note((SURVEY, row.number), message, name=row.get("name"))
                return Kind(QuestionKind.TEXT)
        self._left_out(row)
        return None

    def _number(self, row: Row, *, whole: bool) -> Kind:
        keys: Table = {"step": 1} if whole else {}
        bounds = [part for part in re.split(r"\s+and\s+", row.get(*CONSTRAINT)) if part]
        found = [_BOUND.fullmatch(part.strip()) for part in bounds]
        for bound in filter(None, found):
            sign, number = bound.group(1), float(bound.group(2))
            if whole and sign in "<>" and number.is_integer():  # over 17 is from 18 on
                number += 1 if sign == ">" else -1
            keys["least" if sign[0] == ">" else "most"] = number
        if None in found:
            self._unchecked(row)
        return Kind(QuestionKind.NUMBER, keys)

    def _range(self, row: Row) -> Kind | None:
        try:
            given = parse(row.get("parameters"), row.number)
            first, last, step = (
                float(given.get(key, usual))
                for key, usual in (("start", 0), ("end", 10), ("step", 1))
            )
        except (PyXFormError, ValueError):
            message = N_("The parameters of a range are written like “start=0 end=10 step=1”.")
            self._remarks.mistake((SURVEY, row.number), message)
            return None
        if row.ours("scale") or (first, last, step) == (0, 10, 1):
            return Kind(QuestionKind.SCALE, {"scale": row.ours("scale") or NUMBERS})
        bounds = {"least": min(first, last), "most": max(first, last), "step": step}
        return Kind(QuestionKind.NUMBER, bounds)

    def _refined(self, row: Row, found: Kind) -> Kind:
        """The kind that our own column names, where it goes with what the form says."""
        self._say_what_stays(row, found.kind)
        named = row.ours("kind")
        if named and named != found.kind:
            if found.kind not in _REFINED.get(named, ()):
                message = N_("“{word}” does not go with the type “{type}” and is passed over.")
                at = (SURVEY, row.number)
                self._remarks.note(at, message, word=named, type=row.get("type"))
            elif named == QuestionKind.RATING:
                found = Kind(QuestionKind.RATING, {"domain": row.ours("domains")})
            else:
                names = {choice.id: choice.name for choice in found.choices}
                found = Kind(QuestionKind(named), {}, found.choices, names)
        if found.kind is QuestionKind.NUMBER and row.ours("step"):
            found.keys["step"] = _number(row.ours("step"))
        return found

    def _say_what_stays(self, row: Row, kind: QuestionKind) -> None:
        at = (SURVEY, row.number)
        if row.get(*CONSTRAINT) and kind is not QuestionKind.NUMBER:
            self._unchecked(row)
        if row.get("bind", "required") not in ("", "no", "NO", "FALSE", "false()"):
            message = N_("“required” stays behind: in a talk every question may stay open.")
            self._remarks.note_once(at, message)
        if row.get("default"):
            message = N_("Answers that are filled in beforehand stay behind.")
            self._remarks.note_once(at, message)
        if any(header[0] == "media" for header in row.cells):
            self._remarks.note_once(at, N_("Pictures, sound and films stay behind."))

    def _unchecked(self, row: Row) -> None:
        message = N_("The check “{check}” stays behind.")
        self._remarks.note((SURVEY, row.number), message, check=row.get(*CONSTRAINT))

    def _left_out(self, row: Row) -> None:
        message = N_("“{name}” is left out: a talk has no question of the type “{type}”.")
        at = (SURVEY, row.number)
        self._remarks.note(at, message, name=row.get("name"), type=row.get("type"))


def is_note(row: Row) -> bool:
    """Whether it only tells something."""
    return row.get("type") in _NOTES


def is_hidden(row: Row) -> bool:
    """Whether the one who fills in a form never sees it: when it was begun, on which phone."""
    known = QUESTION_TYPE_DICT.get(row.get("type"))
    if known is None or "calculate" in row.get("type"):
        return False
    return "control" not in known or known["control"]["tag"] == "action"


def _number(text: str) -> float | str:
    """A number where it is one; anything else is found out when the guide is checked."""
    try:
        return float(text)
    except ValueError:
        return text
