"""What is asked when two people look at the picture together, about one part of life at a time.

The answers are the participant's own words, kept like all others under a question of the program's
own: its id names the life domain too, so that it can never be one of a guide.
"""

from __future__ import annotations

from enum import StrEnum

from caseworker_app.domain.guide import Guide
from caseworker_app.domain.picture import domains_of
from caseworker_app.domain.speech import Speech

_PART = "/"


class LookBack(StrEnum):
    """What has become different since last time; what would make it one point better."""

    DIFFERENT = "different"
    BETTER = "better"


def question_id(domain: str, asked: LookBack) -> str:
    """Under which question an answer is kept."""
    return f"{domain}{_PART}{asked}"


def asked_in(question: str) -> tuple[str, LookBack] | None:
    """The life domain and what was asked about it; None for a question of a guide."""
    domain, part, name = question.partition(_PART)
    return (domain, LookBack(name)) if part and name in set(LookBack) else None


def question_words(asked: LookBack, texts: Speech) -> str:
    """The question as it is asked."""
    return {
        LookBack.DIFFERENT: texts.gettext("What has become different?"),
        LookBack.BETTER: texts.gettext("What would make it one point better?"),
    }[asked]


def topic_of(domain: str, asked: Guide) -> str:
    """The topic under which the words about a life domain are kept: the first that is about it."""
    return next((one.id for one in asked.sections if domain in domains_of(one)), "")
