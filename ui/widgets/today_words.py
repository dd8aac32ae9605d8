"""What the first page says: the greeting, when a visit is, and where it goes."""

from __future__ import annotations

from datetime import date, datetime

from caseworker_app.domain.people import Person
from caseworker_app.domain.today import Promise, Visit, WriteUp
from caseworker_app.i18n import _, beginning, ngettext, texts
from ui.widgets.chips import ChipTone
from ui.widgets.day_words import day_words, due_words
from ui.widgets.text import isolated

NOON, EVENING = 12, 18
HOUR = 60
SOON = 15


def greeting(coach: str, now: datetime) -> str:
    """Good morning, Femke."""
    hour = now.astimezone().hour
    if hour < NOON:
        words = _("Good morning, {name}") if coach else _("Good morning")
    elif hour < EVENING:
        words = _("Good afternoon, {name}") if coach else _("Good afternoon")
    else:
        words = _("Good evening, {name}") if coach else _("Good evening")
    return words.format(name=coach)


def clock(visit: Visit) -> str:
    """The time of a visit."""
    assert visit.talk.planned_for is not None
    return texts().clock(visit.talk.planned_for.astimezone())


def in_a_while(visit: Visit, now: datetime, *, with_clock: bool) -> tuple[str, ChipTone]:
    """How long it is until a visit, with its time where that stands nowhere else."""
    assert visit.talk.planned_for is not None
    minutes = round((visit.talk.planned_for - now).total_seconds() / 60)
    if minutes < 0:
        return _("agreed for {time}").format(time=clock(visit)), "soon"
    if minutes < 1:
        words = _("now")
    elif minutes < HOUR:
        words = ngettext("in {count} minute", "in {count} minutes", minutes)
    else:
        words = ngettext("in {count} hour", "in {count} hours", round(minutes / HOUR))
    if with_clock:
        words = _("{time}, {words}").format(time=clock(visit), words=words)
    return words, "soon" if minutes < SOON else "time"


def kind_and_place(visit: Visit) -> str:
    """First conversation · At Wim's home."""
    kind = _("First conversation") if visit.is_first else _("Conversation")
    return " · ".join(part for part in (kind, visit.talk.place) if part)


def address(person: Person) -> str:
    """Where somebody lives, in one line."""
    town = " ".join(part for part in (person.postcode, person.place) if part)
    return ", ".join(part for part in (person.street, town) if part)


def one_thing(person: Person) -> str:
    """The first thing that is good to know before ringing the bell."""
    lines = (line.strip() for line in person.good_to_know.splitlines())
    return next((line for line in lines if line), "")


def promise_meta(promise: Promise, today: date, *, with_who: bool = False) -> str:
    """For whom and by when: for Wim Hoekstra · today."""
    step = promise.step
    parts = []
    if promise.person and not (with_who and step.who == promise.person):
        parts.append(_("for {name}").format(name=isolated(promise.person)))
    if with_who and step.who:
        parts.append(_("{name} does it").format(name=isolated(step.who)))
    if step.with_whom and step.with_whom != promise.person:
        parts.append(_("with {name}").format(name=isolated(step.with_whom)))
    if step.due:
        parts.append(due_words(step.due, today))
    return " · ".join(parts)


def still_open(write_up: WriteUp, today: date) -> str:
    """When the conversation was, and how much of it is still to be written up."""
    local = write_up.began.astimezone()
    when = day_words(local.date(), today)
    if write_up.is_running:
        when = _("begun {day}, {time}").format(day=when, time=texts().clock(local))
    return f"{when} · {things_open(write_up.count)}"


def things_open(count: int) -> str:
    """How much is still open about a conversation."""
    return beginning(ngettext("{count} thing still open", "{count} things still open", count))
