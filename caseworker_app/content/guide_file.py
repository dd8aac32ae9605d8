"""Builds a guide from the text of its file, and finds every mistake in it at once.

`docs/guides.md` describes the format for the people who write guides, `guide.schema.json` for
their editors.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from caseworker_app import paths
from caseworker_app.content import conditions, scales, texts
from caseworker_app.content.desk import Desk, Problem, Table
from caseworker_app.content.questions import NO_DOMAIN, question
from caseworker_app.content.toml_lines import KeyPath
from caseworker_app.domain.guide import Guide, Question, Scale, Section
from caseworker_app.domain.life import BY_ID
from caseworker_app.i18n import N_

GUIDE_KEYS = (
    "id",
    "version",
    "languages",
    "participant_languages",
    "title",
    "purpose",
    "never",
    "scales",
    "sections",
)
SECTION_KEYS = (
    "id",
    "title",
    "pictogram",
    "domains",
    "sensitive",
    "closing",
    "when",
    "questions",
)

_LONG_KEY = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){100}""")
_AT_LINE = re.compile(r"\(at line (\d+),")

Built = tuple[Guide | None, tuple[Problem, ...]]


def build(file: str, source: str) -> Built:
    """The guide, or else all mistakes from the top down. `file` is how a mistake calls it."""
    if endless := _LONG_KEY.search(source):  # takes the parser minutes
        line = source.count("\n", 0, endless.start()) + 1
        return None, (Problem(file, line, N_("A key in this line has far too many dots.")),)
    try:
        data = tomllib.loads(source)
    except RecursionError:
        return None, (_too_deep(file),)
    except ValueError as error:
        return None, (_not_toml(file, source, str(error)),)
    try:
        return build_from(Desk(file, source), data)
    except RecursionError:
        return None, (_too_deep(file),)


def build_from(desk: Desk, data: Table) -> Built:
    """The same from the keys of a file, wherever they come from; `desk` knows where they stand."""
    guide = _guide(desk, data)
    problems = tuple(sorted(desk.problems, key=lambda problem: (problem.sheet, problem.line)))
    return (None if problems else guide), problems


def _guide(desk: Desk, data: Table) -> Guide:
    desk.keys((), data, GUIDE_KEYS)
    texts.read_languages(desk, data)
    version = desk.value((), data, "version", 0)
    if version < 1 and type(data.get("version")) is int:
        desk.mistake(("version",), N_("The version must be 1 or more."))
    if "purpose" not in data:
        desk.value((), data, "purpose", Table())
    known = scales.read(desk, data)
    entries = desk.entries((), data, "sections")
    guide = Guide(
        id=desk.identity((), data, "guides"),
        version=version,
        languages=desk.languages,
        participant_languages=desk.participant_languages,
        title=texts.words(desk, (), data, "title"),
        purpose=texts.coach_words(desk, (), data, "purpose"),
        never=texts.coach_words(desk, (), data, "never"),
        scales=known,
        sections=tuple(_section(desk, *entry, known) for entry in entries),
    )
    if not guide.sections:
        desk.mistake((), N_("This guide has no sections."))
    conditions.check(desk, guide.sections, known)
    return guide


def _section(desk: Desk, at: KeyPath, table: Table, known: tuple[Scale, ...]) -> Section:
    desk.keys(at, table, SECTION_KEYS)
    entries = desk.entries(at, table, "questions")
    section = Section(
        id=desk.identity(at, table, "sections"),
        title=texts.words(desk, at, table, "title"),
        pictogram=desk.value(at, table, "pictogram", ""),
        domains=_domains(desk, at, table),
        questions=tuple(question(desk, *entry, known) for entry in entries),
        sensitive=desk.flag(at, table, "sensitive"),
        closing=desk.flag(at, table, "closing"),
        when=conditions.read(desk, at, table),
    )
    if isinstance(table.get("pictogram"), str):
        message = N_("There is no pictogram “{word}”. The nearest one is “{nearest}”.")
        desk.known((*at, "pictogram"), section.pictogram, pictograms(), message)
    if not section.questions:
        desk.mistake(at, N_("This section has no questions."))
    if not section.sensitive:
        _check_sensitive(desk, at, section)
    return section


def _domains(desk: Desk, at: KeyPath, table: Table) -> tuple[str, ...]:
    place = (*at, "domains")
    listed: list[object] = desk.typed(place, table.get("domains", []), [])
    found: dict[str, None] = {}
    for number, entry in enumerate(listed):
        domain = desk.typed((*place, number), entry, "")
        if domain in found:
            desk.mistake((*place, number), N_("“{word}” is named twice."), word=domain)
        elif isinstance(entry, str) and desk.known((*place, number), domain, BY_ID, NO_DOMAIN):
            found[domain] = None
    return tuple(found)


def _check_sensitive(desk: Desk, at: KeyPath, section: Section) -> None:
    """What a section touches makes it sensitive: its own domains, and those its questions rate."""
    message = N_("{domain} is a sensitive life domain. Add “sensitive = true” to the section.")
    for domain in section.domains:
        if BY_ID[domain].sensitive:
            desk.mistake((*at, "domains"), message, domain=domain)
    for number, one in enumerate(section.questions):
        if _is_sensitive(one):
            desk.mistake((*at, "questions", number, "domain"), message, domain=one.domain)


def _is_sensitive(one: Question) -> bool:
    return one.domain in BY_ID and BY_ID[one.domain].sensitive


@lru_cache(maxsize=1)
def pictograms() -> tuple[str, ...]:
    """The names of all pictograms that ship with the program."""
    return tuple(sorted(file.stem for file in (paths.resources() / "pictograms").glob("*.svg")))


def _too_deep(file: str) -> Problem:
    return Problem(file, 1, N_("The brackets in this file are nested too deeply."))


def _not_toml(file: str, source: str, complaint: str) -> Problem:
    """The parser's complaint in plain words. It names a line, or it came to the end of the file."""
    found = _AT_LINE.search(complaint)
    line = int(found.group(1)) if found else source.rstrip().count("\n") + 1
    if complaint.startswith("Cannot"):
        return Problem(file, line, N_("This key or heading stands in the file a second time."))
    return Problem(
        file,
        line,
        N_("This line cannot be read. Is a quotation mark, a bracket or an equals sign missing?"),
    )
