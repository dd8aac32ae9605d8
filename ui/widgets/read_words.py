"""Answers, reasons for none, ratings and goals as they are read again, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from caseworker_app.domain.goals import Goal, GoalStatus
from caseworker_app.domain.guide import Guide, Question, QuestionKind, Scale
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.talk import (
    MOST_SHARE,
    Answer,
    HelpWanted,
    Missing,
    Rating,
    WantsChange,
)
from caseworker_app.i18n import _, texts, translated


def missing_words(missing: Missing) -> str:
    """Why there is no answer."""
    return {
        Missing.NOT_ASKED: _("not asked"),
        Missing.NOT_SAID: _("would rather not say"),
        Missing.NOT_RELEVANT: _("does not apply"),
        Missing.NOT_KNOWN: _("does not know"),
    }[missing]


def domain_words(domain: str) -> str:
    """The name of a life domain; of one that is not known here, its id."""
    return translated(BY_ID[domain].label) if domain in BY_ID else domain


def answer_words(answer: Answer, question: Question | None, guide: Guide | None, tag: str) -> str:
    """The value of an answer, or why there is none."""
    if answer.missing is not None and not answer.value:
        return missing_words(answer.missing)
    if question is None:
        return answer.value
    if question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
        chosen = {option.id: option.text.to(tag) for option in question.options}
        return ", ".join(chosen.get(one, one) for one in answer.value.split("\n"))
    if question.kind is QuestionKind.SCALE and guide:
        return _on_scale(answer.value, _scale(guide, question.scale), tag)
    written = _WRITTEN.get(question.kind, str)
    return written(answer.value)


def rating_words(rating: Rating, guide: Guide | None, tag: str) -> str:
    """How somebody saw one part of their life: on which scale, what they wish, who carries it."""
    if rating.missing is not None:
        return missing_words(rating.missing)
    scale = _scale(guide, rating.scale) if guide else None
    parts = [
        sentence.format(number=_on_scale(str(number), scale, tag))
        for sentence, number in (
            (_("satisfied: {number}"), rating.satisfaction),
            (_("important: {number}"), rating.importance),
        )
        if number is not None
    ]
    if rating.wants_change is not None:
        parts.append(wish_words(rating.wants_change))
    if rating.help_wanted is not None:
        parts.append(help_words(rating.help_wanted))
    return " · ".join([*parts, *_shares(rating)]) or _("not rated")


def wish_words(wish: WantsChange) -> str:
    """Whether something is to change."""
    return {
        WantsChange.YES: _("wants a change"),
        WantsChange.LATER: _("wants a change later"),
        WantsChange.NO: _("wants no change"),
    }[wish]


def help_words(wanted: HelpWanted) -> str:
    """How much help is wanted."""
    return {
        HelpWanted.NONE: _("wants no help"),
        HelpWanted.SOME: _("wants some help"),
        HelpWanted.MUCH: _("wants much help"),
    }[wanted]


def goal_words(goal: Goal) -> str:
    """What has become of a goal, beside its words."""
    return {
        GoalStatus.OPEN: _("Goal"),
        GoalStatus.REACHED: _("Goal, reached"),
        GoalStatus.NOT_NOW: _("Goal, not now"),
    }[goal.status]


def _shares(rating: Rating) -> list[str]:
    shares = (
        (_("own strength {count} of {most}"), rating.own_share),
        (_("people around {count} of {most}"), rating.network_share),
        (_("professionals {count} of {most}"), rating.professional_share),
    )
    return [
        sentence.format(count=count, most=MOST_SHARE)
        for sentence, count in shares
        if count is not None
    ]


def _scale(guide: Guide, scale: str) -> Scale | None:
    return next((one for one in guide.scales if one.id == scale), None)


def _on_scale(number: str, scale: Scale | None, tag: str) -> str:
    """A number with the scale it was given on, so that it is never read as a mark."""
    if scale is None:
        return number
    sentence = (
        _("face {number} of {last} ({low} – {high})")
        if scale.faces
        else _("{number} ({first} = {low}, {last} = {high})")
    )
    low, high = scale.low.to(tag), scale.high.to(tag)
    return sentence.format(number=number, first=scale.first, last=scale.last, low=low, high=high)


def _yes_or_no(value: str) -> str:
    return {"yes": _("Yes"), "no": _("No")}.get(value, value)


def _day(value: str) -> str:
    try:
        return texts().day(date.fromisoformat(value))
    except ValueError:
        return value


def _number(value: str) -> str:
    try:
        return texts().number(float(value.replace(",", ".")))
    except ValueError:
        return value


_WRITTEN: dict[QuestionKind, Callable[[str], str]] = {
    QuestionKind.YES_NO: _yes_or_no,
    QuestionKind.DATE: _day,
    QuestionKind.NUMBER: _number,
}
