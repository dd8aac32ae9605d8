"""A short note between conversations: how the coach was in touch, when, what it was about."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.people import ContactWay
from caseworker_app.i18n import _
from ui.widgets.choices import Option, RadioRow
from ui.widgets.dates import DateField
from ui.widgets.fields import LongField
from ui.widgets.layout import column


class NoteForm(QWidget):
    """Holds what is typed until the sheet is closed."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.way = RadioRow(
            _("How you were in touch"),
            [
                Option(ContactWay.CALL, _("Call"), "phone"),
                Option(ContactWay.VISIT, _("Visit"), "map-pin"),
                Option(ContactWay.MESSAGE, _("Message"), "message-circle"),
                Option(ContactWay.LETTER, _("Letter"), "file-text"),
                Option(ContactWay.OTHER, _("Something else"), "notebook-pen"),
            ],
        )
        self.way.choose(ContactWay.CALL)
        self.day = DateField(_("On which day"), today, last=today)
        self.day.set_value(today)
        self.words = LongField(_("What was it about?"), lines=4)
        self.setLayout(column(self.way, self.day, self.words, gap=16))

    def on(self) -> date:
        """The day of the note; today when none is given."""
        value: date | None = self.day.value()
        return value or self._today

    def contact(self) -> ContactWay:
        """How the coach was in touch."""
        way = self.way.value()
        return way if isinstance(way, ContactWay) else ContactWay.OTHER
