"""A text becomes lines of glyphs: broken at spaces, never hyphenated, in the right direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from caseworker_app.printing import bidi, fonts
from caseworker_app.printing.look import Style
from caseworker_app.printing.shaping import GlyphRun, Shaper

# Spaces where a line may end; a non-breaking space is none of them.
_SPACES = " \u1680\u2000-\u2006\u2008-\u200a\u200b\u205f\u3000"
# Long words may also end a line after a hyphen, a dash or a slash that was typed.
_WORD = re.compile(
    rf"[{_SPACES}]+|[^{_SPACES}]{{3,}}?[-/–—]+(?=[^\W\d_]{{3}})|[^{_SPACES}]+", re.DOTALL
)
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LONGEST_PIECE = 64
_PLACES_TO_BREAK = re.compile(rf"[{_SPACES}\n]+")


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One line as it is drawn from left to right. `width` in points."""

    runs: tuple[GlyphRun, ...]
    width: float
    right_to_left: bool


@dataclass(frozen=True, slots=True, repr=False)
class _Letters:
    """A text between two line ends, with the level of each letter (None: all run to the right)."""

    text: str
    levels: list[int] | None
    base: int


def lines(text: str, style: Style, width: float, shaper: Shaper) -> list[Line]:
    """The text, cleaned of what has no shape, in lines no wider than `width`."""
    found: list[Line] = []
    for part in fonts.clean(text).split("\n"):
        found += _Breaker(_letters(part), style, width, shaper).lines()
    return found


def width_of(text: str, style: Style, shaper: Shaper) -> float:
    """How wide the text is on one line."""
    unlimited = float("inf")
    return max(line.width for line in lines(text, style, unlimited, shaper))


def widest_word(text: str, style: Style, shaper: Shaper) -> float:
    """How wide a column must be so that no word is torn apart."""
    words = set(_PLACES_TO_BREAK.split(fonts.clean(text)))
    return max((width_of(word, style, shaper) for word in words), default=0.0)


def _letters(text: str) -> _Letters:
    if bidi.runs_only_right(text):
        return _Letters(_INVISIBLE.sub(_keep_break, text), None, 0)
    base = bidi.direction(text)
    found = bidi.levels(text, base)
    kept = [
        (letter, level)
        for letter, level in zip(text, found, strict=True)
        if level is not None and (letter == "\u200b" or not _INVISIBLE.match(letter))
    ]
    return _Letters("".join(letter for letter, _ in kept), [level for _, level in kept], base)


def _keep_break(match: re.Match[str]) -> str:
    return "\u200b" if match.group() == "\u200b" else ""


class _Breaker:
    """Fills lines with words, and tears only words that are wider than a whole line."""

    def __init__(self, letters: _Letters, style: Style, width: float, shaper: Shaper) -> None:
        self._letters = letters
        self._style = style
        self._width = width
        self._shaper = shaper

    def lines(self) -> list[Line]:
        found: list[Line] = []
        begin = end = 0
        used = 0.0
        for start, stop in self._pieces():
            blank = self._is_blank(start)
            wide = self._measure(start, stop)
            if used and not blank and used + wide > self._width:
                found.append(self._line(begin, end))
                begin, used = start, 0.0
            if blank and not used and found:
                begin = stop
                continue
            used += wide
            end = end if blank else stop
        found.append(self._line(begin, max(begin, end)))
        return found

    def _pieces(self) -> Iterator[tuple[int, int]]:
        for match in _WORD.finditer(self._letters.text):
            start, stop = match.span()
            if stop - start <= _LONGEST_PIECE and self._measure(start, stop) <= self._width:
                yield start, stop
            else:
                yield from self._torn(start, stop)

    def _torn(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """A word without any place to break, in pieces that fill a line each."""
        begin = at = start
        for cluster in fonts.clusters(self._letters.text[start:stop]):
            after = at + len(cluster)
            too_long = after - begin > _LONGEST_PIECE
            if at > begin and (too_long or self._measure(begin, after) > self._width):
                yield begin, at
                begin = at
            at = after
        yield begin, stop

    def _is_blank(self, start: int) -> bool:
        letter = self._letters.text[start]
        return letter != "\u00a0" and (letter.isspace() or letter == "\u200b")

    def _measure(self, start: int, stop: int) -> float:
        if self._letters.levels is None:
            piece = self._letters.text[start:stop].replace("\u200b", "")
            return self._style.size * self._shaper.width(piece, self._style.weight)
        return self._style.size * sum(run.width for run in self._runs(start, stop))

    def _line(self, begin: int, end: int) -> Line:
        runs = tuple(self._runs(begin, end))
        width = self._style.size * sum(run.width for run in runs)
        space = self._shaper.word(" ", self._style.weight, right_to_left=False)
        base = self._letters.base
        # A real space at the end of each line, so that words do not run together when read aloud.
        return Line((*space, *runs) if base else (*runs, *space), width, bool(base))

    def _runs(self, begin: int, end: int) -> Iterator[GlyphRun]:
        for text, right_to_left in self._in_visual_order(begin, end):
            words = _words(text)
            for word in reversed(words) if right_to_left else words:
                yield from self._shaper.word(word, self._style.weight, right_to_left=right_to_left)

    def _in_visual_order(self, begin: int, end: int) -> Iterator[tuple[str, bool]]:
        text, levels = self._letters.text[begin:end], self._letters.levels
        if levels is None:
            yield text, False
            return
        for start, stop, level in bidi.visual_runs(levels[begin:end]):
            yield text[start:stop], bool(level & 1)


def _words(text: str) -> list[str]:
    return [word.replace("\u200b", "") for word in _WORD.findall(text) if word != "\u200b"]
