"""How names and words are compared: without case, accents, or the ways to spell an umlaut."""

from __future__ import annotations

import re
import unicodedata


class _Letters(dict[int, str]):
    """What each letter becomes: marks above and below it go, a few letters are spelled plainly.

    Looked up once for each letter there is; `str.translate` then needs no Python for a text.
    """

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = "" if unicodedata.combining(letter) else letter
        return self[code]


_LETTERS = _Letters(
    str.maketrans(
        {
            "ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
            "’": "'", "‘": "'", "ĳ": "ij",
        }
    )
)  # fmt: skip
# Müller = Mueller = Muller; Dijkstra = Dykstra. The same on both sides, so nothing is lost. The
# beginning of a word must fold to the beginning of its form: while "Di" is typed, Dijkstra stays.
_SPELLINGS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("y", "ij"))
WORD = re.compile(r"[^\W_]+", re.UNICODE)
"""A word is letters and figures; whatever stands between is no part of one."""


def folded(words: str) -> str:
    """The words in the form in which they are indexed and looked for."""
    if words.isascii():
        lowered = words.lower()
    else:
        lowered = unicodedata.normalize("NFKD", words).casefold().translate(_LETTERS)
    for long, short in _SPELLINGS:
        lowered = lowered.replace(long, short)
    return lowered


def tokens(words: str) -> tuple[str, ...]:
    """The folded words one by one."""
    return tuple(WORD.findall(folded(words)))


def digits(number: str) -> str:
    """A telephone number or a date as bare digits, without a country's prefix."""
    bare = re.sub(r"\D", "", number)
    for prefix in ("0049", "0031", "49", "31"):
        if bare.startswith(prefix) and (number.strip().startswith("+") or prefix.startswith("00")):
            return "0" + bare.removeprefix(prefix).lstrip("0")
    return bare


def as_name(typed: str) -> str:
    """What was looked for, as a name: capital letters where none were typed; "" for a number."""
    if not any(letter.isalpha() for letter in typed):
        return ""
    if typed.islower():
        return " ".join(word[:1].upper() + word[1:] for word in typed.split())
    return " ".join(typed.split())
