"""Somebody who works with a file: who, in which role, when they last looked, what is asked for."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.exchange import CaseMember, Presence
from caseworker_app.domain.sharing import Role
from caseworker_app.i18n import _
from ui.widgets.buttons import button
from ui.widgets.drawings import Avatar
from ui.widgets.layout import column, row
from ui.widgets.menu_button import Entry, menu_button
from ui.widgets.sharing_words import (
    own_role_words,
    role_words,
    seen_words,
    who_words,
    wish_words,
)
from ui.widgets.text import IconText, Text, isolated

_WISHES = (Presence.INVITED, Presence.CHANGING, Presence.LEAVING)


class MemberRow(QWidget):
    """`role_wanted` carries a role, the others ask for what they are called.

    Only who leads the file gets a menu; a wish that was not carried out yet can be taken back.
    """

    role_wanted = Signal(object)
    handing_over = Signal()
    taking_out = Signal()
    taking_back = Signal()

    def __init__(self, member: CaseMember, today: date, *, may_change: bool) -> None:
        super().__init__()
        self._member = member
        me = member.is_me
        face = Avatar(member.who.name, 42, "accent" if me else "third")
        role = own_role_words(member.role) if me else role_words(member.role)
        name = _("{name} (you)").format(name=who_words(member.who)) if me else who_words(member.who)
        said = column(Text(name, "bodyb"), Text(_line(role, seen_words(member, today)), "meta"))
        said.setSpacing(1)
        layout = row(face, said, gap=14, margins=(0, 10, 0, 10))
        layout.setStretch(1, 1)
        layout.setAlignment(face, Qt.AlignmentFlag.AlignTop)
        if member.presence in _WISHES:
            said.addWidget(
                IconText("clock", wish_words(member), "meta", colour="accent_ink")
            )  # fmt: skip
            back = button(_("Take back"), small=True, slot=self.taking_back.emit)
            back.setAccessibleName(_("Take back: {name}").format(name=isolated(member.who.name)))
            layout.addWidget(back)
        elif may_change and not me and member.presence is Presence.HERE:
            words = _("More about {name}").format(name=isolated(member.who.name))
            layout.addWidget(menu_button(words, self._entries()))
        self.setLayout(layout)

    def _entries(self) -> list[Entry]:
        offered = [role for role in (Role.READS, Role.WRITES) if role is not self._member.role]
        return [
            *((_becomes(role), lambda role=role: self.role_wanted.emit(role)) for role in offered),
            (_("Hand the file over"), self.handing_over.emit),
            (_("Take out of the file"), self.taking_out.emit),
        ]


def _becomes(role: Role) -> str:
    return {Role.READS: _("Let read along only"), Role.WRITES: _("Let write along")}[role]


def _line(role: str, seen: str) -> str:
    return " · ".join(part for part in (role, seen) if part)
