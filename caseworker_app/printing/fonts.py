"""Which typeface sets which letters: people write names in many scripts, and emoji too.

A word is set in the first face that has all its letters; a word that no face has whole is set
piece by piece. A letter that no face has is printed as its visible code, "[U+1FAE8]": never an
empty box, never lost. `missing` tells the screen beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from unicodedata import category, normalize

import uharfbuzz as hb

from caseworker_app import paths


class Weight(StrEnum):
    """How strong the letters are; the name is part of the font's file name."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"


@dataclass(frozen=True, slots=True)
class Family:
    """A typeface for some scripts. `scale` makes its small letters as tall as the first one's."""

    name: str
    scale: float
    weights: tuple[Weight, ...]

    def weight(self, wanted: Weight) -> Weight:
        """The wanted weight, or the nearest one that this family has."""
        if wanted in self.weights:
            return wanted
        return self.weights[0] if wanted is Weight.REGULAR else self.weights[-1]


_TWO = (Weight.REGULAR, Weight.BOLD)
_ONE = (Weight.REGULAR,)
FAMILIES = (
    Family("HyperlegiblePlain", 1.0, (Weight.REGULAR, Weight.SEMIBOLD, Weight.BOLD)),
    Family("NotoSans", 0.93, _TWO),
    Family("Vazirmatn", 1.05, _TWO),
    Family("NotoSansHebrew", 1.0, _TWO),
    Family("NotoSansEthiopic", 0.95, _TWO),
    Family("NotoSansMath", 0.93, _ONE),
    Family("NotoSansSymbols2", 0.9, _ONE),
    Family("NotoEmoji", 0.9, _ONE),
)


class Face:
    """One font file: its letters, its measures and the shaper for it. Lengths are in 1/1000 em."""

    def __init__(self, family: Family, weight: Weight) -> None:
        """Open the file; the letters are read when first asked for."""
        self.family = family
        self.scale = family.scale
        self.name = f"{family.name}-{weight}"
        data = (paths.resources() / "fonts" / f"{self.name}.ttf").read_bytes()
        self.hb_face = hb.Face(hb.Blob(data))
        self.hb_font = hb.Font(self.hb_face)
        self.unit: float = 1000 / self.hb_face.upem

    @cached_property
    def letters(self) -> frozenset[int]:
        """The code points that this face can draw."""
        return frozenset(self.hb_face.unicodes)

    def has(self, text: str) -> bool:
        """True if every letter can be drawn with its marks; invisible signs do not count."""
        if self.letters.issuperset(map(ord, text)):
            return True
        composed = normalize("NFC", text)
        return self.letters.issuperset(ord(c) for c in composed if not _INVISIBLE.match(c))


# Joiners, directional marks and variation selectors: the shaper heeds them, nobody sees them.
_INVISIBLE = re.compile(
    "[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0020-\U000e007f]"
)
_EMOJI_STYLE = "\ufe0f"
# A letter with its marks; emoji joined by ZWJ, with skin tones; two letters of a flag.
_CLUSTER = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|.(?:[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u135d-\u135f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f\U0001f3fb-\U0001f3ff"
    "\U000e0020-\U000e007f\u200c]|\u200d.)*",
    re.DOTALL,
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text as typed, with one kind of line end, and without what has no shape.

    Control characters and lone surrogates go; so does the soft hyphen, for nothing is hyphenated.
    """
    return _CONTROL.sub("", _LINE_END.sub("\n", text)).replace("\t", " ")


def clusters(text: str) -> Iterator[str]:
    """The text in pieces that must not be torn apart."""
    return (match.group() for match in _CLUSTER.finditer(text))


@lru_cache(maxsize=32)
def face(family: Family, weight: Weight) -> Face:
    """The face of a family, opened once."""
    return Face(family, family.weight(weight))


def runs(word: str, weight: Weight) -> list[tuple[Face, str]]:
    """The word in pieces of one face each."""
    whole = None if _EMOJI_STYLE in word else _face_for(word, weight)
    if whole:
        return [(whole, word)]
    found: list[tuple[Face, str]] = []
    for cluster in clusters(word):
        for chosen, text in _cluster_runs(cluster, weight):
            if found and found[-1][0] is chosen:
                found[-1] = (chosen, found[-1][1] + text)
            else:
                found.append((chosen, text))
    return found


def missing(text: str) -> frozenset[str]:
    """The letters that no face has; they would be printed as codes in brackets."""
    return frozenset(
        letter
        for cluster in clusters(clean(text))
        if not cluster.isspace() and not _face_for(cluster, Weight.REGULAR)
        for letter in cluster
        if not _drawable(letter)
    )


def _cluster_runs(cluster: str, weight: Weight) -> list[tuple[Face, str]]:
    chosen = _emoji_face(cluster, weight) or _face_for(cluster, weight)
    if chosen:
        return [(chosen, cluster)]
    if len(cluster) > 1:
        return [run for letter in cluster for run in _cluster_runs(letter, weight)]
    plain = normalize("NFKC", cluster)
    substitute = plain if plain != cluster and _face_for(plain, weight) else bracketed(cluster)
    return (
        [(face(FAMILIES[0], weight), substitute)]
        if _simple(substitute)
        else runs(substitute, weight)
    )


def bracketed(letter: str) -> str:
    """What stands on the paper for a letter that no face has."""
    return f"[U+{ord(letter):04X}]"


def _simple(text: str) -> bool:
    return face(FAMILIES[0], Weight.REGULAR).has(text)


def _drawable(letter: str) -> bool:
    if _INVISIBLE.match(letter) or category(letter) == "Zs" or _face_for(letter, Weight.REGULAR):
        return True
    plain = normalize("NFKC", letter)
    return plain != letter and bool(_face_for(plain, Weight.REGULAR))


def _emoji_face(cluster: str, weight: Weight) -> Face | None:
    """The emoji face for a sign that was asked for in its emoji style."""
    if _EMOJI_STYLE not in cluster:
        return None
    emoji = face(FAMILIES[-1], weight)
    return emoji if emoji.has(cluster) else None


def _face_for(text: str, weight: Weight) -> Face | None:
    for family in FAMILIES:
        candidate = face(family, weight)
        if candidate.has(text):
            return candidate
    return None
