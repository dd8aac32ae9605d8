"""A guide file while it is being read: its texts, numbers and ids, and every mistake found so far.

Where something is missing it is filled in merely to find the next mistake too; a guide with a
mistake is never handed out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from caseworker_app.content.toml_lines import KeyPath, TomlLines
from caseworker_app.i18n import N_, translated

T = TypeVar("T")
Table = dict[str, Any]

MOST_SHOWN = 200

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EXPECTED: Mapping[type, str] = {
    str: N_("“{key}” must be a text in quotation marks."),
    int: N_("“{key}” must be a whole number, without quotation marks."),
    float: N_("“{key}” must be a number, without quotation marks."),
    bool: N_("“{key}” must be true or false, without quotation marks."),
    list: N_("“{key}” must be a list."),
    dict: N_("“{key}” must be given for each language, for example as “{key}.de”."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a guide file. `message` is marked English; `fields` fill its gaps.

    In a spreadsheet `line` is a row of `sheet`.
    """

    file: str
    line: int
    message: str
    fields: Mapping[str, str | int] = field(default_factory=dict)
    sheet: str = ""

    @property
    def place(self) -> str:
        """Where it stands: "tiny/1.toml:12", "form.xlsx:survey:12"."""
        return ":".join(str(part) for part in (self.file, self.sheet, self.line) if part)

    @property
    def reason(self) -> str:
        """The mistake in plain words, in the language of the screen."""
        return translated(self.message).format(**self.fields)


class Desk:
    """Where a file lies open while a guide is built from it."""

    def __init__(self, file: str, source: str) -> None:
        self._file = file
        self._source = source
        self._ids: dict[tuple[str, str], KeyPath] = {}
        self.languages: tuple[str, ...] = ()
        self.participant_languages: tuple[str, ...] = ()
        self.problems: list[Problem] = []

    @cached_property
    def _lines(self) -> TomlLines:
        """Where each key stands. Only a file with a mistake needs it."""
        return TomlLines(self._source)

    def place(self, at: KeyPath) -> tuple[str, int]:
        """The sheet, if the file has sheets, and the line of `at`."""
        return "", self._lines.line(at)

    def mistake(self, at: KeyPath, message: str, **fields: str | int) -> None:
        """Note a mistake at the line of `at`."""
        shown = {name: _short(value) for name, value in fields.items()}
        sheet, line = self.place(at)
        self.problems.append(Problem(self._file, line, message, shown, sheet))

    def known(
        self, at: KeyPath, word: str, words: Collection[str], message: str, **fields: str
    ) -> bool:
        """Whether `word` is one of `words`; if not, the mistake names the nearest of them."""
        if word in words:
            return True
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a file with a mistake needs it

        nearest = process.extractOne(word, tuple(words), scorer=fuzz.ratio)[0]
        self.mistake(at, message, word=word, nearest=nearest, **fields)
        return False

    def keys(self, at: KeyPath, table: Table, known: tuple[str, ...]) -> None:
        """Every key must be a known one: a mistyped one would otherwise be ignored in silence."""
        message = N_("“{word}” is not a key that belongs here. The nearest one is “{nearest}”.")
        for key in table:
            self.known((*at, key), key, known, message)

    def typed(self, at: KeyPath, found: object, default: T) -> T:
        """`found`, if it is of the same type as `default`."""
        if type(found) is type(default):
            return found
        self.mistake(at, _EXPECTED[type(default)], key=_named(at))
        return default

    def value(self, at: KeyPath, table: Table, key: str, default: T) -> T:
        """The value of `key`, which must be there."""
        if key not in table:
            self.mistake(at, N_("“{key}” is missing here."), key=key)
            return default
        return self.typed((*at, key), table[key], default)

    def flag(self, at: KeyPath, table: Table, key: str) -> bool:
        """Whether `key` says true. A missing one says false."""
        no = False
        return self.typed((*at, key), table.get(key, no), no)

    def number(self, at: KeyPath, table: Table, key: str) -> float | None:
        """The number that `key` gives, whole or not. None when there is none."""
        if key not in table:
            return None
        found = table[key]
        if type(found) in (int, float):
            try:
                number = float(found)
            except OverflowError:
                number = math.inf
            if math.isfinite(number):
                return number
        self.mistake((*at, key), _EXPECTED[float], key=key)
        return None

    def entries(self, at: KeyPath, table: Table, key: str) -> list[tuple[KeyPath, Table]]:
        """The tables listed under `key`, each with its place. A missing list is an empty one."""
        found = table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
            message = N_("Each of the “{key}” must have its own heading in double brackets.")
            self.mistake((*at, key), message, key=key)
            return []
        return [((*at, key, number), entry) for number, entry in enumerate(found)]

    def identity(self, at: KeyPath, table: Table, among: str) -> str:
        """The id of this entry: well formed, and given only once `among` its like."""
        name = self.value(at, table, "id", "")
        place = (*at, "id")
        if not is_id(name):
            if isinstance(table.get("id"), str):
                message = N_("The id “{id}” may hold only small letters a to z, figures, hyphens.")
                self.mistake(place, message, id=name)
            return name
        first = self._ids.setdefault((among, name), place)
        if first != place:
            message = N_("The id “{id}” was already given in line {first}.")
            self.mistake(place, message, id=name, first=self.place(first)[1])
        return name


def is_id(name: str) -> bool:
    """Whether this can be the id of something in a guide, or of a guide."""
    return _ID.fullmatch(name) is not None


def _short(value: str | int) -> str | int:
    """What an author wrote as a sentence can hold it."""
    if isinstance(value, str) and len(value) > MOST_SHOWN:
        return f"{value[: MOST_SHOWN - 1]}…"
    return value


def _named(at: KeyPath) -> str:
    """What to call the place in a sentence: the key itself, or for an entry that of its list."""
    return next(str(part) for part in reversed(at) if isinstance(part, str))
