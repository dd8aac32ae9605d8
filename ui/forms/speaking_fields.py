"""How somebody likes to be spoken to: the form of address, plain words, numbers or faces."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.people import Person
from caseworker_app.i18n import _
from ui.widgets.beside import Beside
from ui.widgets.choices import Choice, Option, Segmented
from ui.widgets.fields import CheckField
from ui.widgets.layout import column
from ui.widgets.text import Text


class SpeakingFields(QWidget):
    """`changed` with each choice; the guides then ask in these words."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._address = Segmented(
            _("Form of address"), [Option(False, _("Formal")), Option(True, _("Informal"))]
        )
        self._scale = Segmented(
            _("How this person rates"),
            [Option(False, _("With numbers")), Option(True, _("With faces"))],
        )
        self._plain = CheckField(
            _("Plain words"), hint=_("Short sentences and easy words, in guides that have them.")
        )
        for choice in (self._address, self._scale):
            choice.chosen.connect(lambda _value: self.changed.emit())
        self._plain.changed.connect(self.changed)
        choices = Beside(_labelled(self._address), _labelled(self._scale))
        self.setLayout(column(choices, self._plain, gap=16))

    def value(self, before: Person) -> Person:
        """The person with what was chosen here."""
        return replace(
            before,
            informal=self._address.value() is True,
            faces=self._scale.value() is True,
            plain=self._plain.value(),
        )

    def set_value(self, person: Person) -> None:
        """Show how somebody is spoken to."""
        self._address.choose(person.informal)
        self._scale.choose(person.faces)
        self._plain.set_value(person.plain)


def _labelled(choice: Choice) -> QWidget:
    holder = QWidget()
    body: QVBoxLayout = column(Text(choice.accessibleName(), "bodyb"), choice, gap=6)
    holder.setLayout(body)
    return holder
