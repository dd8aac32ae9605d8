"""A conversation on paper, line by line, to be read or heard: the same words as on the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from caseworker_app.domain.talk_paper import (
    Bullets,
    Drawn,
    Facts,
    Framed,
    Grid,
    Heading,
    Introduction,
    Question,
    Quotes,
    TalkPaper,
    Views,
)
from ui.forms.paper_lines import PaperLine


def talk_lines(paper: TalkPaper) -> tuple[PaperLine, ...]:
    """The whole paper in the order in which it is read."""
    lines = [
        PaperLine("title", paper.title),
        *(PaperLine("words", mark) for mark in paper.marks),
        PaperLine("words", paper.person),
        *(line for block in paper.blocks for line in _LINES[type(block)](block)),
        PaperLine("words", paper.kind),
    ]
    return tuple(line for line in lines if line.words.strip())


def _facts(block: Facts) -> Iterator[PaperLine]:
    yield from (PaperLine("words", f"{what}: {words}") for what, words in block.rows)


def _heading(block: Heading) -> Iterator[PaperLine]:
    yield PaperLine("heading", block.words)
    yield PaperLine("words", block.note)


def _quotes(block: Quotes) -> Iterator[PaperLine]:
    yield from (PaperLine("item", words) for words in block.words)


def _question(block: Question) -> Iterator[PaperLine]:
    yield PaperLine("question", block.words)
    yield PaperLine("words", block.answer)


def _views(block: Views) -> Iterator[PaperLine]:
    for said in (*([block.own] if block.own else []), *block.others):
        yield from (PaperLine("item", f"{said.who}: {words}") for words in said.words)


def _introduction(block: Introduction) -> Iterator[PaperLine]:
    yield PaperLine("words", block.words)


def _bullets(block: Bullets) -> Iterator[PaperLine]:
    yield from (PaperLine("item", words) for words in block.items)


def _drawn(block: Drawn) -> Iterator[PaperLine]:
    yield PaperLine("words", block.alt)


def _grid(block: Grid) -> Iterator[PaperLine]:
    """Each row with the head of each column before its cell."""
    for first, *cells in block.rows:
        known = zip(block.heads[1:], cells, strict=True)
        said = "; ".join(f"{head}: {cell}" for head, cell in known if cell)
        yield PaperLine("item", f"{first}: {said}")


def _framed(block: Framed) -> Iterator[PaperLine]:
    yield PaperLine("heading", block.title)
    yield from (PaperLine("words", words) for words in block.lines)


_LINES: dict[type, Callable[[Any], Iterator[PaperLine]]] = {
    Facts: _facts,
    Heading: _heading,
    Quotes: _quotes,
    Question: _question,
    Views: _views,
    Introduction: _introduction,
    Bullets: _bullets,
    Drawn: _drawn,
    Grid: _grid,
    Framed: _framed,
}
