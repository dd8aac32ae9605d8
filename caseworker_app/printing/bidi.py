"""Which way each letter runs: the Unicode Bidirectional Algorithm (UAX #9).

A plan in German may hold an Arabic name, and an Arabic sentence may hold a German street. `levels`
says for each character whether it runs to the right (even) or to the left (odd); `visual_runs` puts
the pieces of a line in the order in which they stand on the paper.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from unicodedata import bidirectional

from caseworker_app.printing.bidi_rules import ISOLATES, REMOVED, resolve

MAX_DEPTH = 125
FIRST_STRONG_ISOLATE = "\N{FIRST STRONG ISOLATE}"
POP_DIRECTIONAL_ISOLATE = "\N{POP DIRECTIONAL ISOLATE}"
_EMBEDDINGS = frozenset({"RLE", "LRE", "RLO", "LRO"})
_SPECIAL = frozenset({"R", "AL", "AN", "PDF", "PDI"}) | _EMBEDDINGS | ISOLATES
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_FIRST_RIGHT_TO_LEFT = "\u0590"


def runs_only_right(text: str) -> bool:
    """True where nothing in the text needs this algorithm, which is nearly always."""
    if not text or max(text) < _FIRST_RIGHT_TO_LEFT:
        return True
    return not any(bidirectional(letter) in _SPECIAL for letter in text)


def isolated(text: str) -> str:
    """Words of somebody else inside a sentence of ours: they do not turn the sentence around."""
    if runs_only_right(text):
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}"


def base_level(types: Sequence[str], start: int = 0, *, inside_isolate: bool = False) -> int:
    """Rules P2 and P3: the first strong letter outside isolates gives the direction."""
    depth = 0
    for kind in types[start:]:
        if kind in ISOLATES:
            depth += 1
        elif kind == "PDI":
            if not depth and inside_isolate:
                return 0
            depth = max(depth - 1, 0)
        elif not depth and kind in ("L", "R", "AL"):
            return int(kind != "L")
    return 0


def direction(text: str) -> int:
    """0 for a paragraph that begins at the left, 1 for one that begins at the right."""
    return base_level([bidirectional(letter) for letter in text])


def levels(text: str, base: int | None = None) -> list[int | None]:
    """The embedding level of each character; None for formatting characters that fall away.

    `base` is 0 or 1 for a paragraph whose direction is known, None to read it from the text.
    """
    original = [bidirectional(letter) or "L" for letter in text]
    if base is None:
        base = base_level(original)
    explicit = _Explicit(original, base)
    kept = [i for i, kind in enumerate(original) if kind not in REMOVED]
    found = explicit.levels[:]
    for sequence in _isolating_sequences(kept, explicit):
        level = explicit.levels[sequence[0]]
        ends = _ends(sequence, kept, explicit, original, base)
        resolve(text, original, explicit.types, sequence, ends, "LR"[level & 1])
        for i in sequence:
            found[i] = level + _implicit(level, explicit.types[i])
    _reset_white_space(original, found, base)
    return [None if kind in REMOVED else found[i] for i, kind in enumerate(original)]


def visual_runs(line: Sequence[int]) -> list[tuple[int, int, int]]:
    """Rule L2: (start, end, level) of each run, in the order from left to right."""
    runs: list[tuple[int, int, int]] = []
    for i, level in enumerate(line):
        if runs and runs[-1][2] == level:
            runs[-1] = (runs[-1][0], i + 1, level)
        else:
            runs.append((i, i + 1, level))
    lowest_odd = min((level for *_, level in runs if level & 1), default=MAX_DEPTH + 2)
    for level in range(max((run[2] for run in runs), default=0), lowest_odd - 1, -1):
        _reverse_from(runs, level)
    return runs


def _reverse_from(runs: list[tuple[int, int, int]], level: int) -> None:
    i = 0
    while i < len(runs):
        end = i
        while end < len(runs) and runs[end][2] >= level:
            end += 1
        runs[i:end] = runs[i:end][::-1]
        i = max(end, i + 1)


class _Explicit:
    """Rules X1 to X8: what embeddings, overrides and isolates say about each character."""

    def __init__(self, original: Sequence[str], base: int) -> None:
        self.original = original
        self.base = base
        self.types = list(original)
        self.levels = [base] * len(original)
        self.match: dict[int, int] = {}
        self._stack: list[tuple[int, str | None, bool]] = [(base, None, False)]
        self._opened: list[int] = []
        self._too_deep_isolates = 0
        self._too_deep_embeddings = 0
        for i, kind in enumerate(original):
            self._take(i, kind)

    def _take(self, i: int, kind: str) -> None:
        level, override, _ = self._stack[-1]
        self.levels[i] = level
        if kind in _EMBEDDINGS:
            self._embed(kind, level)
        elif kind in ISOLATES:
            self._isolate(i, kind, level, override)
        elif kind == "PDI":
            self._end_isolate(i)
        elif kind == "PDF":
            self._end_embedding()
        elif kind == "B":
            self.levels[i] = self.base
        elif kind != "BN" and override:
            self.types[i] = override

    def _embed(self, kind: str, level: int) -> None:
        new = _next_level(level, right_to_left=kind[0] == "R")
        if new <= MAX_DEPTH and not self._too_deep_isolates and not self._too_deep_embeddings:
            override = kind[0] if kind[2] == "O" else None
            self._stack.append((new, override, False))
        elif not self._too_deep_isolates:
            self._too_deep_embeddings += 1

    def _isolate(self, i: int, kind: str, level: int, override: str | None) -> None:
        if override:
            self.types[i] = override
        right_to_left = kind == "RLI" or (
            kind == "FSI" and base_level(self.original, i + 1, inside_isolate=True) == 1
        )
        new = _next_level(level, right_to_left=right_to_left)
        if new <= MAX_DEPTH and not self._too_deep_isolates and not self._too_deep_embeddings:
            self._stack.append((new, None, True))
            self._opened.append(i)
        else:
            self._too_deep_isolates += 1

    def _end_isolate(self, i: int) -> None:
        if self._too_deep_isolates:
            self._too_deep_isolates -= 1
        elif self._opened:
            self._too_deep_embeddings = 0
            while not self._stack.pop()[2]:
                pass
            self.match[self._opened.pop()] = i
        self.levels[i], override, _ = self._stack[-1]
        if override:
            self.types[i] = override

    def _end_embedding(self) -> None:
        if self._too_deep_isolates:
            return
        if self._too_deep_embeddings:
            self._too_deep_embeddings -= 1
        elif not self._stack[-1][2] and len(self._stack) > 1:
            self._stack.pop()


def _next_level(level: int, *, right_to_left: bool) -> int:
    return (level + 1) | 1 if right_to_left else (level + 2) & ~1


def _isolating_sequences(kept: Sequence[int], explicit: _Explicit) -> list[list[int]]:
    """Rule X10: level runs, joined over the isolates that interrupt them."""
    runs: list[list[int]] = []
    for i in kept:
        if runs and explicit.levels[runs[-1][-1]] == explicit.levels[i]:
            runs[-1].append(i)
        else:
            runs.append([i])
    by_first = {run[0]: run for run in runs}
    continued = {explicit.match[run[-1]] for run in runs if run[-1] in explicit.match}
    sequences = []
    for run in runs:
        if run[0] in continued:
            continue
        sequence = run[:]
        while sequence[-1] in explicit.match:
            sequence += by_first[explicit.match[sequence[-1]]]
        sequences.append(sequence)
    return sequences


def _ends(
    sequence: Sequence[int],
    kept: Sequence[int],
    explicit: _Explicit,
    original: Sequence[str],
    base: int,
) -> tuple[str, str]:
    """The directions that stand before and after a sequence (sos and eos)."""
    level = explicit.levels[sequence[0]]
    first = bisect_left(kept, sequence[0])
    before = explicit.levels[kept[first - 1]] if first else base
    last = bisect_left(kept, sequence[-1])
    at_end = original[sequence[-1]] in ISOLATES or last + 1 == len(kept)
    after = base if at_end else explicit.levels[kept[last + 1]]
    return "LR"[max(level, before) & 1], "LR"[max(level, after) & 1]


def _implicit(level: int, kind: str) -> int:
    """Rules I1 and I2."""
    if level & 1:
        return int(kind in ("L", "EN", "AN"))
    return {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _reset_white_space(original: Sequence[str], found: list[int], base: int) -> None:
    """Rule L1: separators, and white space before them and at the end, run with the paragraph."""
    at_end = True
    for i in range(len(original) - 1, -1, -1):
        kind = original[i]
        if kind in ("B", "S"):
            found[i] = base
            at_end = True
        elif at_end and (kind in ("WS", "PDI") or kind in ISOLATES):
            found[i] = base
        elif kind not in REMOVED:
            at_end = False


def without_marks(text: str) -> str:
    """The text without the signs that only steer its direction."""
    return _MARKS.sub("", text)
