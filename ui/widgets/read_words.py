"""Answers, reasons for none, ratings and goals as they are read again, in words."""

from __future__ import annotations

from caseworker_app.domain import answer_words as answers
from caseworker_app.domain.goals import Goal, GoalStatus
from caseworker_app.domain.guide import Guide, Question, Scale
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.picture_words import missing_words
from caseworker_app.domain.talk import (
    MOST_SHARE,
    Answer,
    HelpWanted,
    Rating,
    WantsChange,
)
from caseworker_app.i18n import _, texts, translated


def domain_words(domain: str) -> str:
    """The name of a life domain; of one that is not known here, its id."""
    return translated(BY_ID[domain].label) if domain in BY_ID else domain


def answer_words(answer: Answer, question: Question | None, guide: Guide | None, tag: str) -> str:
    """The value of an answer, or why there is none, in the screen's language."""
    return answers.answer_words(question, answer, guide, texts(), tag)


def rating_words(rating: Rating, guide: Guide | None, tag: str) -> str:
    """How somebody saw one part of their life: on which scale, what they wish, who carries it."""
    if rating.missing is not None:
        return missing_words(rating.missing, texts())
    scale = _scale(guide, rating.scale) if guide else None
    parts = [
        sentence.format(number=_point(number, scale, tag))
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


def _point(number: int, scale: Scale | None, tag: str) -> str:
    return answers.on_scale(str(number), scale, texts(), tag) if scale else str(number)
