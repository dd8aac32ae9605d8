"""Who somebody is, how to reach them and how to speak with them. There is no field for a BSN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.people import Person
from caseworker_app.i18n import _
from ui.forms.leave_out import kept, watch
from ui.forms.speaking_fields import SpeakingFields
from ui.forms.suggest_field import SuggestField
from ui.widgets.beside import Beside
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.fields import LineField, LongField
from ui.widgets.layout import column
from ui.widgets.text import h3


class PersonForm(QWidget):
    """`changed` while typing, `left` with each field, `named` when the first name is left.

    `below_name` has room for what is to be said about the name, `known` for who may know them.
    """

    changed = Signal()
    left = Signal()
    named = Signal()

    def __init__(self, today: date, languages: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.below_name = column(gap=12)
        self.known = column(gap=0)
        self.given_name = LineField(_("First name"))
        self._birth_date = DateField(_("Birth date"), today, last=today)
        self._words: dict[str, Field] = {
            "given_name": self.given_name,
            "family_name": LineField(_("Family name")),
            "called": LineField(_("Called"), placeholder=_("If it is another name")),
            "pronoun": SuggestField(
                _("How we speak of this person"),
                [(words, words) for words in _pronouns()],
                placeholder=_("Choose, or write your own words"),
            ),
            "phone": LineField(_("Phone")),
            "email": LineField(_("E-mail")),
            "street": LineField(_("Street and number")),
            "postcode": LineField(_("Postcode")),
            "place": LineField(_("Town")),
            "language": SuggestField(_("Language"), languages),
            "interpreter": LineField(_("Interpreter"), placeholder=_("Name and phone")),
            "good_to_know": LongField(
                _("Good to know"), hint=_("One short fact on each line. It stands on the visit.")
            ),
            "avoid": LongField(
                _("Better to avoid"),
                hint=_("One thing on each line. Only you see it, before the visit."),
                lines=2,
            ),
        }
        self.speaking = SpeakingFields()
        for name, field in self._words.items():
            field.control.setObjectName(f"person-{name}")
            watch(field, phone=name in ("phone", "interpreter"))
        self.speaking.changed.connect(self.changed)
        self.speaking.changed.connect(self.left)
        for field in (*self._words.values(), self._birth_date):
            field.changed.connect(self.changed)
            field.left.connect(self.left)
        self.given_name.left.connect(self.named)
        self._arrange(self._words)
        self.setFocusProxy(self.given_name)

    def _arrange(self, words: dict[str, Field]) -> None:
        self.setLayout(
            column(
                Beside(words["given_name"], words["family_name"]),
                Beside(self._birth_date, words["called"]),
                self.below_name,
                self.known,
                words["pronoun"],
                _title(_("How to reach this person")),
                Beside(words["phone"], words["email"]),
                words["street"],
                Beside(words["postcode"], words["place"], shares=(1, 2)),
                _title(_("How to speak with this person")),
                self.speaking,
                Beside(words["language"], words["interpreter"]),
                words["good_to_know"],
                words["avoid"],
                gap=16,
            )
        )

    def value(self, before: Person) -> Person:
        """The person as the form shows them; what the form does not show stays as it was."""
        words: dict[str, Any] = {
            name: kept(field, getattr(before, name)) for name, field in self._words.items()
        }
        written = self._birth_date.control.text().strip()
        day = self._birth_date.value()
        unread = written and day is None
        known = replace(before, **words, birth_date=before.birth_date if unread else day)
        return self.speaking.value(known)

    def set_value(self, person: Person) -> None:
        """Show a person."""
        for name, field in self._words.items():
            field.set_value(getattr(person, name))
            if isinstance(field, LineField) and not field.control.hasFocus():
                field.control.setCursorPosition(0)
        self._birth_date.set_value(person.birth_date)
        self.speaking.set_value(person)


def _pronouns() -> tuple[str, ...]:
    return _("she"), _("he"), _("they"), _("just the name")


def _title(words: str) -> QVBoxLayout:
    return column(h3(words), margins=(0, 12, 0, 0))
