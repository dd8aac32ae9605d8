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

Piece = tuple[int, int, str]
"""(start, end, the word or sign)."""


def differing(one: str, other: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """What each of two texts has and the other has not; words that follow each other as one part.

    What is left of both is the same.
    """
    mine, theirs = list(_pieces(one)), list(_pieces(other))
    words, others = [piece[2] for piece in mine], [piece[2] for piece in theirs]
    matcher = SequenceMatcher(None, words, others, autojunk=len(words) + len(others) > MANY)
    apart = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        _spans(one, mine, [(first, last) for _, first, last, _, _ in apart]),
        _spans(other, theirs, [(first, last) for _, _, _, first, last in apart]),
    )


def _spans(text: str, pieces: list[Piece], parts: list[tuple[int, int]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for first, last in parts:
        if first == last:
            continue  # only the other text has something here
        start, end = pieces[first][0], pieces[last - 1][1]
        if spans and not text[sum(spans[-1]) : start].strip():
            start = spans.pop()[0]  # only a blank between them: one part
        spans.append((start, end - start))
    return tuple(spans)


def _pieces(text: str) -> Iterator[Piece]:
    """Words and signs with their places. Blanks do not count, however many."""
    for found in _PIECE.finditer(text):
        if not found[0].isspace():
            yield found.start(), found.end(), found[0]
