"""Where one person lives and how to reach them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.people import Person
from caseworker_app.i18n import _
from ui.widgets.layout import Item, column
from ui.widgets.text import IconText, Text
from ui.widgets.today_words import address


class Contact(QWidget):
    """Address, telephone and e-mail, as far as they are known."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        known = (
            ("map-pin", address(person)),
            ("phone", person.phone),
            ("message-circle", person.email),
        )
        lines: list[Item] = [IconText(icon, words) for icon, words in known if words]
        if not lines:
            lines = [Text(_("Nothing was written down yet"), colour="text_2")]
        self.setLayout(column(*lines, gap=6))
