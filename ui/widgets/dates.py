"""A date as people write it, 23.11.2026 or 23-11-2026, or picked from a calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit

from caseworker_app.i18n import _, texts
from ui import theme
from ui.widgets.buttons import icon_button
from ui.widgets.field import Field, inset
from ui.widgets.layout import column

_YEAR_LAST = re.compile(r"^(\d{1,2})\s*[.\-/ ]\s*(\d{1,2})(?:\s*[.\-/ ]\s*(\d{4}|\d{2})?)?$")
_YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")


def read_date(written: str, today: date, last: date | None = None) -> date | None:
    """The date that somebody wrote, or None. Without a year the next such day is meant.

    With two figures for the year, a day after `last` is meant in the century before.
    """
    parts = _parts(written.strip(), today)
    if parts is None:
        return None
    year, month, day = parts
    try:
        read = date(year, month, day)
    except ValueError:
        return None
    if last is not None and read > last and str(year) not in written:
        return read.replace(year=year - 100)
    return read


def written_day(day: date, today: date) -> str:
    """The day in figures as the screen's language writes it, so that it can be read again."""
    written = texts().day_short(day)
    return written if read_date(written, today) == day else day.isoformat()


def _parts(written: str, today: date) -> tuple[int, int, int] | None:
    if found := _YEAR_FIRST.match(written):
        return int(found[1]), int(found[2]), int(found[3])
    if not (found := _YEAR_LAST.match(written)):
        return None
    day, month = int(found[1]), int(found[2])
    if found[3] is None:
        return today.year + ((month, day) < (today.month, today.day)), month, day
    year = int(found[3])
    if year < 100:  # up to twenty years ahead, otherwise the last century
        year += 2000 if year <= today.year % 100 + 20 else 1900
    return year, month, day


class DateField(Field):
    """A day, typed or picked. `first` and `last` bound it; `today` reads a date without a year."""

    control: QLineEdit

    def __init__(
        self,
        label: str,
        today: date,
        *,
        hint: str = "",
        first: date | None = None,
        last: date | None = None,
    ) -> None:
        edit = QLineEdit()
        super().__init__(label, edit, hint=hint)
        self._today, self._first, self._last = today, first, last
        self._calendar: _Calendar | None = None
        self._opener = icon_button(
            "calendar",
            _("Open the calendar: {field}").format(field=label),
            colour="text_3",
            slot=self._open_calendar,
        )
        inset(edit, self._opener)
        edit.textEdited.connect(lambda _words: self.changed.emit())

    def value(self) -> date | None:
        """The day, or None while the field is empty or holds no day that exists and is allowed."""
        day = read_date(self.control.text(), self._today, self._last)
        return day if day and not self._out_of_bounds(day) else None

    def set_value(self, value: date | None) -> None:
        """Show a day in figures, with the whole year."""
        self.control.setText(written_day(value, self._today) if value else "")
        self.set_problem("")

    def _on_left(self) -> None:
        written = self.control.text().strip()
        day = read_date(written, self._today, self._last)
        if day:
            self.control.setText(written_day(day, self._today))
        self.set_problem(self._problem_of(written, day) if written else "")
        super()._on_left()

    def _problem_of(self, written: str, day: date | None) -> str:
        if day is not None:
            return self._out_of_bounds(day)
        parts = _parts(written, self._today)
        if parts is None or not 1 <= parts[1] <= 12 or not 1 <= parts[2] <= 31:
            return _("Please write a day like {example}.").format(
                example=written_day(self._today, self._today)
            )
        year, month, _day = parts
        nearest = date(year, month, monthrange(year, month)[1])
        return _("This day does not exist. Did you mean {day}?").format(day=texts().day(nearest))

    def _out_of_bounds(self, day: date) -> str:
        if self._first and day < self._first:
            return _("Please choose a day from {day} on.").format(day=texts().day(self._first))
        if self._last and day > self._last:
            return _("Please choose a day up to {day}.").format(day=texts().day(self._last))
        return ""

    def _open_calendar(self) -> None:
        self._calendar = _Calendar(self, self.value() or self._today, self._first, self._last)
        self._calendar.show_below(self.control)

    def _pick(self, day: date) -> None:
        self.set_value(day)
        self.control.setFocus(Qt.FocusReason.PopupFocusReason)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.control
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self._open_calendar()
            return True
        return super().eventFilter(watched, event)


class _Calendar(QFrame):
    """The month that opens below a date field. Enter picks, Escape closes."""

    def __init__(self, field: DateField, day: date, first: date | None, last: date | None) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("popup", True)
        self._field = field
        self._month = QCalendarWidget()
        self._month.setLocale(QLocale(texts().language))
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self._month.setMinimumSize(theme.current().px(340), theme.current().px(330))
        self._dress()
        if first:
            self._month.setMinimumDate(_to_qt(first))
        if last:
            self._month.setMaximumDate(_to_qt(last))
        self._month.setSelectedDate(_to_qt(day))
        self._month.activated.connect(self._take)
        self._month.clicked.connect(self._take)
        self.setLayout(column(self._month, margins=(6, 6, 6, 6)))
        self.setFocusProxy(self._month)

    def show_below(self, control: QLineEdit) -> None:
        """Open under the field, with the keyboard in the month."""
        self.move(control.mapToGlobal(QPoint(0, control.height() + 4)))
        self.show()
        self._month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _dress(self) -> None:
        look = theme.current()
        plain = QTextCharFormat()
        plain.setForeground(look.colour("text"))
        for weekday in Qt.DayOfWeek:
            self._month.setWeekdayTextFormat(weekday, plain)
        head = QTextCharFormat()
        head.setForeground(look.colour("text_2"))
        head.setBackground(look.colour("surface"))
        self._month.setHeaderTextFormat(head)

    def _take(self, day: QDate) -> None:
        self._field._pick(date(day.year(), day.month(), day.day()))  # noqa: SLF001
        self.close()


def _to_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
