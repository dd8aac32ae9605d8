"""Where in a text the search has hit, so that a list can mark it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rapidfuzz.distance import OSA

from caseworker_app.domain.names import digits, tokens
from caseworker_app.services.find import CLOSE_ENOUGH, FEWEST_DIGITS, SHORT

Marks = tuple[tuple[int, int], ...]
Fits = Callable[[str, str], bool]

BEFORE = 36
MOST = 240

_WORD = re.compile(r"[^\W_]+")
_CUT = "… "


def name_marks(name: str, typed: str) -> Marks:
    """The words of a name that were meant, typing mistakes forgiven."""
    return tuple(_hits(name, tokens(typed), _is_meant))


def number_typed(typed: str) -> str:
    """The digits when a number was typed: of a telephone, a birth date, a file; else nothing."""
    number = digits(typed)
    letters = any(letter.isalpha() for letter in typed)
    return number if len(number) >= FEWEST_DIGITS and not letters else ""


def excerpt(words: str, typed: str, before: int = BEFORE) -> tuple[str, Marks]:
    """The words around the first hit in one line, and where in it the hits are.

    `before`: how many letters may stand in front of the first hit.
    """
    line = " ".join(words.split())
    terms = tokens(typed)
    first = next(_hits(line, terms, str.startswith), None)
    if first and first[0] > before:
        start = line.find(" ", first[0] - before) + 1
        line = _CUT + line[min(start, first[0]) :]
    line = line[:MOST]
    return line, tuple(_hits(line, terms, str.startswith))


def _hits(words: str, terms: tuple[str, ...], fits: Fits) -> Iterator[tuple[int, int]]:
    for found in _WORD.finditer(words):
        parts = tokens(found[0])
        if any(fits(part, term) for part in parts for term in terms):
            yield found.start(), len(found[0])


def _is_meant(word: str, term: str) -> bool:
    if word.startswith(term):
        return True
    alike = OSA.normalized_similarity(term, word)
    return len(term) >= SHORT and alike >= CLOSE_ENOUGH
