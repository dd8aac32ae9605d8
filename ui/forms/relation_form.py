"""Somebody in the household or the network: who it is to the person, how to reach them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.people import Relation
from caseworker_app.i18n import _
from ui.forms.leave_out import kept, watch
from ui.widgets.beside import Beside
from ui.widgets.boxes import Card
from ui.widgets.buttons import icon_button
from ui.widgets.field import Field
from ui.widgets.fields import CheckField, LineField
from ui.widgets.layout import flow, row
from ui.widgets.text import isolated
from ui.widgets.tips import set_tip


class RelationForm(Card):
    """`changed` while typing, `left` with each field, `dropped` to take this one out."""

    changed = Signal()
    left = Signal()
    dropped = Signal()

    def __init__(self, relation: Relation) -> None:
        super().__init__(gap=14, margin=20)
        self._words: dict[str, LineField] = {
            "name": LineField(_("Name")),
            "role": LineField(_("Who this is"), placeholder=_("Sister, neighbour, doctor")),
            "phone": LineField(_("Phone")),
            "note": LineField(_("Note")),
        }
        self._lives_here = CheckField(_("Lives here"))
        self._trusted = CheckField(_("Trusted person"))
        self._remove = icon_button("trash-2", "", colour="text_2", slot=self.dropped.emit)
        for name, line in self._words.items():
            watch(line, phone=name == "phone")
        fields: tuple[Field, ...] = (*self._words.values(), self._lives_here, self._trusted)
        for field in fields:
            field.changed.connect(self.changed)
            field.left.connect(self.left)
        checks = QWidget()
        ticks = row(flow(self._lives_here, self._trusted, gap=20), self._remove, gap=8)
        ticks.setStretch(0, 1)
        checks.setLayout(ticks)
        words = self._words
        self.body.addWidget(Beside(words["name"], words["role"], words["phone"]))
        self.body.addWidget(Beside(words["note"], checks, side="bottom"))
        self.setFocusProxy(self._words["name"])
        self.set_value(relation)

    def value(self, before: Relation) -> Relation:
        """The relation as the form shows it."""
        words: dict[str, Any] = {
            name: kept(field, getattr(before, name)) for name, field in self._words.items()
        }
        return replace(
            before,
            **words,
            lives_here=self._lives_here.value(),
            trusted=self._trusted.value(),
        )

    def set_value(self, relation: Relation) -> None:
        """Show somebody."""
        for name, field in self._words.items():
            field.set_value(getattr(relation, name))
            if not field.control.hasFocus():
                field.control.setCursorPosition(0)
        self._lives_here.set_value(relation.lives_here)
        self._trusted.set_value(relation.trusted)
        self.show_name(relation.name)

    def show_name(self, name: str) -> None:
        """Say on the bin whom it takes out."""
        words = _("Take {name} out").format(name=isolated(name)) if name else _("Take out")
        set_tip(self._remove, words)
        self._remove.setAccessibleName(words)
