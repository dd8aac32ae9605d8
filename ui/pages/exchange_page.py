"""How the exchange with the central store stands: what waits, what arrived, what is on the laptop.

Nothing here has to be done: it goes on by itself. The page shows what it hears.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication

from caseworker_app.domain.exchange import Arrived, ExchangeView, Standing, Waiting
from caseworker_app.i18n import _
from caseworker_app.services.exchange.view import view as read_view
from ui import theme
from ui.context import App
from ui.page import Page, Route
from ui.widgets.case_sheet import Columns
from ui.widgets.exchange_parts import (
    DecisionCard,
    InvitationPanel,
    KeptPanel,
    StateCard,
    arrived_list,
    titled,
    waiting_list,
)
from ui.widgets.layout import Item, ScrollPage, clear, column
from ui.widgets.text import IconText, h1


class ExchangePage(Page):
    """Only what the central store has given a receipt for is called handed over."""

    place: ClassVar[str] = "exchange"

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._view: ExchangeView | None = None
        self._state = column(gap=0)
        self._below = column(gap=0)
        sheet = ScrollPage()
        sheet.body.setSpacing(theme.current().space(24))
        sheet.add(h1(_("Exchange")), self._state, self._below, None)
        self.setLayout(column(sheet))

    def refresh(self) -> None:
        """Read what waits; how the network is, was heard."""
        store = self.app.store
        self.app.background.run(self, lambda: read_view(store), self._take)

    def hear(self, view: ExchangeView) -> None:
        """Show how it stands now."""
        if view != self._view:
            self._view = view
            self._show(view)

    def _take(self, read: ExchangeView) -> None:
        heard = self._view
        if heard is not None and heard.standing is not Standing.ALONE:
            read = replace(read, standing=heard.standing, problem=heard.problem)
        self.hear(read)

    def _show(self, view: ExchangeView) -> None:
        focused = QApplication.focusWidget()
        here = focused is not None and self.isAncestorOf(focused)
        name = focused.accessibleName() if here and focused is not None else ""
        today = self.app.now().astimezone().date()
        clear(self._state)
        clear(self._below)
        card = StateCard(view, today)
        card.wanted.connect(self.exchange_wanted)
        card.connected.connect(lambda: self.went.emit(Route("connect")))
        self._state.addWidget(card)
        self._below.addWidget(Columns(self._left(view, today), self._right(view), share=(1, 1)))
        if name:  # what was just made can take the keyboard once it is shown
            QTimer.singleShot(0, self, partial(self._give_back, name))

    def _give_back(self, name: str) -> None:
        """The keyboard stays where it was, as far as that is still there."""
        buttons = self.findChildren(QAbstractButton)
        found = [one for one in buttons if one.accessibleName() == name and one.isVisible()]
        (found[0] if found else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _left(self, view: ExchangeView, today: date) -> Item:
        parts: list[Item] = []
        if view.decisions:
            card = DecisionCard(view.decisions)
            card.pressed.connect(lambda: self.went.emit(Route("disputes")))
            parts.append(titled(_("Needs your decision"), view.decisions, card))
        if view.waiting:
            parts.append(waiting_list(view, today, self._open))
        if view.arrived:
            parts.append(arrived_list(view.arrived, today, self._open))
        if not parts:
            words = _("Nothing waits. What you write goes out by itself.")
            if view.standing is Standing.ALONE:
                words = _("What you write stays here. Remember to make backups.")
            parts.append(IconText("shield-check", words, icon_colour="person"))
        return column(*parts, None, gap=28)

    def _right(self, view: ExchangeView) -> Item:
        if view.standing is Standing.ALONE:
            return column(InvitationPanel(), None)
        panel = KeptPanel(view.kept)
        panel.opened.connect(lambda kept: self.went.emit(Route("sharing", kept.case)))
        return column(panel, None)

    def _open(self, shown: Waiting | Arrived) -> None:
        self.went.emit(Route("case", shown.case))
