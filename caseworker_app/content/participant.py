"""The fixed words on the participant's side of the screen, in all their languages and forms.

A tag names a language and a form of address ("de", "nl-plain-informal", "uk"); see `guide.form`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from caseworker_app import paths
from caseworker_app.domain.guide import PLAIN, Words, form

LANGUAGES = ("de", "nl", "en", "uk", "ar", "tr")
NAMES = {
    "de": "Deutsch",
    "nl": "Nederlands",
    "en": "English",
    "uk": "Українська",
    "ar": "العربية",
    "tr": "Türkçe",
}
FROM_THE_RIGHT = ("ar",)


@lru_cache(maxsize=1)
def _read() -> dict[str, dict[str, Words]]:
    text = (paths.resources() / "participant.toml").read_text("utf-8")
    return {
        group: {key: Words(tuple(forms.items())) for key, forms in entries.items()}
        for group, entries in tomllib.loads(text).items()
    }


def words() -> dict[str, Words]:
    """Every fixed word by its key."""
    return _read()["words"]


def domains() -> dict[str, Words]:
    """The life domains, wishes and surroundings in short everyday words, by their ids."""
    return _read()["domains"]


def say(key: str, tag: str, **fields: str | int) -> str:
    """A fixed word or sentence. KeyError when there is none of this name."""
    return words()[key].to(tag).format(**fields)


def domain_name(domain_id: str, tag: str) -> str:
    """What a life domain is called among people. KeyError for a domain that nobody knows."""
    return domains()[domain_id].to(tag)


@dataclass(frozen=True, slots=True)
class Tongue:
    """How the screen speaks to one participant.

    `screen` is the form of the coach's language in which a guide speaks that does not know the
    participant's own.
    """

    tag: str
    screen: str

    @property
    def language(self) -> str:
        """The code of the language: "uk"."""
        return self.tag.partition("-")[0]

    @property
    def is_plain(self) -> bool:
        """Whether it speaks in plain words."""
        return PLAIN in self.tag.split("-")

    @property
    def is_from_the_right(self) -> bool:
        """Whether it is written from right to left."""
        return self.language in FROM_THE_RIGHT

    def say(self, key: str, **fields: str | int) -> str:
        """A fixed word or sentence."""
        return say(key, self.tag, **fields)

    def domain(self, domain_id: str) -> str:
        """What a life domain is called."""
        return domain_name(domain_id, self.tag)

    def text(self, words: Words) -> str:
        """A text of the guide."""
        return words.to(self.tag if words.speaks(self.language) else self.screen)


def tongue(language: str, screen: str, *, plain: bool, informal: bool) -> Tongue:
    """The tongue of somebody who speaks `language`, on a coach's screen that speaks `screen`.

    A language without fixed words becomes that of the screen.
    """
    spoken = language if language in LANGUAGES else screen
    return Tongue(
        form(spoken, plain=plain, informal=informal),
        form(screen, plain=plain, informal=informal),
    )
