"""Finding people while typing: forgiving typos, umlauts, order; also by phone, birth date, network.

The list of people is small enough to be searched in memory; nothing of it is written anywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from caseworker_app.domain.lines import PersonLine, WordHit
from caseworker_app.domain.names import digits, tokens
from caseworker_app.store import lists
from caseworker_app.store.store import Store

NAME, OTHER, PLACE, NUMBER = range(4)
_WEIGHT = {NAME: 1.0, OTHER: 0.8, PLACE: 0.7, NUMBER: 1.0}
CLOSE_ENOUGH = 0.66
FEWEST_DIGITS = 3
SHORT = 3
BEFORE = 36
MOST_LETTERS = 240

Marks = tuple[tuple[int, int], ...]
"""Where in a text the search has hit, as (start, length), so that a list can mark it."""

_WORD = re.compile(r"[^\W_]+")
_CUT = "… "


@dataclass(frozen=True, slots=True, repr=False)
class PersonHit:
    """A person found. `found_in` names somebody in the network if the name stood there."""

    line: PersonLine
    score: float
    found_in: str = ""


class PeopleIndex:
    """All people of a store, ready to be searched with every key."""

    def __init__(self, lines: Sequence[PersonLine]) -> None:
        """`lines` in the order in which they are to be shown when equally good."""
        self._lines = lines
        self._places: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._numbers: list[tuple[str, int]] = []
        for row, line in enumerate(lines):
            self._add(row, NAME, line.name)
            self._add(row, PLACE, line.place)
            self._add(row, NUMBER, line.number)
            for other in line.others:
                self._add(row, OTHER, other)
            self._numbers += [(number, row) for number in _numbers(line)]
        self._tokens = sorted(self._places)
        self._words = [token for token in self._tokens if not token.isdigit()]  # no numbers

    def find(self, typed: str, most: int = 100) -> list[PersonHit]:
        """The people that fit what was typed, the best first; everybody for an empty text."""
        terms = tokens(typed)
        if not terms:
            return [PersonHit(line, 1.0) for line in self._lines[:most]]
        number = number_typed(typed)
        if number:
            return self._by_number(number, most)
        found = [(term, self._rows(term)) for term in terms]
        # "vn der Horst": a short word with a typo is like nothing; the others still count
        told = [rows for term, rows in found if rows or len(term) > SHORT]
        scores = told[0] if told else {}
        for rows in told[1:]:
            scores = {row: scores[row] + score for row, score in rows.items() if row in scores}
        ranked = sorted(scores.items(), key=lambda item: (-round(item[1], 2), item[0]))
        return [self._hit(row, score / len(terms), terms) for row, score in ranked[:most]]

    def _add(self, row: int, part: int, words: str) -> None:
        for token in tokens(words):
            self._places[token].add((row, part))

    def _rows(self, term: str) -> dict[int, float]:
        """Row to score for one typed word, which may be the beginning of one or have a typo."""
        first = bisect_left(self._tokens, term)
        begun = takewhile(lambda token: token.startswith(term), islice(self._tokens, first, None))
        scored = dict.fromkeys(begun, 1.0)
        if term in scored:
            scored[term] = 1.1
        if len(term) >= SHORT:
            close = process.extract(
                term,
                self._words if term.isalpha() else self._tokens,
                scorer=OSA.normalized_similarity,
                score_cutoff=CLOSE_ENOUGH,
                limit=None,
            )
            for token, score, _ in close:
                scored[token] = max(scored.get(token, 0.0), score * 0.9)
        best: dict[int, float] = {}
        for token, score in scored.items():
            for row, part in self._places[token]:
                best[row] = max(best.get(row, 0.0), score * _WEIGHT[part])
        return best

    def _by_number(self, number: str, most: int) -> list[PersonHit]:
        rows = dict.fromkeys(row for known, row in self._numbers if number in known)
        return [PersonHit(self._lines[row], 1.0) for row in list(rows)[:most]]

    def _hit(self, row: int, score: float, terms: tuple[str, ...]) -> PersonHit:
        line = self._lines[row]
        names = tokens(line.name)
        if any(name.startswith(term) for term in terms for name in names):
            return PersonHit(line, score)
        for other in line.others:
            if any(name.startswith(term) for term in terms for name in tokens(other)):
                return PersonHit(line, score, other)
        return PersonHit(line, score)


def words(store: Store, typed: str, most: int = 50) -> list[WordHit]:
    """Where in all conversations, notes, goals and documents these words stand, newest first."""
    while True:
        with store.reading() as reading:
            if not lists.words_wait(reading):
                return lists.words(reading, typed, most)
        store.index_words()


def take_in_words(store: Store, stop: Callable[[], bool] = lambda: False) -> None:
    """Put what was fetched into the index, a little at a time, so that no search has to wait."""
    with store.reading() as reading:
        waits = lists.words_wait(reading)
    while waits and not stop():
        waits = store.index_words()


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
    line = line[:MOST_LETTERS]
    return line, tuple(_hits(line, terms, str.startswith))


def _numbers(line: PersonLine) -> list[str]:
    """Telephone, birth date in both orders and the case number, as bare digits."""
    found = [digits(line.phone), digits(line.number)]
    if line.birth_date:
        found += _written(line.birth_date)
    return [number for number in found if number]


def _written(day: date) -> list[str]:
    return [
        f"{day:%d%m%Y}",
        f"{day.day}{day.month}{day.year}",
        f"{day:%Y%m%d}",
    ]


def _hits(
    words: str, terms: tuple[str, ...], fits: Callable[[str, str], bool]
) -> Iterator[tuple[int, int]]:
    for found in _WORD.finditer(words):
        parts = tokens(found[0])
        if any(fits(part, term) for part in parts for term in terms):
            yield found.start(), len(found[0])


def _is_meant(word: str, term: str) -> bool:
    if word.startswith(term):
        return True
    alike = OSA.normalized_similarity(term, word)
    return len(term) >= SHORT and alike >= CLOSE_ENOUGH
