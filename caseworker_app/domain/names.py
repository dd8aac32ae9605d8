"""How names and words are compared: without case, accents, or the ways to spell an umlaut."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        "’": "'", "‘": "'", "ĳ": "ij",
    }
)  # fmt: skip
# Müller = Mueller = Muller; Dijkstra = Dykstra. The same on both sides, so nothing is lost.
_SPELLINGS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ij", "y"))
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def folded(words: str) -> str:
    """The words in the form in which they are indexed and looked for."""
    lowered = words.casefold().translate(_LETTERS)
    if not lowered.isascii():
        decomposed = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(c for c in decomposed if not unicodedata.combining(c))
    for long, short in _SPELLINGS:
        lowered = lowered.replace(long, short)
    return lowered


def tokens(words: str) -> tuple[str, ...]:
    """The folded words one by one."""
    return tuple(_WORD.findall(folded(words)))


def digits(number: str) -> str:
    """A telephone number or a date as bare digits, without a country's prefix."""
    bare = re.sub(r"\D", "", number)
    for prefix in ("0049", "0031", "49", "31"):
        if bare.startswith(prefix) and (number.strip().startswith("+") or prefix.startswith("00")):
            return "0" + bare.removeprefix(prefix).lstrip("0")
    return bare
