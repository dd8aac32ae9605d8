"""Builds a guide from what stands in its file, and finds every mistake in it at once.

`docs/guides.md` describes the format for the people who write guides. Where something is missing
it is filled in here merely to find the next mistake too; such a guide is never handed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeVar

from caseworker_app import paths
from caseworker_app.content.toml_lines import KeyPath, TomlLines
from caseworker_app.domain.guide import Guide, Option, Question, QuestionKind, Section, Words
from caseworker_app.domain.life import BY_ID
from caseworker_app.i18n import N_, translated

T = TypeVar("T")
Table = dict[str, Any]

FEWEST_OPTIONS = 2
CHOSEN = (QuestionKind.CHOICE, QuestionKind.CHOICES)

GUIDE_KEYS = ("id", "version", "languages", "title", "purpose", "sections")
SECTION_KEYS = ("id", "title", "pictogram", "domains", "sensitive", "closing", "questions")
QUESTION_KEYS = ("id", "kind", "text", "hint", "strength", "options")
OPTION_KEYS = ("id", "text")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_EXPECTED: Mapping[type, str] = {
    str: N_("“{key}” must be a text in quotation marks."),
    int: N_("“{key}” must be a whole number, without quotation marks."),
    bool: N_("“{key}” must be true or false, without quotation marks."),
    list: N_("“{key}” must be a list."),
    dict: N_("“{key}” must be given for each language, for example as “{key}.de”."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a guide file. `message` is marked English; `fields` fill its gaps."""

    file: str
    line: int
    message: str
    fields: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The mistake in plain words, in the language of the screen."""
        return translated(self.message).format(**self.fields)


class _Desk:
    """The file while it is being read: where each key stands, and the mistakes found so far."""

    def __init__(self, file: str, lines: TomlLines) -> None:
        self._file = file
        self._lines = lines
        self._ids: dict[tuple[str, str], KeyPath] = {}
        self.languages: tuple[str, ...] = ()
        self.problems: list[Problem] = []

    def mistake(self, at: KeyPath, message: str, **fields: str | int) -> None:
        """Note a mistake at the line of `at`."""
        self.problems.append(Problem(self._file, self._lines.line(at), message, fields))

    def known(self, at: KeyPath, word: str, words: Iterable[str], message: str) -> bool:
        """Whether `word` is one of `words`; if not, the mistake names the nearest of them."""
        known = list(words)
        if word in known:
            return True
        nearest = get_close_matches(word, known, n=1, cutoff=0.0)[0]
        self.mistake(at, message, word=word, nearest=nearest)
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
        if not _ID.fullmatch(name):
            if isinstance(table.get("id"), str):
                message = N_("The id “{id}” may hold only small letters a to z, figures, hyphens.")
                self.mistake(place, message, id=name)
            return name
        first = self._ids.setdefault((among, name), place)
        if first != place:
            message = N_("The id “{id}” was already given in line {first}.")
            self.mistake(place, message, id=name, first=self._lines.line(first))
        return name

    def words(self, at: KeyPath, table: Table, key: str) -> Words:
        """A text in every language of the guide, and in no other."""
        found = self.value(at, table, key, Table())
        place = (*at, key)
        for language in found:
            if self.languages and language not in self.languages:
                message = N_("“{language}” is not one of the languages of this guide.")
                self.mistake((*place, language), message, language=language)
        if key not in table or not isinstance(table[key], dict):
            return Words(())
        return Words(
            tuple((language, self._text(place, found, language)) for language in self.languages)
        )

    def _text(self, at: KeyPath, found: Table, language: str) -> str:
        text = self.typed((*at, language), found.get(language, ""), "").strip()
        if not text and isinstance(found.get(language, ""), str):
            message = N_("The text in the language “{language}” is missing.")
            self.mistake((*at, language), message, language=language)
        return text


def build(
    file: str, data: Table, lines: TomlLines, lies_in: tuple[str, str]
) -> tuple[Guide | None, tuple[Problem, ...]]:
    """The guide, or else all mistakes from the top down. `lies_in`: its folder and its own name."""
    desk = _Desk(file, lines)
    guide = _guide(desk, data)
    if not desk.problems and lies_in != (guide.id, str(guide.version)):
        message = N_("This file must be called “{version}.toml” and lie in a folder “{id}”.")
        desk.mistake(("id",), message, id=guide.id, version=guide.version)
    problems = tuple(sorted(desk.problems, key=lambda problem: problem.line))
    return (None if problems else guide), problems


def _guide(desk: _Desk, data: Table) -> Guide:
    desk.keys((), data, GUIDE_KEYS)
    desk.languages = _languages(desk, data)
    version = desk.value((), data, "version", 0)
    if version < 1 and type(data.get("version")) is int:
        desk.mistake(("version",), N_("The version must be 1 or more."))
    guide = Guide(
        id=desk.identity((), data, "guides"),
        version=version,
        languages=desk.languages,
        title=desk.words((), data, "title"),
        purpose=desk.words((), data, "purpose"),
        sections=tuple(_section(desk, *entry) for entry in desk.entries((), data, "sections")),
    )
    if not guide.sections:
        desk.mistake((), N_("This guide has no sections."))
    return guide


def _languages(desk: _Desk, data: Table) -> tuple[str, ...]:
    listed: list[object] = desk.value((), data, "languages", [])
    if not listed and isinstance(data.get("languages"), list):
        desk.mistake(("languages",), N_("This guide names no language."))
    languages = []
    for number, language in enumerate(listed):
        if isinstance(language, str) and _LANGUAGE.fullmatch(language):
            languages.append(language)
        else:
            message = N_("A language is given by its code, such as “de” or “nl”.")
            desk.mistake(("languages", number), message)
    return tuple(dict.fromkeys(languages))


def _section(desk: _Desk, at: KeyPath, table: Table) -> Section:
    desk.keys(at, table, SECTION_KEYS)
    section = Section(
        id=desk.identity(at, table, "sections"),
        title=desk.words(at, table, "title"),
        pictogram=desk.value(at, table, "pictogram", ""),
        domains=_domains(desk, at, table),
        questions=tuple(_question(desk, *entry) for entry in desk.entries(at, table, "questions")),
        sensitive=desk.flag(at, table, "sensitive"),
        closing=desk.flag(at, table, "closing"),
    )
    if section.pictogram:
        message = N_("There is no pictogram “{word}”. The nearest one is “{nearest}”.")
        desk.known((*at, "pictogram"), section.pictogram, pictograms(), message)
    if not section.questions:
        desk.mistake(at, N_("This section has no questions."))
    for domain in section.domains:
        if BY_ID[domain].sensitive and not section.sensitive:
            message = N_("{domain} is a sensitive life domain. Add “sensitive = true”.")
            desk.mistake((*at, "domains"), message, domain=domain)
    return section


def _domains(desk: _Desk, at: KeyPath, table: Table) -> tuple[str, ...]:
    place = (*at, "domains")
    message = N_("There is no life domain “{word}”. The nearest one is “{nearest}”.")
    listed: list[object] = desk.typed(place, table.get("domains", []), [])
    return tuple(
        domain
        for number, entry in enumerate(listed)
        if (domain := desk.typed((*place, number), entry, ""))
        and desk.known((*place, number), domain, BY_ID, message)
    )


def _question(desk: _Desk, at: KeyPath, table: Table) -> Question:
    desk.keys(at, table, QUESTION_KEYS)
    kind = _kind(desk, at, table)
    options = tuple(_option(desk, *entry) for entry in desk.entries(at, table, "options"))
    if kind in CHOSEN and len(options) < FEWEST_OPTIONS:
        desk.mistake(at, N_("A question of this kind needs at least two options."))
    if kind not in CHOSEN and options:
        desk.mistake((*at, "options"), N_("A question of this kind takes no options."))
    return Question(
        id=desk.identity(at, table, "questions"),
        kind=kind,
        text=desk.words(at, table, "text"),
        hint=desk.words(at, table, "hint") if "hint" in table else Words(()),
        options=options,
        strength=desk.flag(at, table, "strength"),
    )


def _kind(desk: _Desk, at: KeyPath, table: Table) -> QuestionKind:
    named = desk.typed((*at, "kind"), table.get("kind", "talk"), "")
    message = N_("There is no kind of question “{word}”. The nearest one is “{nearest}”.")
    if named and desk.known((*at, "kind"), named, list(QuestionKind), message):
        return QuestionKind(named)
    return QuestionKind.TALK


def _option(desk: _Desk, at: KeyPath, table: Table) -> Option:
    desk.keys(at, table, OPTION_KEYS)
    return Option(desk.identity(at, table, f"options {at[:-2]}"), desk.words(at, table, "text"))


@lru_cache(maxsize=1)
def pictograms() -> tuple[str, ...]:
    """The names of all pictograms that ship with the program."""
    return tuple(sorted(file.stem for file in (paths.resources() / "pictograms").glob("*.svg")))


def _named(at: KeyPath) -> str:
    """What to call the place in a sentence: the key itself, or for an entry that of its list."""
    return next(str(part) for part in reversed(at) if isinstance(part, str))
