"""A scale of a guide as something to choose on: numbers or drawn faces, in the screen's words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from caseworker_app.domain.guide import Scale as Points
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import Texts, texts
from ui.widgets.rating import FaceScale, RatingScale
from ui.widgets.scale import Scale


def scale_widget(points: Points) -> Scale:
    """The scale to choose on. `ask` gives it its name and what was chosen last time."""
    language = texts().language
    low, high = points.low.to(language), points.high.to(language)
    if points.faces:
        return FaceScale("", (low, points.middle.to(language), high))
    return RatingScale("", low, high, first=points.first, most=points.last)


def day_of_last_time(talk: Talk) -> str:
    """When the talk before this one was, as it stands under a ring and beside its words."""
    return _day(texts(), talk.earlier.on) if talk.earlier else ""


@lru_cache(maxsize=64)
def _day(language: Texts, day: date) -> str:
    return language.day(day)
