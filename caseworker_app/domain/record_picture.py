"""How somebody sees their life, on paper: the picture, what its ends mean, and its tables."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain.guide import Scale
from caseworker_app.domain.picture import Picture
from caseworker_app.domain.picture_words import (
    WordTable,
    picture_words,
    satisfaction_table,
    wishes_table,
)
from caseworker_app.domain.speech import Speech
from caseworker_app.domain.talk_paper import Block, Drawn, Grid, Heading, Introduction


def picture_blocks(picture: Picture, name: str, texts: Speech, tag: str) -> Iterator[Block]:
    """The picture with its table; nothing where nothing was rated."""
    if not picture.is_rated:
        return
    yield Heading(texts.gettext("How {name} sees their own life").format(name=name))
    yield Introduction(_meaning(picture, name, texts, tag))
    words = picture_words(picture, texts, tag, texts.day)
    alt = texts.gettext(
        "Picture: how {name} sees {count} parts of life. The table below says the same in words."
    )
    yield Drawn(picture, words, alt.format(name=name, count=len(picture.rows)))
    yield _grid(satisfaction_table(picture, texts, texts.day))
    wishes = wishes_table(picture, texts)
    if wishes.rows:
        yield Heading(texts.gettext("What {name} wishes").format(name=name))
        yield _grid(wishes)


def _meaning(picture: Picture, name: str, texts: Speech, tag: str) -> str:
    """Whose view it is, and what the ends of each scale mean."""
    scales = dict.fromkeys(row.scale for row in picture.rows if row.rating)
    own = texts.gettext("This is {name}’s own view.").format(name=name)
    ends = [_ends(scale, texts, tag) for scale in scales]
    return " ".join([own, *(sentence for sentence in ends if sentence)])


def _ends(scale: Scale, texts: Speech, tag: str) -> str:
    low, high = scale.low.to(tag), scale.high.to(tag)
    if not (low and high):
        return ""
    sentence = (
        texts.gettext("Of the faces, the first means “{low}” and the last means “{high}”.")
        if scale.faces
        else texts.gettext("{first} means “{low}” and {last} means “{high}”.")
    )
    return sentence.format(first=scale.first, last=scale.last, low=low, high=high)


def _grid(table: WordTable) -> Grid:
    return Grid(table.heads, table.rows)
