"""What a list says about a person: born when and where, what is due, when the last talk was."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.lines import Due, DueKind, PersonLine
from caseworker_app.domain.people import CaseStatus
from caseworker_app.domain.who import Who, is_long_without, months_between
from caseworker_app.i18n import _, ngettext, texts
from ui.widgets.day_words import day_words

WEEKS_FROM = 14
MONTHS_FROM = 60
YEARS_FROM = 24

Toned = tuple[str, str]


def filter_words(who: Who, count: int) -> str:
    """A filter above the list, with how many it shows."""
    names = {
        Who.ALL: _("All {count}"),
        Who.WEEK: _("This week {count}"),
        Who.LONG: _("Long without a talk {count}"),
        Who.CLOSED: _("Closed {count}"),
    }
    return names[who].format(count=texts().number(count))


def born_and_place(line: PersonLine) -> str:
    """Born 1988 · Lindental; the number of the file when nothing else is known."""
    parts = []
    if line.birth_date:
        parts.append(_("born {year}").format(year=line.birth_date.year))
    if line.place:
        parts.append(line.place)
    return " · ".join(parts) or _("file {number}").format(number=line.number)


def due_of(line: PersonLine, today: date) -> Toned:
    """The due thing in words, and the colour they are written in."""
    if line.status is CaseStatus.CLOSED:
        return _("File closed"), "text_2"
    if is_long_without(line, today) and line.due(today).kind is DueKind.YEARLY_TALK:
        return without_talk(line, today), "warn_ink"
    return _DUE[line.due(today).kind](line.due(today), today)


def without_talk(line: PersonLine, today: date) -> str:
    """How long there was no talk. Only for somebody who had one."""
    assert line.last_talk is not None
    return months_without(months_between(line.last_talk.astimezone().date(), today))


def months_without(months: int) -> str:
    """How long there was no talk."""
    return ngettext("{count} month without a talk", "{count} months without a talk", months)


def last_talk(line: PersonLine, today: date) -> str:
    """When the last talk was."""
    if line.last_talk is None:
        return _("No talk yet")
    return last_talk_on(line.last_talk.astimezone().date(), today)


def last_talk_on(last: date, today: date) -> str:
    """How long ago the last talk was, in the largest measure that is told so."""
    days = (today - last).days
    if days <= 0:
        return _("Last talk today")
    if days < WEEKS_FROM:
        return ngettext("Last talk {count} day ago", "Last talk {count} days ago", days)
    if days < MONTHS_FROM:
        return ngettext("Last talk {count} week ago", "Last talk {count} weeks ago", days // 7)
    months = months_between(last, today)
    if months < YEARS_FROM:
        return ngettext("Last talk {count} month ago", "Last talk {count} months ago", months)
    return ngettext("Last talk {count} year ago", "Last talk {count} years ago", months // 12)


def _talk(due: Due, today: date) -> Toned:
    assert due.at is not None
    time = texts().clock(due.at)
    if due.on == today:
        return _("Talk today, {time}").format(time=time), "text"
    if due.on < today:
        day = day_words(due.on, today)
        return _("Talk was agreed for {day}").format(day=day), "warn_ink"
    if (due.on - today).days == 1:
        return _("Talk tomorrow, {time}").format(time=time), "text"
    day = day_words(due.on, today)
    return _("Talk on {day}, {time}").format(day=day, time=time), "text"


def _step(due: Due, today: date) -> Toned:
    if due.on == today:
        return _("Step due today"), "warn_ink"
    if due.on < today:
        return _("Step open since {day}").format(day=day_words(due.on, today)), "warn_ink"
    if (due.on - today).days == 1:
        return _("Step by tomorrow"), "text"
    return _("Step by {day}").format(day=day_words(due.on, today)), "text"


def _yearly(due: Due, today: date) -> Toned:
    return _("Talk again by {day}").format(day=day_words(due.on, today)), "text"


def _first(_due: Due, _today: date) -> Toned:
    return _("First talk still to come"), "text"


_DUE = {
    DueKind.TALK: _talk,
    DueKind.STEP: _step,
    DueKind.YEARLY_TALK: _yearly,
    DueKind.FIRST_TALK: _first,
}
