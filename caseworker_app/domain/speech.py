"""What a pure rule needs to put something into words: sentences, days and numbers of a language."""

from __future__ import annotations

from datetime import date, time
from typing import Protocol
from unicodedata import bidirectional


class Speech(Protocol):
    """The words of one language, handed in by whoever shows or prints: `caseworker_app.i18n`."""

    language: str

    def gettext(self, message: str) -> str:
        """The sentence in this language."""

    def pgettext(self, context: str, message: str) -> str:
        """The sentence as it is said in this context."""

    def day(self, day: date) -> str:
        """A date as it is spoken."""

    def weekday_year(self, day: date) -> str:
        """A date with weekday and year."""

    def clock(self, moment: time) -> str:
        """Hours and minutes."""

    def number(self, number: float) -> str:
        """A number with this language's signs."""

    def quoted(self, words: str) -> str:
        """Words in this language's quotation marks."""


def isolated(name: str) -> str:
    """A name that keeps its own direction inside a sentence of ours."""
    runs_left = any(bidirectional(letter) in ("R", "AL") for letter in name)
    return f"\u2068{name}\u2069" if runs_left else name
