"""The gate for words: every sentence is translated, whole, and written as the language writes it.

Each problem names the file, the line, the sentence and what to do about it.
"""

from __future__ import annotations

import re
import string
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

from babel.messages.catalog import Catalog, Message

from caseworker_app.i18n import LANGUAGES, NAMES
from tools import strings

MOST_SHOWN = 40

# Said in English in these languages too. Single words need no entry.
SAME_IN_ENGLISH = frozenset({"Caseworker {version}"})

# Words that coaches read differently than we meant them, and what is said instead: the glossary of
# docs/decisions/004-words.md. The beginning of a word is enough.
SAID_OTHERWISE = {
    "de": {"versiegel": "verschlüsselt", "abgemeldet": "Zugang entzogen"},
    "nl": {
        "verzegel": "versleuteld",
        "afgemeld": "toegang ingetrokken",
        "bijwerken": "uitwisselen",
        "bijgewerkt": "uitgewisseld",
    },
}

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
WORD = re.compile(r"[^\W\d_]{2,}")
FIELD = re.compile(r"\{[^{}]*\}")

Check = Callable[[str, str, str], str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where, and how it is mended."""

    file: Path
    line: int
    sentence: str
    what: str

    def __str__(self) -> str:
        """One line, as editors and people read it."""
        shown = f"{shorten(self.sentence, 60, placeholder=' ...')!r}: " if self.sentence else ""
        return f"{self.file.as_posix()}:{self.line}: {shown}{self.what}"


def fields(text: str) -> set[str] | None:
    """The named fields of a sentence; None if its curly brackets do not pair."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def different_fields(source: str, translation: str, _language: str) -> str:
    """A field that is lost leaves a gap in the sentence; one too many stops the program."""
    wanted, found = fields(source), fields(translation)
    if wanted == found:
        return ""
    if found is None:
        return "the curly brackets do not pair."
    names = ", ".join(f"{{{name}}}" for name in sorted((wanted or set()) ^ found))
    return f"use the fields of the English sentence and no others (differs: {names})."


def different_edges(source: str, translation: str, _language: str) -> str:
    """Sentences are put together by the spaces and line breaks around them."""
    before = (source[: len(source) - len(source.lstrip())], source[len(source.rstrip()) :])
    after = (
        translation[: len(translation) - len(translation.lstrip())],
        translation[len(translation.rstrip()) :],
    )
    if before != after:
        return "begin and end with the same spaces and line breaks as the English sentence."
    if source.count("\n") != translation.count("\n"):
        return "use as many line breaks as the English sentence."
    return ""


def left_in_english(source: str, translation: str, _language: str) -> str:
    """More than one word, and not one of them translated."""
    words = WORD.findall(FIELD.sub("", source))
    if source != translation or len(words) < 2 or source in SAME_IN_ENGLISH:  # noqa: PLR2004
        return ""
    return "this is still English. Translate it, or name it in SAME_IN_ENGLISH."


def foreign_quotes(_source: str, translation: str, language: str) -> str:
    """„So“ in German, “zo” in Dutch, and ’ for an apostrophe; never the signs of a typewriter."""
    text = TAG.sub("", translation)
    opening, closing, never = ("„", "“", "”") if language == "de" else ("“", "”", "„")
    if '"' in text or "'" in text:
        return f"write {opening}…{closing} for quotes and ’ for an apostrophe."
    if never in text or text.count(opening) != text.count(closing):
        return f"quotes are written {opening}…{closing} here."
    return ""


def unknown_markup(source: str, translation: str, _language: str) -> str:
    """A tag that the English sentence does not have would be shown, or lost."""
    extra = Counter(TAG.findall(translation)) - Counter(TAG.findall(source))
    lost = Counter(TAG.findall(source)) - Counter(TAG.findall(translation))
    if extra or lost:
        return f"use the same markup as the English sentence ({' '.join([*extra, *lost])})."
    if translation.count("&") > source.count("&"):
        return "write “and” as a word: the sign & marks a key in a menu."
    return ""


def said_otherwise(_source: str, translation: str, language: str) -> str:
    """One word for one thing, and none that says something else to a coach."""
    found = re.findall(r"\w+", translation.lower())
    for word, instead in SAID_OTHERWISE.get(language, {}).items():
        if any(one.startswith(word) for one in found):
            return f"write “{instead}” instead of “{word}…” (see docs/decisions/004-words.md)."
    return ""


CHECKS: tuple[Check, ...] = (
    different_fields,
    different_edges,
    left_in_english,
    foreign_quotes,
    unknown_markup,
    said_otherwise,
)


def pairs(message: Message) -> list[tuple[str, str]]:
    """Every form of a translation beside the English form it stands for.

    One may be said without its number (“one goal”), in English as in the translation.
    """
    if isinstance(message.id, str):
        return [(message.id, strings.forms(message)[0])]
    one, *others = strings.forms(message)
    single = (message.id[0].replace("{count}", "1"), one.replace("{count}", "1"))
    return [single, *((message.id[1], other) for other in others)]


def problems_of(message: Message, language: str) -> Iterator[str]:
    """What is wrong with one translation."""
    name = NAMES[language]
    if not all(strings.forms(message)):
        yield f"{name} is missing. Translate it."
        return
    if message.fuzzy:
        yield "this is marked as a guess. Look at it, then delete the word “fuzzy”."
    for source, translation in pairs(message):
        yield from filter(None, (check(source, translation, language) for check in CHECKS))


def check_catalogue(
    catalog: Catalog, template: Catalog, language: str, file: Path
) -> list[Problem]:
    """Everything that is wrong with the translations into one language."""
    found = []
    for wanted in strings.sentences(template):
        message = catalog.get(wanted.id, wanted.context)
        sentence = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
        if message is None or isinstance(message.id, str) != isinstance(wanted.id, str):
            found.append(Problem(file, 1, sentence, "not in this file yet. Run `make strings`."))
            continue
        line = message.lineno or 1
        found += [Problem(file, line, sentence, w) for w in problems_of(message, language)]
    known = {(_first(m), m.context) for m in strings.sentences(template)}
    gone = [m for m in strings.sentences(catalog) if (_first(m), m.context) not in known]
    for message in [*gone, *catalog.obsolete.values()]:
        what = "the program does not say this any more. Run `make strings`."
        found.append(Problem(file, message.lineno or 1, _first(message), what))
    return found


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def check_template(now: Catalog, file: Path) -> list[Problem]:
    """The template must hold what the program says, no more and no less."""
    if file.exists() and file.read_text("utf-8") == strings.as_text(now):
        return []
    return [Problem(file, 1, "", "does not hold what the program says now. Run `make strings`.")]


def main() -> int:
    """Name every problem, at most as many as a person reads."""
    now = strings.collected()
    found = check_template(now, strings.TEMPLATE)
    for language in LANGUAGES:
        file = strings.catalogue_file(language)
        if file.exists():
            found += check_catalogue(strings.read(file, language), now, language, file)
        else:
            found.append(Problem(file, 1, "", f"{NAMES[language]} is missing. Run `make strings`."))
    for problem in found[:MOST_SHOWN]:
        print(problem)
    if len(found) > MOST_SHOWN:
        print(f"and {len(found) - MOST_SHOWN} more")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
