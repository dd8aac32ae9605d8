"""Days as they are spoken of: today, yesterday, 3 November; with the year when it is another."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QLocale

from caseworker_app.i18n import _, texts


def day_words(day: date, today: date) -> str:
    """A day that was or will be, as short as can be said without doubt."""
    near = {
        today: _("today"),
        today + timedelta(days=1): _("tomorrow"),
        today - timedelta(days=1): _("yesterday"),
    }
    if day in near:
        return near[day]
    return texts().day_month(day) if day.year == today.year else texts().day(day)


def due_words(day: date, today: date) -> str:
    """The day by which somebody must act: with its weekday, or since when it is waited for."""
    if day < today:
        return _("since {day}").format(day=day_words(day, today))
    if day <= today + timedelta(days=1):
        return day_words(day, today)
    return texts().weekday(day) if day.year == today.year else texts().weekday_year(day)


def near_words(day: date, today: date) -> str:
    """What to say beside a day in figures by which somebody must act: today, since 3 November."""
    if day <= today + timedelta(days=1):
        return due_words(day, today)
    return QLocale(texts().language).dayName(day.isoweekday())


def moment_words(moment: datetime, today: date) -> str:
    """Day and time of a conversation."""
    local = moment.astimezone()
    return _("{day}, {time}").format(
        day=due_words(local.date(), today) if local.date() >= today else texts().day(local.date()),
        time=texts().clock(local),
    )
