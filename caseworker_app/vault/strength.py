"""An honest word on a passphrase while it is being chosen, and a proposal for those who want one.

Honest means: counted as a guesser would count who knows the coach's name, the usual words of both
countries and our own word lists. A guess costs about half a second and 256 MiB, so ten thousand
guesses a second need a hall full of machines; at that rate "enough" stands for three years.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from caseworker_app import paths
from caseworker_app.i18n import LANGUAGES, N_
from caseworker_app.sync.wire.passphrases import normalised

LEAST_CHARACTERS = 14
LEAST_WORDS = 5
ENOUGH = 3
BITS_OF_A_PROPOSAL = 64
_LEVELS = (6, 9, 12, 15)  # powers of ten of guesses at which the next level begins
_JUDGED_CHARACTERS = 100
_LONG_ENOUGH_TO_BE_SEEN = 3
_NOT_RANDOM = {"repeat", "sequence", "spatial", "date", "regex"}

_BEGIN = N_("Take five or more words that do not belong together.")
_LONGER = N_("Make it longer: at least 14 characters, or five words.")
_PERSONAL = N_("Leave out names that belong to you or your work. They are guessed first.")
_PATTERN = N_("Leave out repetitions, rows of keys, numbers in order and dates.")
_ONE_MORE = N_("One more word.")
_GOOD = N_("Good. One more word makes it very strong.")
_VERY_STRONG = N_("Very strong.")


@dataclass(frozen=True, slots=True)
class Strength:
    """How well a passphrase stands: 0 to 4, and one sentence of advice (English, to translate)."""

    level: int
    advice: str

    @property
    def enough(self) -> bool:
        """Whether the program accepts this passphrase."""
        return self.level >= ENOUGH


def strength(passphrase: str, personal_words: Iterable[str] = ()) -> Strength:
    """The strength of a passphrase. `personal_words`: the coach's names, organisation, town."""
    passphrase = normalised(passphrase)
    if not passphrase:
        return Strength(0, _BEGIN)
    personal = _parts(personal_words)
    as_one, *words = _judged(passphrase, personal)
    power = min(as_one["guesses_log10"], sum(word["guesses_log10"] for word in words))
    level = sum(power >= least for least in _LEVELS)
    if _too_short(passphrase):
        level = min(level, ENOUGH - 1)
    return Strength(level, _advice(passphrase, level, personal, as_one["sequence"]))


def proposal(language: str) -> str:
    """A passphrase of different random words in this language: 64 bits, so six of them."""
    words = words_of(language)
    count = max(LEAST_WORDS, math.ceil(BITS_OF_A_PROPOSAL / math.log2(len(words))))
    return " ".join(secrets.SystemRandom().sample(words, count))


@cache
def words_of(language: str) -> tuple[str, ...]:
    """The word list of a language, from which proposals are drawn."""
    return _lines(f"{language}.txt")


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = (paths.resources() / "wordlists" / name).read_text("utf-8")
    return tuple(text.split())


def _judged(passphrase: str, personal: list[str]) -> list[dict[str, Any]]:
    """What a guesser makes of the whole passphrase, and then of each different word in it.

    The whole shows repetitions; the words show how little a row of usual words is worth, because
    the estimator takes a short word between spaces for random characters.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415 - costs 40 ms, and only when one is chosen

    known = [*personal, *_lines("guessed.txt")]
    for language in LANGUAGES:
        known += words_of(language)
    known = list(dict.fromkeys(known))
    judged = passphrase[:_JUDGED_CHARACTERS]
    return [
        zxcvbn(piece, user_inputs=known, max_length=_JUDGED_CHARACTERS)
        for piece in (judged, *dict.fromkeys(judged.casefold().split()))
    ]


def _advice(passphrase: str, level: int, personal: list[str], matches: list[dict[str, Any]]) -> str:
    if level >= ENOUGH:
        return _VERY_STRONG if level == len(_LEVELS) else _GOOD
    plain = passphrase.casefold()
    if any(word in plain for word in personal):
        return _PERSONAL
    if any(match["pattern"] in _NOT_RANDOM for match in matches):
        return _PATTERN
    return _ONE_MORE if len(passphrase.split()) >= LEAST_WORDS - 1 else _LONGER


def _too_short(passphrase: str) -> bool:
    return len(passphrase) < LEAST_CHARACTERS and len(passphrase.split()) < LEAST_WORDS


def _parts(words: Iterable[str]) -> list[str]:
    parts = (part.casefold() for word in words for part in normalised(word).split())
    return [part for part in parts if len(part) >= _LONG_ENOUGH_TO_BE_SEEN]
