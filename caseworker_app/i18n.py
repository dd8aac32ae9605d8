"""The words of the program in the coach's language, and in another one for the printed plan.

English is the source. `use(language)` is called once at the start and again when the coach picks
another language; nothing is translated at import. Printing takes a `Texts` of its own, because a
plan may be printed in another language than the screen's.

The first window shows sentences alone, so Babel is imported with the first date or number.
"""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import gettext as _gettext
from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache

from caseworker_app import paths

LANGUAGES = ("de", "nl")
NAMES = {"de": "Deutsch", "nl": "Nederlands", "en": "English"}
DOMAIN = "caseworker"


def N_(message: str) -> str:
    """Mark a sentence for the translators; it is translated where it is shown."""
    return message


_WEEKDAY = {"de": "EEEE, d. MMMM", "nl": "EEEE d MMMM"}
_FIGURES = {"de": "dd.MM.y", "nl": "dd-MM-y"}
"""Babel's own forms shorten the weekday or the year, or write the month in letters."""


@lru_cache(maxsize=8)
def _catalogue(language: str) -> _gettext.NullTranslations:
    if language == "en":
        return _gettext.NullTranslations()
    with (paths.translations() / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return _gettext.GNUTranslations(file)


class Texts:
    """All words, dates and numbers in one language."""

    def __init__(self, language: str) -> None:
        """`language` is one of `LANGUAGES`, or "en" for the source itself."""
        self.language = language
        self._locale = language  # Babel reads it with the first date
        self._catalogue = _catalogue(language)

    def gettext(self, message: str) -> str:
        """The sentence in this language; an empty one stays empty."""
        return self._catalogue.gettext(message) if message else ""

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The right form for `count`. The caller fills in `{count}`."""
        return self._catalogue.ngettext(one, many, count)

    def pgettext(self, context: str, message: str) -> str:
        """The sentence as it is said in this context: one English word may need two."""
        return self._catalogue.pgettext(context, message)

    def day(self, day: date) -> str:
        """A date as it is spoken: 23. November 2026, 23 november 2026."""
        return self._day(day, "long")

    def day_short(self, day: date) -> str:
        """A date in figures with the whole year: 23.11.2026, 23-11-2026."""
        return self._day(day, _FIGURES.get(self.language, "medium"))

    def weekday(self, day: date) -> str:
        """A date with its weekday, without the year: Montag, 23. November."""
        return self._day(day, _WEEKDAY.get(self.language, "EEEE, d MMMM"))

    def weekday_year(self, day: date) -> str:
        """A date with weekday and year: Montag, 23. November 2026."""
        return self._day(day, "full")

    def day_month(self, day: date) -> str:
        """Day and month: 23. November."""
        from babel.dates import format_skeleton

        return format_skeleton("MMMMd", datetime.combine(day, time()), locale=self._locale)

    def clock(self, moment: datetime | time) -> str:
        """Hours and minutes: 10:21."""
        from babel.dates import format_time

        return format_time(moment, "HH:mm", locale=self._locale)

    def number(self, number: float) -> str:
        """A number with this language's signs."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self._locale)

    def quoted(self, words: str) -> str:
        """Words in this language's quotation marks."""
        return f"„{words}“" if self.language == "de" else f"“{words}”"

    def _day(self, day: date, form: str) -> str:
        from babel.dates import format_date

        return format_date(day, form, locale=self._locale)


_current: list[Texts] = []


def use(language: str) -> Texts:
    """Make `language` the language of the screen, from now on."""
    _current[:] = [Texts(language)]
    return _current[0]


def texts() -> Texts:
    """The texts of the screen's language. RuntimeError before `use`."""
    if not _current:
        raise RuntimeError("no language yet: call i18n.use first")
    return _current[0]


def beginning(words: str) -> str:
    """Words as they begin a line: Dutch writes its days small, but not at the beginning."""
    return words[:1].upper() + words[1:]


def translated(message: str) -> str:
    """The sentence in the screen's language, for messages that were marked with `N_`."""
    return texts().gettext(message)


def _(message: str) -> str:
    """The sentence in the screen's language."""
    return texts().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The right form for `count` in the screen's language, with `{count}` filled in."""
    return texts().ngettext(one, many, count).format(count=texts().number(count))


def pgettext(context: str, message: str) -> str:
    """The sentence as it is said in this context."""
    return texts().pgettext(context, message)


Translate = Callable[[str], str]
