"""A day on the participant's side: day, month and year chosen one by one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.content.participant import Tongue
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import FlowLayout, column
from ui.widgets.text import Text

OLDEST, FURTHEST = 110, 20
LONGEST_MONTH, LEAP_YEAR = 31, 2024
NOTHING = (None, "–")


class BigDate(QWidget):
    """`given` carries the day as text once all three parts are there, "" when none is."""

    given = Signal(str)

    def __init__(self, tongue: Tongue, name: str, today: date) -> None:
        super().__init__()
        self._tongue, self._name = tongue, name
        locale = QLocale(tongue.language)
        months = [(month, locale.standaloneMonthName(month)) for month in range(1, 13)]
        years = range(today.year + FURTHEST, today.year - OLDEST, -1)
        self._day = self._field("day", [(day, str(day)) for day in range(1, LONGEST_MONTH + 1)])
        self._month = self._field("month", months)
        self._year = self._field("year", [(year, str(year)) for year in years])
        layout = FlowLayout(14, self)
        for key, field in (("day", self._day), ("month", self._month), ("year", self._year)):
            holder = QWidget()
            holder.setLayout(column(Text(tongue.say(key), "tbody", colour="text_2"), field, gap=6))
            layout.addWidget(holder)
        self.setFocusProxy(self._day.control)

    def show_value(self, value: str) -> None:
        """Show the day that is kept, without a signal. A day half chosen stays."""
        if value and value != self._chosen():
            day = date.fromisoformat(value)
            for field, part in (
                (self._day, day.day),
                (self._month, day.month),
                (self._year, day.year),
            ):
                field.set_value(part)
        elif not value and self._chosen():
            for field in (self._day, self._month, self._year):
                field.set_value(None)

    def _field(self, key: str, options: list[tuple[int, str]]) -> ChoiceField:
        field = ChoiceField("", [NOTHING, *options])
        field.control.setAccessibleName(f"{self._name} {self._tongue.say(key)}")
        field.changed.connect(self._on_changed)
        field.set_value(None)
        return field

    def _parts(self) -> tuple[Any, Any, Any]:
        return self._day.value(), self._month.value(), self._year.value()

    def _chosen(self) -> str:
        """The whole day as it is kept; "" while a part is missing."""
        day, month, year = self._parts()
        return date(year, month, day).isoformat() if day and month and year else ""

    def _on_changed(self) -> None:
        day, month, year = self._parts()
        last = monthrange(year or LEAP_YEAR, month)[1] if month else LONGEST_MONTH
        if day and day > last:  # the 31st of a month that ends before
            self._day.set_value(last)
        if all(self._parts()) or not any(self._parts()):
            self.given.emit(self._chosen())
