"""What happened in one person's file, each thing as an entry of the timeline."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.case_view import Event, EventKind
from caseworker_app.domain.people import ContactWay
from caseworker_app.domain.talk import Voice
from caseworker_app.i18n import _, ngettext
from ui.widgets.day_words import day_words
from ui.widgets.not_held_words import not_held_words
from ui.widgets.text import isolated
from ui.widgets.timeline import TimelineEntry

_ICONS = {
    EventKind.TALK: "message-circle",
    EventKind.TALK_RUNNING: "message-circle",
    EventKind.TALK_NOT_HELD: "calendar",
    EventKind.PLAN: "file-text",
    EventKind.STEP_DONE: "check",
    EventKind.DOCUMENT: "bookmark",
    EventKind.OPENED: "notebook-pen",
}
_WAY_ICONS = {
    ContactWay.CALL: "phone",
    ContactWay.VISIT: "map-pin",
    ContactWay.MESSAGE: "message-circle",
    ContactWay.LETTER: "file-text",
    ContactWay.OTHER: "notebook-pen",
}


def way_words(way: ContactWay | None) -> str:
    """How the coach was in touch."""
    return {
        ContactWay.CALL: _("Call"),
        ContactWay.VISIT: _("Visit"),
        ContactWay.MESSAGE: _("Message"),
        ContactWay.LETTER: _("Letter"),
    }.get(way or ContactWay.OTHER, _("Note"))


def event_entry(event: Event, today: date, name: str, *, last: bool = False) -> TimelineEntry:
    """The entry of one event in the file of `name`. The coach's notes are in the coach's voice."""
    icon = _ICONS.get(event.kind) or _WAY_ICONS[event.way or ContactWay.OTHER]
    is_step = event.kind is EventKind.STEP_DONE
    return TimelineEntry(
        icon,
        _title(event),
        " · ".join(part for part in (day_words(event.on, today), *_more(event, name)) if part),
        words=event.words if event.kind is EventKind.CONTACT else "",
        voice=event.voice or Voice.COACH,
        tone="person" if is_step else "third",
        last=last,
    )


def _title(event: Event) -> str:
    if event.kind is EventKind.TALK and event.minutes:
        return ngettext(
            "Conversation, {count} minute", "Conversation, {count} minutes", event.minutes
        )
    if event.kind is EventKind.CONTACT:
        return way_words(event.way)
    if event.kind in (EventKind.STEP_DONE, EventKind.DOCUMENT):
        return event.words or _("Step")
    return {
        EventKind.TALK: _("Conversation"),
        EventKind.TALK_RUNNING: _("Conversation begun"),
        EventKind.TALK_NOT_HELD: _("The conversation did not take place"),
        EventKind.PLAN: _("Plan, version {number}").format(number=event.number),
        EventKind.OPENED: _("File opened"),
    }[event.kind]


def _more(event: Event, name: str) -> tuple[str, ...]:
    if event.kind is EventKind.TALK_NOT_HELD and event.talk:
        return (not_held_words(event.talk, name),)
    if event.kind in (EventKind.TALK, EventKind.TALK_RUNNING):
        topics = ngettext("{count} topic", "{count} topics", event.number) if event.number else ""
        there = _("with {names}").format(names=isolated(event.who)) if event.who else ""
        open_still = _("not finished yet") if event.kind is EventKind.TALK_RUNNING else ""
        return topics, there, open_still
    if event.kind is EventKind.STEP_DONE and event.who:
        return (_("step taken by {name}").format(name=isolated(event.who)),)
    if event.kind is EventKind.DOCUMENT:
        return (_("paper added"),)
    return ()
