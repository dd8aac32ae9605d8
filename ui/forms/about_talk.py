"""About the talk: where it is held, who is in the room, how somebody likes to be spoken to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import Conversation
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, pgettext
from ui import theme
from ui.dialogs import AROUND
from ui.forms.typing_pause import TypingPause
from ui.widgets.beside import Beside
from ui.widgets.buttons import Switch, button
from ui.widgets.choices import Option, Segmented
from ui.widgets.fields import LineField
from ui.widgets.layout import column, flow, line, row, stand_on
from ui.widgets.text import Text, isolated

WIDTH, PART_OF_WIDTH = 560, 0.8


class AboutTalk(QWidget):
    """Kept while it is filled in. `changed` carries the talk as it is then, `liked` the person."""

    changed = Signal(object)
    liked = Signal(object)

    def __init__(self, talk: Conversation, person: Person, people: Sequence[str]) -> None:
        super().__init__()
        self._talk, self._person = talk, person
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
        self._pause = TypingPause(self, steady=True)
        self._pause.over.connect(self._tell)
        for name, field in self._fields.items():
            field.set_value(getattr(talk, name))
            field.changed.connect(self._pause.begin)
            field.left.connect(self.flush)
        known = [button(name, slot=partial(self._add, name)) for name in people]
        for made in known:
            made.setAccessibleName(_("Add {name}").format(name=made.text()))
        self.setProperty("talk", True)
        around = Beside(self._fields["language"], self._fields["interpreter"])
        self.setLayout(
            column(
                self._fields["place"],
                around,
                self._present,
                flow(*known, gap=6),
                self._make_alone(),
                line(),
                self._make_likings(),
                gap=10,
            )
        )

    def flush(self) -> None:
        """Say `changed` now if something was typed since."""
        self._pause.flush()

    def _make_alone(self) -> Switch:
        name = isolated(self._person.short_name)
        alone = Switch(
            _("Alone with {name} just now").format(name=name),
            _("While this is on, what you write down is marked as said alone."),
            on=self._talk.alone,
        )
        alone.switched.connect(self._set_alone)
        return alone

    def _make_likings(self) -> QWidget:
        """How this person likes to be spoken to. It holds for all talks with them."""
        name = isolated(self._person.short_name)
        choices = (
            ("informal", _("Form of address"), pgettext("form of address", "Formal"),
             pgettext("form of address", "First names")),
            ("plain", _("Wording"), _("Usual words"), _("Plain words")),
            ("faces", _("Ratings"), _("Numbers"), _("Faces")),
        )  # fmt: skip
        rows = column(gap=8)
        for field, label, off, on in choices:
            made = Segmented(label, [Option(value=False, words=off), Option(value=True, words=on)])
            made.choose(getattr(self._person, field))
            made.chosen.connect(partial(self._like, field))
            words = Text(label)
            words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            line_of_it = row(words, made, gap=12)
            line_of_it.setStretch(0, 2)
            line_of_it.setStretch(1, 3)
            rows.addLayout(line_of_it)
        likings = QWidget()
        title = Text(_("How {name} likes to be spoken to").format(name=name), "bodyb")
        likings.setLayout(column(title, rows, gap=10))
        return likings

    def _add(self, name: str) -> None:
        there = [part.strip() for part in self._present.value().split(",") if part.strip()]
        if name not in there:
            self._present.set_value(", ".join([*there, name]))
            self._tell()

    def _set_alone(self, alone: bool) -> None:  # noqa: FBT001
        self._talk = replace(self._talk, alone=alone)
        self.changed.emit(self._talk)

    def _like(self, field: str, value: object) -> None:
        values: dict[str, Any] = {field: value}
        self._person = replace(self._person, **values)
        self.liked.emit(self._person)

    def _tell(self) -> None:
        values: dict[str, Any] = {name: one.value() for name, one in self._fields.items()}
        new = replace(self._talk, **values)
        if new != self._talk:
            self._talk = new
            self.changed.emit(new)


def in_a_sheet(content: AboutTalk, host: QWidget) -> QScrollArea:
    """The content for a sheet over `host`, no larger than its window has room for; it scrolls."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    stand_on(content, "surface")
    area.setWidget(content)
    look = theme.current()
    width = min(look.px(WIDTH), round(host.width() * PART_OF_WIDTH))
    height = min(content.heightForWidth(width), host.window().height() - look.px(AROUND))
    area.setMinimumSize(width, height)
    return area


def people_around(talk: Talk) -> list[str]:
    """The people of the household and the network, as in "Petra Müller, sister"."""
    return [
        _("{name}, {role}").format(name=one.name, role=one.role) if one.role else one.name
        for one in talk.relations
        if one.name
    ]
