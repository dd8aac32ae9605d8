"""Reads a guide from a form in XLSForm, the spreadsheet convention of ODK and KoboToolbox.

The form becomes what would stand in a guide's own file, and is checked by the same rules. What a
form can say and a guide cannot is left behind with a note: nothing gets lost in silence.
`docs/xlsform.md` says what is taken over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyxform.aliases import yes_no

from caseworker_app.content import conditions
from caseworker_app.content.desk import Problem, Table
from caseworker_app.content.guide_file import build_from
from caseworker_app.content.toml_lines import KeyPath
from caseworker_app.content.xlsform_conditions import Asked
from caseworker_app.content.xlsform_kinds import Kinds
from caseworker_app.content.xlsform_lists import read_lists
from caseworker_app.content.xlsform_names import to_id
from caseworker_app.content.xlsform_relevant import NotUnderstood
from caseworker_app.content.xlsform_relevant import read as read_relevant
from caseworker_app.content.xlsform_remarks import Place, Remarks, SheetDesk
from caseworker_app.content.xlsform_sheets import (
    CHOICES,
    SCALES,
    SETTINGS,
    SURVEY,
    Row,
    Sheet,
    Unreadable,
    read_sheets,
)
from caseworker_app.content.xlsform_texts import LABEL, Spoken
from caseworker_app.content.xlsform_walk import Asking, Group, Part, Relevant, Walk
from caseworker_app.domain.condition import All, Condition
from caseworker_app.domain.guide import Guide, QuestionKind
from caseworker_app.domain.life import BY_ID
from caseworker_app.i18n import N_

PICTOGRAM = "L05_language"
"""For a section that names no life domain: people talking."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The guide, or else the mistakes; and the notes: what was not taken over, row by row."""

    guide: Guide | None
    mistakes: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def read(path: Path, language: str) -> Taken:
    """The guide in this file. `language` is that of texts of which the form does not say it."""
    try:
        raw = path.read_bytes()
    except OSError:
        message = N_("This file cannot be opened.")
        return Taken(None, (Problem(path.name, 1, message),), ())
    return read_raw(path.name, raw, language)


def read_raw(file: str, raw: bytes, language: str) -> Taken:
    """The guide in these bytes; `file` is how a mistake calls them."""
    remarks = Remarks(file)
    try:
        sheets = read_sheets(file, raw)
    except Unreadable as refused:
        return Taken(None, refused.problems, ())
    if not _is_form(sheets, remarks):
        return Taken(None, tuple(remarks.mistakes), ())
    return _Form(file, sheets, language, remarks).taken()


def _is_form(sheets: Mapping[str, Sheet], remarks: Remarks) -> bool:
    """Whether there is a survey with its columns."""
    if SURVEY not in sheets:
        remarks.mistake(("", 1), N_("There is no sheet “survey” in this file."))
        return False
    headers = sheets[SURVEY].headers
    for column in ("type", "name", LABEL):
        if not any(header[0] == column for header in headers):
            message = N_("There is no column “{column}” in the first row.")
            remarks.mistake((SURVEY, 1), message, column=column)
    return not remarks.mistakes


