"""How a spreadsheet calls what a guide calls by an id, and in which language its columns are.

Ids are short words with hyphens; a form's names are words with underscores, as every program
that works with forms expects them. `went-well` is `went_well`, and back.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Collection
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from caseworker_app.domain.guide import FORMS

_TAG = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z]+)*)")
_CODE = re.compile(rf"\({_TAG.pattern}\)$")
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


def to_id(name: str) -> str:
    """The id that belongs to a name. The same name always gets the same one."""
    letters = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    found = _NOT_IN_IDS.sub("-", re.sub(r"[\u0300-\u036f]", "", letters).lower()).strip("-")
    return found or f"q-{zlib.crc32(name.encode()):08x}"


def to_name(given: str) -> str:
    """The name that belongs to an id: it begins with a letter or an underscore."""
    name = given.replace("-", "_")
    return name if name[:1].isalpha() else f"_{name}"


def unlike(wanted: str, taken: Collection[str], sign: str) -> str:
    """The name, or, when it is taken, the next free one: age, age-2, age-3."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}{sign}{number}"
    return found


def tag_of(column: str) -> str:
    """The language of a column: "Deutsch, du (de-informal)" is de-informal. Empty if not clear."""
    word = column.strip()
    if found := _CODE.search(word) or _TAG.fullmatch(word):
        code, form = found.group(1).lower(), found.group(2)[1:].lower()
        return f"{code}-{form}" if form in FORMS and form else code
    return _english().get(word.casefold()) or _own_names().get(word.casefold(), "")


def column_of(tag: str) -> str:
    """What the column of a language is called: "Deutsch (de)"."""
    language = tag.partition("-")[0]
    try:
        name = Locale.parse(language).get_display_name()
    except (UnknownLocaleError, ValueError):  # the program ships few languages' own names
        name = Locale("en").languages.get(language)
    name = name or language
    return f"{name[:1].upper()}{name[1:]} ({tag})"


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    named = Locale("en").languages.items()
    return {name.casefold(): code for code, name in named if _TAG.fullmatch(code)}


@lru_cache(maxsize=1)
def _own_names() -> dict[str, str]:
    """What languages call themselves; only a form that names one without its code needs it."""
    codes = [code for code in locale_identifiers() if re.fullmatch("[a-z]{2,3}", code)]
    return {(Locale(code).get_display_name() or code).casefold(): code for code in codes}
