"""Writes a guide as the text of a file, laid out as its authors would: the inverse of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import tomli_w

from caseworker_app.content import conditions
from caseworker_app.content.desk import Table
from caseworker_app.content.scales import all_scales
from caseworker_app.domain.guide import Guide, Question, QuestionKind, Scale, Section, Words

LARGEST_WHOLE = 2**53
"""Up to here every whole number is exactly one float."""


def write(guide: Guide) -> str:
    """The text of a file from which this very guide is read."""
    own = tuple(scale for scale in guide.scales if scale not in all_scales())
    blocks = [
        _block("", _guide_head(guide)),
        _block("", _texts("title", guide.title)),
        _block("", _texts("purpose", guide.purpose)),
        _block("", _texts("never", guide.never)),
        *(_block("\n[[scales]]", _scale(scale)) for scale in own),
        *(block for section in guide.sections for block in _section(section)),
    ]
    return "\n".join(block for block in blocks if block)


def _guide_head(guide: Guide) -> Iterator[str]:
    yield _pair("id", guide.id)
    yield _pair("version", guide.version)
    yield _pair("languages", guide.languages)
    if guide.participant_languages:
        yield _pair("participant_languages", guide.participant_languages)


def _scale(scale: Scale) -> Iterator[str]:
    yield _pair("id", scale.id)
    yield _pair("first", scale.first)
    yield _pair("last", scale.last)
    yield from _if_any("faces", scale.faces)
    yield from _texts("low", scale.low)
    yield from _texts("middle", scale.middle)
    yield from _texts("high", scale.high)


def _section(section: Section) -> Iterator[str]:
    yield _block("\n[[sections]]", _section_head(section))
    for question in section.questions:
        yield _block("[[sections.questions]]", _question(question))
        for option in question.options:
            lines = (_pair("id", option.id), *_texts("text", option.text))
            yield _block("[[sections.questions.options]]", lines)


def _section_head(section: Section) -> Iterator[str]:
    yield _pair("id", section.id)
    yield _pair("pictogram", section.pictogram)
    yield from _if_any("domains", section.domains)
    yield from _if_any("sensitive", section.sensitive)
    yield from _if_any("closing", section.closing)
    if section.when:
        yield _pair("when", conditions.plain(section.when))
    yield from _texts("title", section.title)


def _question(question: Question) -> Iterator[str]:
    yield _pair("id", question.id)
    if question.kind is not QuestionKind.TALK:
        yield _pair("kind", question.kind.value)
    yield from _if_any("strength", question.strength)
    yield from _if_any("scale", question.scale)
    yield from _if_any("domain", question.domain)
    for key in ("least", "most", "step"):
        if (number := getattr(question, key)) is not None:
            yield _pair(key, number)
    if question.when:
        yield _pair("when", conditions.plain(question.when))
    yield from _texts("text", question.text)
    yield from _texts("hint", question.hint)


def _texts(key: str, words: Words) -> Iterator[str]:
    for tag, text in words.by_language:
        yield _pair(f"{key}.{tag}", text)


def _if_any(key: str, value: object) -> Iterator[str]:
    if value:
        yield _pair(key, value)


def _block(heading: str, lines: Iterable[str]) -> str:
    found = "\n".join((heading, *lines) if heading else lines)
    return f"{found}\n" if found else ""


def _pair(key: str, value: object) -> str:
    return f"{key} = {_inline(value)}"


def _inline(value: object) -> str:
    """A value in one line; a library for TOML writes what stands in it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(_pair(key, one) for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_inline(one) for one in value) + "]"
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_WHOLE:
        value = int(value)
    return tomli_w.dumps(Table(x=value)).removeprefix("x = ").rstrip("\n")
