"""The texts of a form, in the languages and forms of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from caseworker_app.content.desk import Table
from caseworker_app.content.xlsform_names import column_of, tag_of
from caseworker_app.content.xlsform_remarks import Place, Remarks
from caseworker_app.content.xlsform_sheets import OURS, SETTINGS, SURVEY, Header, Row, Sheet
from caseworker_app.i18n import N_

LABEL = "label"
TOLD = ("hint", "guidance_hint")
"""What the coach is told about a question, as a form calls it."""

_FILLED_IN = re.compile(r"\$\{[^{}]*\}")
_WHOLE, _BROKEN = re.compile("\\$(\u2060*){"), re.compile("\\$\u2060(\u2060*){")
"""In a form "${" begins a name; where a guide means it as it stands, it is broken in two."""


def as_text(text: str) -> str:
    """A text of a guide as a form can hold it."""
    return _WHOLE.sub("$\u2060\\1{", text)


class Spoken:
    """In which languages a form speaks. `languages` are complete: what lacks is filled in."""

    def __init__(
        self, sheets: Mapping[str, Sheet], settings: Row, remarks: Remarks, assumed: str
    ) -> None:
        """`assumed` is the language of texts of which the form does not say it."""
        self._remarks = remarks
        self._lacking: dict[str, list[tuple[Place, str]]] = {}
        self._tags: dict[Header, str] = {}
        survey = sheets[SURVEY]
        default = tag_of(settings.get("default_language"))
        used = [header for header in survey.headers if _speaks(survey, header)]
        if (LABEL,) in used and not default:
            message = N_("The form does not say what language this is. It is read as “{language}”.")
            remarks.note((SURVEY, 1), message, language=column_of(assumed))
        self._unnamed = default or (assumed if (LABEL,) in used else "")
        named = [self._tag(SURVEY, header) for header in used]
        plain = [tag for tag in dict.fromkeys(named) if tag and "-" not in tag]
        self._first = default if default in plain else next(iter(plain), "")
        only_read = settings.ours("participant_languages").split()
        self._unnamed = self._unnamed or self._first
        ordered = dict.fromkeys((self._first, *plain)) if plain else {}
        self.participants = tuple(tag for tag in ordered if tag in only_read)
        self.languages = tuple(tag for tag in ordered if tag not in only_read)

    def texts(self, sheet: str, row: Row, column: str = LABEL) -> Table:
        """A text for the participant, in every language and in the forms that are given."""
        found = self._found(sheet, row, column)
        return self._complete((sheet, row.number), found, (*self.languages, *self.participants))

    def told(self, sheet: str, row: Row, columns: Sequence[str] = TOLD) -> Table:
        """A text for the coach, who has one form; nothing when there is none."""
        found: Table = {}
        for column in columns:
            for tag, text in self._found(sheet, row, column).items():
                found[tag] = f"{found[tag]}\n{text}" if tag in found else text
        kept = {tag: text for tag, text in found.items() if tag in self.languages}
        return self._complete((sheet, row.number), kept, self.languages) if kept else {}

    def title(self, settings: Row, fallback: str) -> Table:
        """What the form is called: it has one title, and in our own columns some more."""
        at = (SETTINGS, settings.number)
        title = self._plain(at, settings.get("title")) or fallback
        found = dict.fromkeys((*self.languages, *self.participants), title)
        for header, text in settings.cells.items():
            if header[0] == OURS and header[1].startswith("title_"):
                found[header[1].removeprefix("title_")] = self._plain(at, text)
        return found

    def say_what_lacks(self) -> None:
        """Note for each language where its texts are missing."""
        for language, places in self._lacking.items():
            message = N_(
                "Texts in {language} are missing, {count} in all; this is the first. "
                "The text in {instead} stands there."
            )
            at, instead = places[0]
            self._remarks.note(
                at,
                message,
                language=column_of(language),
                count=len(places),
                instead=column_of(instead),
            )

    def _found(self, sheet: str, row: Row, column: str) -> Table:
        """By tag; a column that names its language comes before one that does not."""
        found: Table = {}
        for header, text in row.cells.items():
            tag = self._tag(sheet, header) if _is_of(header, column) else ""
            if tag and (header != (column,) or tag not in found):
                found[tag] = self._plain((sheet, row.number), text)
        return found

    def _complete(self, at: Place, found: Table, languages: Sequence[str]) -> Table:
        """What lacks in a language is said in the first one that has it."""
        known = {tag: text for tag, text in found.items() if tag.partition("-")[0] in languages}
        instead = next((language for language in languages if language in known), "")
        for language in languages:
            if instead and language not in known:
                known[language] = known[instead]
                self._lacking.setdefault(language, []).append((at, instead))
        return known

    def _plain(self, at: Place, text: str) -> str:
        if _FILLED_IN.search(text):
            message = N_("“{name}” is not filled in here; three dots stand in its place.")
            self._remarks.note(at, message, name=_FILLED_IN.findall(text)[0])
        return _BROKEN.sub("$\\1{", _FILLED_IN.sub("…", text))

    def _tag(self, sheet: str, header: Header) -> str:
        if header not in self._tags:
            self._tags[header] = self._read_tag(sheet, header)
        return self._tags[header]

    def _read_tag(self, sheet: str, header: Header) -> str:
        if len(header) == 1:
            return self._unnamed
        if header[0] == OURS:
            return header[1].partition("_")[2]
        tag = tag_of(header[1])
        if not tag:
            message = N_(
                "The column “{column}” is left out, because its language is not clear. "
                "Write the code behind it, for example “English (en)”."
            )
            self._remarks.note((sheet, 1), message, column="::".join(header))
        return tag


def _speaks(survey: Sheet, header: Header) -> bool:
    """Whether this column gives questions their text, in at least one row."""
    return header[0] == LABEL and any(header in row.cells for row in survey.rows)


def _is_of(header: Header, column: str) -> bool:
    if header[0] == OURS:
        return header[1].startswith(f"{column}_")
    return header[0] == column and len(header) <= len(("label", "language"))
