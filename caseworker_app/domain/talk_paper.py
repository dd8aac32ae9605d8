"""A conversation on paper, ready to be set: everything it says, in the order in which it is read.

Made once, in the language of the copy; the paper and the text beside it are two ways to show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.picture import Picture
from caseworker_app.domain.picture_words import PictureWords
from caseworker_app.domain.plan import TextSize


@dataclass(frozen=True, slots=True, repr=False)
class Heading:
    """A topic begins. `note`: what was agreed about it as a whole."""

    words: str
    pictogram: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """What is to know about the conversation itself, as (what, words)."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Quotes:
    """The person's own words, by themselves."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """What was asked, and the answer that is a value, or why there is none."""

    words: str
    answer: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What one voice said: `who` names it, so that nobody needs a colour to know."""

    who: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Views:
    """What was said to a question: the person's own words, and what others say to the same.

    Where there are both, they stand side by side, each under its head.
    """

    own: Said | None
    others: tuple[Said, ...] = ()
    own_head: str = ""
    others_head: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Introduction:
    """A few sentences that lead to what follows."""

    words: str


@dataclass(frozen=True, slots=True, repr=False)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Grid:
    """A table of words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Drawn:
    """The picture. `alt` says what it is to somebody who cannot see it."""

    picture: Picture
    words: PictureWords
    alt: str


@dataclass(frozen=True, slots=True, repr=False)
class Framed:
    """A box at the end."""

    title: str
    lines: tuple[str, ...]


Block = Heading | Facts | Quotes | Question | Views | Introduction | Bullets | Grid | Drawn | Framed


@dataclass(frozen=True, slots=True, repr=False)
class TalkPaper:
    """A copy of a conversation. `marks` stand at the upper right: its day, for whom it is.

    `kind` says at the foot of each page what this paper is, and that it decides nothing.
    """

    language: str
    size: TextSize
    made: date
    title: str
    person: str
    marks: tuple[str, ...]
    author: str
    kind: str
    blocks: tuple[Block, ...]
