"""The value of an answer in words, on paper and on the screen: never an id."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from caseworker_app.domain.guide import Guide, Question, QuestionKind, Scale
from caseworker_app.domain.picture import scale_of
from caseworker_app.domain.picture_words import missing_words
from caseworker_app.domain.speech import Speech
from caseworker_app.domain.talk import Answer


def answer_words(
    question: Question | None, answer: Answer, guide: Guide | None, texts: Speech, tag: str
) -> str:
    """What was answered, or why there is no answer; "" where there is neither.

    `tag` is the form of address in which the guide's own words are taken. Where guide or question
    are not here, the value stands as it was kept.
    """
    if not answer.value:
        return missing_words(answer.missing, texts) if answer.missing else ""
    if question is None:
        return answer.value
    if question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
        chosen = {option.id: option.text.to(tag) for option in question.options}
        return ", ".join(chosen.get(one, one) for one in answer.value.split("\n"))
    if question.kind is QuestionKind.SCALE and guide:
        return on_scale(answer.value, scale_of(question.scale, guide), texts, tag)
    written = _WRITTEN.get(question.kind)
    return written(answer.value, texts) if written else answer.value


def on_scale(value: str, scale: Scale, texts: Speech, tag: str) -> str:
    """A point with the scale it was given on, so that it is never read as a mark."""
    sentence = (
        texts.gettext("face {number} of {last} ({low} – {high})")
        if scale.faces
        else texts.gettext("{number} ({first} = {low}, {last} = {high})")
    )
    low, high = scale.low.to(tag), scale.high.to(tag)
    return sentence.format(number=value, first=scale.first, last=scale.last, low=low, high=high)


def _yes_or_no(value: str, texts: Speech) -> str:
    return {"yes": texts.gettext("Yes"), "no": texts.gettext("No")}.get(value, value)


def _day(value: str, texts: Speech) -> str:
    try:
        return texts.day(date.fromisoformat(value))
    except ValueError:
        return value


def _number(value: str, texts: Speech) -> str:
    try:
        return texts.number(float(value))
    except ValueError:
        return value


_WRITTEN: dict[QuestionKind, Callable[[str, Speech], str]] = {
    QuestionKind.YES_NO: _yes_or_no,
    QuestionKind.DATE: _day,
    QuestionKind.NUMBER: _number,
}
