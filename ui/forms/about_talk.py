"""About the talk itself: where it is held, in which language, and who is in the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.talk import Conversation
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _
from ui.forms.typing_pause import PAUSE
from ui.widgets.buttons import button
from ui.widgets.fields import LineField
from ui.widgets.layout import column, flow


class AboutTalk(QWidget):
    """Four fields, kept while they are filled in. `changed` carries the talk as it is then."""

    changed = Signal(object)

    def __init__(self, talk: Conversation, people: Sequence[str]) -> None:
        super().__init__()
        self._talk = talk
        self._present = LineField(
            _("In the room"),
            hint=_("Some things are easier to say alone. Offer it, before you ask."),
        )
        self._fields = {
            "place": LineField(_("Place")),
            "language": LineField(_("Language of the talk")),
            "interpreter": LineField(_("Interpreter")),
            "present": self._present,
        }
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._tell)
        for name, field in self._fields.items():
            field.set_value(getattr(talk, name))
            field.changed.connect(self._timer.start)
            field.left.connect(self.flush)
        known = [button(name, slot=partial(self._add, name)) for name in people]
        for made in known:
            made.setAccessibleName(_("Add {name}").format(name=made.text()))
        self.setProperty("talk", True)
        self.setLayout(column(*self._fields.values(), flow(*known, gap=6), gap=14))

    def flush(self) -> None:
        """Say `changed` now if somebody has just been typing."""
        if self._timer.isActive():
            self._timer.stop()
            self._tell()

    def _add(self, name: str) -> None:
        there = [part.strip() for part in self._present.value().split(",") if part.strip()]
        if name not in there:
            self._present.set_value(", ".join([*there, name]))
            self._tell()

    def _tell(self) -> None:
        values: dict[str, Any] = {name: one.value() for name, one in self._fields.items()}
        new = replace(self._talk, **values)
        if new != self._talk:
            self._talk = new
            self.changed.emit(new)


def people_around(talk: Talk) -> list[str]:
    """The people of the household and the network, as in "Petra Müller, sister"."""
    return [
        _("{name}, {role}").format(name=one.name, role=one.role) if one.role else one.name
        for one in talk.relations
        if one.name
    ]
