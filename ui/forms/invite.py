"""Letting a colleague into a file: find them, say what they may do, and ask."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from caseworker_app.domain.exchange import Colleague
from caseworker_app.domain.names import tokens
from caseworker_app.domain.sharing import Role
from caseworker_app.i18n import _
from ui.widgets.boxes import Panel
from ui.widgets.buttons import button
from ui.widgets.choices import Option, RadioRow
from ui.widgets.drawings import Avatar
from ui.widgets.layout import add, clear, column, line, row
from ui.widgets.rail import PressableCard
from ui.widgets.search import SearchField
from ui.widgets.sharing_words import role_hint, role_words, who_words
from ui.widgets.text import IconText, Text, h3, isolated

FEW = 6


def found(colleagues: Sequence[Colleague], typed: str) -> list[Colleague]:
    """Whose name or organisation begins with what was typed; the own organisation comes first."""
    parts = tokens(typed)

    def fits(one: Colleague) -> bool:
        words = tokens(f"{one.name} {one.organisation}")
        return all(any(word.startswith(part) for word in words) for part in parts)

    order = lambda one: (bool(one.organisation), one.organisation, one.name)  # noqa: E731
    return sorted(filter(fits, colleagues), key=order)


class InviteForm(Panel):
    """`wanted` carries the colleague and the role. `name` is whose file it is.

    `all_here` when nobody is left to invite, because everybody is in the file already.
    """

    wanted = Signal(object, object)

    def __init__(
        self, colleagues: Sequence[Colleague], name: str, *, all_here: bool = False
    ) -> None:
        super().__init__(gap=12)
        self._all_here = all_here
        self._colleagues, self._name = tuple(colleagues), isolated(name)
        self._search = SearchField(_("Name"), _("Find a colleague"))
        self._search.changed.connect(self._show_found)
        self._search.entered.connect(self._on_entered)
        self._found = column(gap=0)
        self._chosen = column(gap=12)
        add(self.body, h3(_("Invite somebody")), self._search, self._found, self._chosen)
        self.setFocusProxy(self._search)
        self._show_found()

    def _show_found(self) -> None:
        clear(self._found)
        clear(self._chosen)
        hits = found(self._colleagues, self._search.value())
        for one in hits[:FEW]:
            if self._found.count():
                self._found.addWidget(line())
            self._found.addWidget(self._row(one))
        if not hits:
            self._found.addWidget(Text(self._nobody(), colour="text_2"))
        elif len(hits) > FEW:
            self._found.addWidget(Text(_("Type a few letters to find others."), "meta"))

    def _nobody(self) -> str:
        if self._colleagues:
            return _("Nobody found. Another part of the name perhaps?")
        if self._all_here:
            return _("Everybody whom you could invite is in this file already.")
        return _("There is nobody to invite yet. Your organisation keeps the list of colleagues.")

    def _row(self, colleague: Colleague) -> PressableCard:
        said = column(None, Text(isolated(colleague.name), "bodym"), gap=0)
        if colleague.organisation:
            said.addWidget(Text(isolated(colleague.organisation), "meta"))
        said.addStretch(1)
        content = row(Avatar(colleague.name, 34), said, gap=12, margins=(6, 7, 6, 7))
        content.setStretch(1, 1)
        made = PressableCard(who_words(colleague), content, framed=False)
        made.clicked.connect(lambda _on=False: self.choose(colleague))
        return made

    def _on_entered(self) -> None:
        hits = found(self._colleagues, self._search.value())
        if hits:
            self.choose(hits[0])

    def choose(self, colleague: Colleague) -> None:
        """Show what can be offered to this colleague, instead of the list."""
        clear(self._found)
        clear(self._chosen)
        face = row(Avatar(colleague.name, 42), Text(who_words(colleague), "bodyb"), gap=12)
        face.setStretch(1, 1)
        roles = RadioRow(
            _("What {name} may do").format(name=isolated(colleague.name)),
            [Option(role, role_words(role)) for role in (Role.READS, Role.WRITES)],
        )
        roles.choose(Role.WRITES)
        hint = Text(role_hint(Role.WRITES), "meta")
        roles.chosen.connect(lambda role: hint.setText(role_hint(role)))
        asked = _("Does {name} know? Please ask first: people may know who reads about them.")
        invite = button(
            _("Invite"),
            "primary",
            icon="user-plus",
            slot=lambda: self.wanted.emit(colleague, roles.value()),
        )
        invite.setAccessibleName(_("Invite {name}").format(name=isolated(colleague.name)))
        other = button(_("Somebody else"), "quiet", slot=self._on_other)
        reminder = IconText("message-circle", asked.format(name=self._name))
        add(self._chosen, face, roles, hint, reminder, row(other, None, invite))
        invite.setFocus()

    def _on_other(self) -> None:
        self._show_found()
        self._search.setFocus()


class AskedElsewhere(Panel):
    """Why nobody can be invited from here. `wanted` asks for what the button says."""

    wanted = Signal()

    def __init__(self, sentence: str, words: str = "") -> None:
        super().__init__(h3(_("Invite somebody")), Text(sentence, colour="text_2"))
        if words:
            self.body.addLayout(row(button(words, slot=self.wanted.emit), None))