class _Form:
    """A form that is being made into the keys of a guide file, each with its place."""

    def __init__(
        self, file: str, sheets: Mapping[str, Sheet], language: str, remarks: Remarks
    ) -> None:
        self._file, self._sheets, self._remarks = file, sheets, remarks
        rows = sheets[SETTINGS].rows if SETTINGS in sheets else ()
        self._settings = rows[0] if rows else Row(2, {})
        self._spoken = Spoken(sheets, self._settings, remarks, language)
        self._places: dict[KeyPath, Place] = {
            (key,): (SETTINGS, self._settings.number)
            for key in ("id", "version", "title", "purpose", "never")
        }
        self._asked: dict[str, Asked | None] = {}

    def taken(self) -> Taken:
        """All of it, checked."""
        name = self._settings.get("id_string") or Path(self._file).stem
        title = self._spoken.title(self._settings, name)
        purpose = self._spoken.told(SETTINGS, self._settings, ("purpose",))
        never = self._spoken.told(SETTINGS, self._settings, ("never",))
        data: Table = {
            "id": to_id(name),
            "version": self._version(),
            "languages": list(self._spoken.languages),
            "title": title,
            "purpose": purpose or {one: title[one] for one in self._spoken.languages},
            **({"never": never} if never else {}),
            "scales": [self._scale(*one) for one in enumerate(self._rows(SCALES))],
            "sections": self._sections(name, title),
        }
        if self._spoken.participants:
            data["participant_languages"] = list(self._spoken.participants)
        self._spoken.say_what_lacks()
        guide, problems = build_from(SheetDesk(self._file, self._places), data)
        mistakes = _sorted([*self._remarks.mistakes, *problems])
        return Taken(None if mistakes else guide, mistakes, _sorted(self._remarks.notes))

    def _rows(self, sheet: str) -> Sequence[Row]:
        return self._sheets[sheet].rows if sheet in self._sheets else ()

    def _version(self) -> int:
        given = self._settings.get("version")
        if given.isdecimal() and int(given):
            return int(given)
        message = N_("The form has no whole number as its version. The guide gets version 1.")
        self._remarks.note((SETTINGS, self._settings.number), message)
        return 1

    def _scale(self, number: int, row: Row) -> Table:
        self._places["scales", number] = (SCALES, row.number)
        ends = {key: self._spoken.texts(SCALES, row, key) for key in ("low", "middle", "high")}
        return {
            "id": row.get("name"),
            **{key: _whole(row.get(key)) for key in ("first", "last")},
            **{key: texts for key, texts in ends.items() if texts},
            "faces": _says_yes(row.get("faces")),
        }

    def _sections(self, name: str, title: Table) -> list[Table]:
        lists = read_lists(self._sheets.get(CHOICES, Sheet(CHOICES)), self._spoken, self._remarks)
        form = Group(name, Row(1, {}), title)
        kinds = Kinds(lists, self._spoken, self._remarks)
        walk = Walk(form, kinds, self._spoken, self._remarks)
        walk.go(self._rows(SURVEY))
        questions = [one for part in walk.parts for one in part.questions]
        self._asked = {one.row.get("name"): _as_asked(one) for one in questions}
        self._asked |= dict.fromkeys(walk.left_out)
        return [self._section(("sections", number), part) for number, part in enumerate(walk.parts)]

    def _section(self, at: KeyPath, part: Part) -> Table:
        row = part.group.row
        self._places[at] = (SURVEY, row.number)
        domains = row.ours("domains").split()
        touched = [*domains, *(str(one.kind.keys.get("domain")) for one in part.questions)]
        is_sensitive = any(one in BY_ID and BY_ID[one].sensitive for one in touched)
        named = BY_ID[domains[0]].pictogram if domains and domains[0] in BY_ID else PICTOGRAM
        return {
            "id": part.id,
            "title": part.group.texts,
            "pictogram": row.ours("pictogram") or named,
            "domains": domains,
            "sensitive": is_sensitive or _says_yes(row.ours("sensitive")),
            "closing": _says_yes(row.ours("closing")),
            **self._when(part.whens),
            "questions": [
                self._question((*at, "questions", number), one)
                for number, one in enumerate(part.questions)
            ],
        }

    def _question(self, at: KeyPath, asking: Asking) -> Table:
        self._places[at] = (SURVEY, asking.row.number)
        found: Table = {
            "id": asking.id,
            "kind": asking.kind.kind.value,
            "text": asking.texts,
            "strength": _says_yes(asking.row.ours("strength")),
            **asking.kind.keys,
            **self._when(asking.whens),
        }
        if asking.told:
            found["hint"] = asking.told
        if asking.kind.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
            found["options"] = [{"id": one.id, "text": one.texts} for one in asking.kind.choices]
            for number, one in enumerate(asking.kind.choices):
                self._places[(*at, "options", number)] = (CHOICES, one.row)
        return found

    def _when(self, whens: Sequence[Relevant]) -> Table:
        """All these conditions as one; what a guide cannot say is left behind with a note."""
        parts = [part for when in whens if (part := self._condition(when))]
        if not parts:
            return {}
        return {"when": conditions.plain(parts[0] if len(parts) == 1 else All(tuple(parts)))}

    def _condition(self, when: Relevant) -> Condition | None:
        try:
            return read_relevant(when.expression, self._asked)
        except NotUnderstood:
            message = N_("The condition “{condition}” stays behind: “{name}” is always asked.")
            at = (SURVEY, when.row)
            self._remarks.note(at, message, condition=when.expression, name=when.name)
            return None


def _as_asked(asking: Asking) -> Asked:
    kind = asking.kind
    is_whole = kind.kind is not QuestionKind.NUMBER or kind.keys.get("step") == 1
    return Asked(asking.id, asking.row.get("name"), kind.kind, kind.names, is_whole)


def _says_yes(text: str) -> bool:
    return bool(yes_no.get(text))


def _whole(text: str) -> int | str:
    """A whole number where it is one; anything else is found out when the guide is checked."""
    return int(text) if text.removeprefix("-").isdecimal() else text


def _sorted(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """From the top of the form down, each thing once."""
    order = {"": 0, SURVEY: 1, CHOICES: 2, SETTINGS: 3, SCALES: 4}
    return tuple(sorted(found, key=lambda one: (order[one.sheet], one.line)))
