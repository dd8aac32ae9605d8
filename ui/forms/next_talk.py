"""When and where the next conversation is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import Conversation
from caseworker_app.i18n import _, texts
from ui import theme
from ui.forms.name_field import NameField
from ui.forms.typing_pause import TypingPause
from ui.widgets.dates import DateField
from ui.widgets.fields import LineField
from ui.widgets.layout import FlowLayout
from ui.widgets.text import Text

_TIME = re.compile(r"^(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?(?:\s*(?:uhr|uur|h))?$", re.IGNORECASE)


def read_time(written: str) -> time | None:
    """The time that somebody wrote: 9, 9:30, 9.30, 930, 9 Uhr."""
    found = _TIME.match(written.strip())
    if not found:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def usual_places(person: Person) -> tuple[str, ...]:
    """Where one meets: proposed while a place is typed."""
    return _("at home"), person.place, _("at our office"), _("by telephone")


class NextTalkForm(QWidget):
    """`changed` when day, time and place can be kept. Nothing is kept before there is a day."""

    changed = Signal()

    def __init__(self, talk: Conversation | None, places: Sequence[str], today: date) -> None:
        super().__init__()
        look = theme.current()
        self._pause = TypingPause(self)
        self._pause.over.connect(self._on_pause)
        self.day = DateField(_("Day"), today, first=today)
        self.time = LineField(_("Time"), placeholder=texts().clock(time(9, 30)))
        self.where = NameField(_("Place"), places, placeholder=_("Where do you meet?"))
        self._weekday = Text("", "meta")
        flow = FlowLayout(14, self)
        for field, width in ((self.day, 190), (self.time, 110), (self.where, 280)):
            field.setMinimumWidth(look.px(width))
            flow.addWidget(field)
            field.changed.connect(self._pause.begin)
            field.left.connect(self._on_left)
        self.show_talk(talk)

    def show_talk(self, talk: Conversation | None) -> None:
        """Show what is agreed."""
        local = talk.planned_for.astimezone() if talk and talk.planned_for else None
        self.day.set_value(local.date() if local else None)
        self.time.set_value(texts().clock(local) if local else "")
        self.where.set_value(talk.place if talk else "")
        self._kept = (self.at(), self.where.value())

    def at(self) -> datetime | None:
        """The agreed moment; None while the day or the time is missing."""
        day, clock = self.day.value(), read_time(self.time.value())
        return datetime.combine(day, clock).astimezone() if day and clock else None

    def has_news(self) -> bool:
        """Whether something can be kept that was not kept yet."""
        return self.at() is not None and (self.at(), self.where.value()) != self._kept

    def kept(self) -> None:
        """What stands here now is kept."""
        self._kept = (self.at(), self.where.value())

    def _on_left(self) -> None:
        self._pause.stop()
        written = self.time.value()
        problem = ""
        if written and read_time(written) is None:
            problem = _("Please write a time like {example}.").format(
                example=texts().clock(time(9, 30))
            )
        elif self.day.value() and not written and (self.where.value() or self._kept[0]):
            problem = _("At what time?")
        self.time.set_problem(problem)
        self._on_pause()

    def _on_pause(self) -> None:
        if self.has_news():
            self.changed.emit()
