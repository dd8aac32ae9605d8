"""Collects the English sentences of the program and keeps the translations in step with them.

`update` writes translations/messages.pot and brings every .po up to date; `compile` makes the .mo
files the program reads. Nothing is guessed: a changed sentence is a new one, to be translated.
"""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from caseworker_app.i18n import DOMAIN, LANGUAGES, NAMES

TRANSLATIONS = Path("translations")
TEMPLATE = TRANSLATIONS / "messages.pot"
MAPPING = TRANSLATIONS / "babel.toml"
SOURCES = ("caseworker_app", "ui")
WIDTH = 100

# Header lines that change with every run and say nothing: left out, so that differences stay quiet.
RESTLESS = re.compile(
    r'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date'
    r"|Last-Translator|Language-Team|Generated-By):.*\n",
    re.MULTILINE,
)


def catalogue_file(language: str) -> Path:
    """The translations into one language, as translators edit them."""
    return TRANSLATIONS / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def collected() -> Catalog:
    """All sentences as they stand in the program now."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "messages.pot"
        pybabel = [sys.executable, "-m", "babel.messages.frontend", "--quiet"]
        command = ["extract", "--mapping-file", str(MAPPING), "--output-file", str(file), *SOURCES]
        subprocess.run([*pybabel, *command], check=True)
        catalog = read(file)
    catalog.header_comment = "# The sentences of Caseworker, collected by `make strings`."
    return catalog


def read(file: Path, language: str | None = None) -> Catalog:
    """A catalogue from its file."""
    with file.open("rb") as stream:
        catalog = read_po(stream, locale=language)
    catalog.fuzzy = False
    return catalog


def as_text(catalog: Catalog, *, with_leftovers: bool = False) -> str:
    """A catalogue as it is written: sorted, without line numbers and dates."""
    stream = BytesIO()
    write_po(
        stream,
        catalog,
        width=WIDTH,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=not with_leftovers,
    )
    return RESTLESS.sub("", stream.getvalue().decode("utf-8"))


def sentences(catalog: Catalog) -> list[Message]:
    """The messages of a catalogue without its header."""
    return [message for message in catalog if message.id]


def forms(message: Message) -> tuple[str, ...]:
    """The translation in all its plural forms; one form where there is no plural."""
    string = message.string
    return tuple(string) if isinstance(string, tuple | list) else (string or "",)


def update() -> None:
    """Write the template and every language's catalogue anew.

    The translation of a sentence that is gone is kept while others are still missing: it may be
    what somebody needs for the changed sentence.
    """
    template = collected()
    TEMPLATE.write_text(as_text(template), "utf-8", newline="\n")
    for language in LANGUAGES:
        file = catalogue_file(language)
        catalog = read(file, language) if file.exists() else Catalog(locale=language)
        catalog.header_comment = f"# {NAMES[language]}: the sentences of Caseworker."
        catalog.fuzzy = False
        catalog.update(template, no_fuzzy_matching=True)
        missing = sum(not all(forms(message)) for message in sentences(catalog))
        file.parent.mkdir(parents=True, exist_ok=True)
        text = as_text(catalog, with_leftovers=missing > 0)
        file.write_text(text, "utf-8", newline="\n")
        print(f"{NAMES[language]}: {len(sentences(catalog))} sentences, {missing} to translate")


def compile_all() -> None:
    """Make the .mo of every .po that is newer."""
    for file in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")):
        compiled = file.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime:
            continue
        with compiled.open("wb") as stream:
            write_mo(stream, read(file, file.parent.parent.name))


if __name__ == "__main__":
    {"update": update, "compile": compile_all}[sys.argv[1]]()
