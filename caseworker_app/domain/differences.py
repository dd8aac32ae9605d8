"""In which words two texts differ, so that nobody has to search for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

_PIECE = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
MANY = 3_000
"""From so many words on, the comparison leaves out what comes up again and again."""

Span = tuple[int, int]
"""(start, length)."""


def differing(one: str, other: str) -> tuple[Span, ...]:
    """The parts of `one` that `other` does not have, words that follow each other as one part."""
    mine, theirs = list(_pieces(one)), list(_pieces(other))
    words, others = [folded for _, _, folded in mine], [folded for _, _, folded in theirs]
    matcher = SequenceMatcher(None, words, others, autojunk=len(words) + len(others) > MANY)
    spans: list[Span] = []
    for kind, first, last, _, _ in matcher.get_opcodes():
        if kind in ("replace", "delete"):
            start, end = mine[first][0], mine[last - 1][1]
            if spans and not one[sum(spans[-1]) : start].strip():
                start = spans.pop()[0]  # only a blank between them: one part
            spans.append((start, end - start))
    return tuple(spans)


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Words and signs with their places. Blanks do not count, however many."""
    for found in _PIECE.finditer(text):
        if not found[0].isspace():
            yield found.start(), found.end(), found[0]
