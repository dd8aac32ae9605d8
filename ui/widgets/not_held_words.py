"""Why a conversation did not take place, said without blame."""

from __future__ import annotations

from datetime import datetime

from caseworker_app.domain.talk import Conversation, Hindrance, TalkStatus, Voice
from caseworker_app.i18n import _
from ui.widgets.text import isolated


def hindrance_words(hindrance: Hindrance) -> str:
    """What came between."""
    return {
        Hindrance.ILL: _("ill"),
        Hindrance.FORGOTTEN: _("forgotten"),
        Hindrance.NO_TIME: _("no time"),
        Hindrance.TRANSPORT: _("weather or transport"),
        Hindrance.OTHER: _("something else"),
    }[hindrance]


def called_off_words(talk: Conversation, name: str) -> str:
    """Who called it off, or that nobody was there."""
    if talk.status is TalkStatus.MISSED:
        return _("nobody was there")
    if talk.called_off_by is Voice.COACH:
        return _("called off by us")
    if talk.called_off_by is Voice.PARTICIPANT:
        return _("called off by {name}").format(name=isolated(name))
    return _("called off")


def not_held_words(talk: Conversation, name: str) -> str:
    """All that is known about it, in one line."""
    between = hindrance_words(talk.hindrance) if talk.hindrance else ""
    parts = (called_off_words(talk, name), between, talk.reason)
    return " · ".join(part for part in parts if part)


def offer_words(talk: Conversation, now: datetime) -> str:
    """On the button that lets the coach note it, before or after the agreed time."""
    if talk.planned_for is not None and talk.planned_for <= now:
        return _("It did not take place")
    return _("It does not take place")
