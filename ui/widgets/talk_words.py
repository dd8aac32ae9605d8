"""When and where a conversation was, how long it took and who was in the room."""

from __future__ import annotations

from datetime import date, datetime

from caseworker_app.domain.talk import Conversation
from caseworker_app.i18n import _, ngettext, texts
from ui.widgets.day_words import day_words
from ui.widgets.text import isolated


def talk_facts(talk: Conversation) -> str:
    """The time, the place, and how long it took."""
    parts = []
    moment = talk.started or talk.planned_for
    if moment:
        parts.append(texts().clock(moment.astimezone()))
    if talk.place:
        parts.append(isolated(talk.place))
    if talk.started and talk.finished:
        minutes = max(0, round((talk.finished - talk.started).total_seconds() / 60))
        parts.append(ngettext("{count} minute", "{count} minutes", minutes))
    return " · ".join(parts)


def begun_words(began: datetime, today: date) -> str:
    """When a conversation was begun that is not finished."""
    local = began.astimezone()
    return _("Conversation begun {day}, {time}").format(
        day=day_words(local.date(), today), time=texts().clock(local)
    )


def who_was_there(talk: Conversation) -> str:
    """Who else was in the room, and who interpreted."""
    parts = []
    if talk.present:
        parts.append(_("With {names}").format(names=isolated(talk.present)))
    if talk.interpreter:
        parts.append(_("Interpreter: {name}").format(name=isolated(talk.interpreter)))
    return " · ".join(parts)
