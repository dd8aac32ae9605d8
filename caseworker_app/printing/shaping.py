"""Letters become glyphs: joined Arabic, marks in their place, kerned Latin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import uharfbuzz as hb

from caseworker_app.printing import fonts
from caseworker_app.printing.fonts import Face, Weight

# No ligatures where letters stand apart anyway: copied text stays as typed.
_FEATURES_LTR = {"kern": True, "liga": False, "clig": False}
_FEATURES_RTL = {"kern": True}


class Glyph(NamedTuple):
    """One drawn shape. Lengths in 1/1000 em; `text` is what it stands for, `whole` if shared."""

    id: int
    advance: float
    dx: float
    dy: float
    text: str
    whole: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class GlyphRun:
    """Glyphs of one face, from left to right. `width` in em of the text size.

    The same word is the same run, so runs compare by identity.
    """

    face: Face
    glyphs: tuple[Glyph, ...]
    width: float


class Shaper:
    """Shapes the words of one document, each once."""

    def __init__(self) -> None:
        """Remember nothing of other documents."""
        self.word = lru_cache(maxsize=None)(self._word)
        self.width = lru_cache(maxsize=None)(self._width)

    def _width(self, text: str, weight: Weight) -> float:
        """The width of a word that runs to the right, in em."""
        return sum(run.width for run in self.word(text, weight, right_to_left=False))

    def _word(self, text: str, weight: Weight, *, right_to_left: bool) -> tuple[GlyphRun, ...]:
        """The word as glyph runs, in the order in which they stand on the paper."""
        runs = [
            _shape(face, piece, right_to_left=right_to_left)
            for face, piece in fonts.runs(text, weight)
        ]
        return tuple(reversed(runs) if right_to_left else runs)


def _shape(face: Face, text: str, *, right_to_left: bool) -> GlyphRun:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags |= hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(face.hb_font, buffer, _FEATURES_RTL if right_to_left else _FEATURES_LTR)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(pairwise([*starts, len(text)]))
    unit, seen, glyphs, width = face.unit, set(), [], 0.0
    for info, position in zip(infos, positions, strict=True):
        whole = text[info.cluster : ends[info.cluster]]
        own = "" if info.cluster in seen else whole
        seen.add(info.cluster)
        advance = position.x_advance * unit
        width += advance
        dx, dy = position.x_offset * unit, position.y_offset * unit
        glyphs.append(Glyph(info.codepoint, advance, dx, dy, own, whole))
    return GlyphRun(face, tuple(glyphs), width * face.scale / 1000)
