"""Who the coach is: printed at the foot of every plan."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import _
from ui.widgets.beside import Beside
from ui.widgets.fields import LineField
from ui.widgets.layout import column
from ui.widgets.text import Text


@dataclass(frozen=True, slots=True, repr=False)
class AboutYou:
    """The coach's name, where they work, and how a participant reaches them."""

    name: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""


class AboutYouForm(QWidget):
    """Four lines. Only the name has to be there."""

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = LineField(_("Your name"))
        self._organisation = LineField(_("Organisation"))
        self._phone = LineField(_("Phone"))
        self._email = LineField(_("E-mail"))
        fields = (self._name, self._organisation, self._phone, self._email)
        for place, field in enumerate(fields):
            field.control.setObjectName(f"about-you-{place}")
            field.changed.connect(self.changed)
            field.left.connect(self.left)
        reach = column(Beside(self._phone, self._email, shares=(2, 3)), gap=6)
        reach.addWidget(Text(_("Both stand on the printed plan."), "meta"))
        self.setLayout(column(self._name, self._organisation, reach, gap=14))
        self.setFocusProxy(self._name)

    def value(self) -> AboutYou:
        """What stands in the fields."""
        return AboutYou(
            self._name.value(),
            self._organisation.value(),
            self._phone.value(),
            self._email.value(),
        )

    def set_value(self, value: AboutYou) -> None:
        """Show who the coach is."""
        self._name.set_value(value.name)
        self._organisation.set_value(value.organisation)
        self._phone.set_value(value.phone)
        self._email.set_value(value.email)

    def is_ready(self) -> bool:
        """Whether there is a name; asks for it where it is missing."""
        missing = not self._name.value()
        self._name.set_problem(_("Please write your name.") if missing else "")
        if missing:
            self._name.setFocus()
        return not missing
