"""A file that somebody else leads now: it only stays until all that was written is handed in."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from caseworker_app.domain.exchange import CaseSharing, ExchangeView
from caseworker_app.domain.sharing import Role
from caseworker_app.i18n import _
from caseworker_app.services import people
from caseworker_app.services.exchange import sharing
from ui import theme
from ui.context import App
from ui.page import Page, Route
from ui.widgets.boxes import Card
from ui.widgets.buttons import button
from ui.widgets.drawings import Tile
from ui.widgets.exchange_words import waiting_words
from ui.widgets.layout import ScrollPage, clear, column, row
from ui.widgets.text import IconText, Text, h1, h2, isolated


class TakenPage(Page):
    """Nothing of the file is shown any more, and nothing can be written."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app)
        self.case = case
        self._leads = ""
        self._heard: ExchangeView | None = None
        self._title = h1("")
        self._card = column(gap=0)
        sheet = ScrollPage(max_width=820)
        sheet.body.setSpacing(theme.current().space(20))
        sheet.add(self._title, self._card, None)
        self.setLayout(column(sheet))

    def refresh(self) -> None:
        """Read who leads the file now."""
        store, case = self.app.store, self.case

        def read() -> tuple[str, CaseSharing]:
            return people.person(store, case).name, sharing.view(store, case)

        self.app.background.run(self, read, lambda read: self.show_sharing(*read))

    def hear(self, view: ExchangeView) -> None:
        """Less waits now, or nothing."""
        self._heard = view
        self._show()

    def show_sharing(self, name: str, view: CaseSharing) -> None:
        """Show whose file it was, and who leads it."""
        self._title.setText(isolated(name))
        leading = [m.who.name for m in view.members if m.role is Role.LEADS and not m.is_me]
        self._leads = leading[0] if leading else ""
        self._show()

    def _show(self) -> None:
        clear(self._card)
        title = _("Others lead this file now.")
        if self._leads:
            title = _("{name} leads this file now.").format(name=isolated(self._leads))
        words = _("It is removed from this laptop as soon as everything of yours is handed in.")
        said = column(h2(title), Text(words, colour="text_2"), self._waits(), gap=8)
        tile = Tile("arrow-right-left", size=54)
        main = row(column(tile, None), said, gap=18)
        main.setStretch(1, 1)
        acts = row(
            None,
            button(_("To the people"), "quiet", slot=lambda: self.went.emit(Route("people"))),
            button(_("Try now"), icon="refresh-cw", slot=self.exchange_wanted.emit),
        )
        self._card.addWidget(Card(main, acts, gap=16))

    def _waits(self) -> IconText:
        waiting = self._heard.waiting if self._heard else ()
        mine = [one.changes for one in waiting if one.case == self.case]
        if not mine:
            return IconText("circle-check", _("Nothing waits any more."), icon_colour="person")
        words = _("{waiting}. It goes on by itself as soon as the server can be reached again.")
        return IconText("clock", words.format(waiting=waiting_words(sum(mine))))
