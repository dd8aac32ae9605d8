"""Who else works with a file, or may already know its person: read aside, shown when it is there.

A page puts these where they belong. They stay invisible where there is nothing to say, which is
always so on a laptop without a connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.exchange import CaseSharing, Colleague
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services.exchange import by_network, known_twice, sharing
from ui.context import App
from ui.widgets.boxes import Banner
from ui.widgets.buttons import button
from ui.widgets.exchange_words import listed
from ui.widgets.faces import Faces
from ui.widgets.layout import clear, column, row
from ui.widgets.sharing_words import others_here, who_words


class Company(QWidget):
    """The faces of those who are in the file, for its head. `wanted` asks for the page of them."""

    wanted = Signal()

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__()
        self._place = row(gap=0)
        self.setLayout(self._place)
        self.hide()
        app.background.run(self, lambda: sharing.view(app.store, case), self.show_sharing)

    def show_sharing(self, view: CaseSharing) -> None:
        """Show who else is in the file, or that somebody can be let in."""
        clear(self._place)
        if not view.is_connected:
            return
        if others_here(view.members):
            made: QWidget = Faces(view.members)
            made.clicked.connect(lambda _on=False: self.wanted.emit())  # type: ignore[attr-defined]
        else:
            made = button(
                _("Share with colleagues"), "link", icon="user-plus", slot=self.wanted.emit
            )
        self._place.addWidget(made)
        self._place.addStretch(1)
        self.show()


class KnownTwice(QWidget):
    """Says whom to ask, because a colleague may already work with this person."""

    def __init__(self, app: App, case: UUID | None = None) -> None:
        super().__init__()
        self._app, self._case = app, case
        self._asked: tuple[str, date | None] | None = None
        self._place = column(gap=0)
        self.setLayout(self._place)
        self.hide()
        if case is not None:
            read = partial(known_twice.of_case, app.store, case)
            app.background.run(self, read, self.show_colleagues)

    def ask(self, name: str, birth_date: date | None) -> None:
        """Ask the central store about somebody new. Without a network nothing is said."""
        if birth_date is None or not name or (name, birth_date) == self._asked:
            return
        self._asked = (name, birth_date)
        store, now, stop = self._app.store, self._app.now, self._app.background.line.closing
        ask = partial(by_network.who_may_know, store, name, birth_date, now, stop)
        self._app.background.line.run(self, ask, self.show_colleagues, _say_nothing)

    def show_colleagues(self, colleagues: Sequence[Colleague]) -> None:
        """Say whom to ask, if anybody."""
        clear(self._place)
        self.setVisible(bool(colleagues))
        if not colleagues:
            return
        title = _("Perhaps somebody already works with this person: ask {names}.").format(
            names=listed([who_words(one) for one in colleagues])
        )
        words = _("More than that nobody knows: no name leaves a laptop so that it can be read.")
        banner = Banner("info", title, words, _("Noted"), icon="users")
        banner.pressed.connect(self._on_noted)
        self._place.addWidget(banner)

    def _on_noted(self) -> None:
        self.hide()
        if self._case is not None:
            known_twice.dismiss(self._app.store, self._case, self._app.now())


def _say_nothing(_error: CaseworkerError) -> None:
    """No network, or no central store: the next exchange asks again."""
