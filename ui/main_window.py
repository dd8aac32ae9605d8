"""What the coach works in once the store is open: the rail, one page, and the ways between pages.

The only place that knows all pages. Each is imported when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from caseworker_app.domain.exchange import ExchangeView, Standing
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services import agreements, stores, today
from ui import dialogs, theme
from ui.arriving import Arriving
from ui.context import App
from ui.exchanging import Exchanging
from ui.finding import open_palette
from ui.page import Page, Route, Undo
from ui.pages.settings_page import SettingsPage
from ui.routes import is_taken, make_page, set_down
from ui.widgets import shell_keys, shell_panes
from ui.widgets.exchange_words import gone_words
from ui.widgets.layout import clear, column, row, stand_on
from ui.widgets.rail import Rail
from ui.widgets.shell_frame import RailPlace, SampleStrip, places, shell_rail, show_exchange
from ui.widgets.shell_keys import spoken
from ui.widgets.shell_palette import Found
from ui.widgets.toast import Toast
from ui.widgets.typing_place import go_on_typing, typing_place

TODAY = Route("today")
CONNECT = Route("connect")


class MainWindow(QWidget):
    """`lock_wanted` when the coach wants to lock; `changed` carries settings that were changed.

    `turned` asks to turn the screen, with the id of the conversation; `signed_off` says that the
    organisation has taken this laptop out. At the end of `way` is what is shown first.
    """

    lock_wanted = Signal()
    cover_wanted = Signal()
    changed = Signal(object)
    turned = Signal(object)
    signed_off = Signal()

    def __init__(self, app: App, way: Sequence[Route] = ()) -> None:
        super().__init__()
        self.app = app
        *self._history, self.route = way or (TODAY,)
        self.page: Page | None = None
        self._set_keys()
        self._arriving = Arriving(self)
        self._exchanging = Exchanging(app, self)
        self._exchanging.told.connect(self._on_exchange)
        self._exchanging.ended.connect(self._on_exchanged)
        self._top, self._middle = column(gap=0), row(gap=0)
        layout = column(self._top, self._middle, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._build()

    # --- going from page to page ---------------------------------------------------------------

    @property
    def way(self) -> tuple[Route, ...]:
        """Where the coach went, up to what is in view."""
        return (*self._history, self.route)

    def go(self, route: Route) -> None:
        """Show another page, if the one in view lets go."""
        if route == CONNECT:
            self._show_settings("exchange")
        elif route != self.route and self.leave():
            self._history.append(self.route)
            self._show(route)

    def go_back(self) -> None:
        """Show the page before this one; from the first, today."""
        if self.leave():
            self._show(self._history.pop() if self._history else TODAY)

    def leave(self) -> bool:
        """Keep what is still being typed. False when that did not work."""
        for sheet in self.findChildren(dialogs.Sheet):
            if sheet.isVisible():
                sheet.reject()
                if sheet.isVisible():
                    return False
        if self.page is None:
            return True
        is_kept = self.page.leave()
        self.route = self.page.where(self.route)
        return is_kept

    def use(self, app: App) -> None:
        """Go on with other settings: everything is drawn anew, at the same place."""
        self.app = app
        if not self.leave():
            return
        place = typing_place(self.page)
        self._build()
        go_on_typing(self.page, place)

    def _show(self, route: Route) -> None:
        """Make the page before taking the old one away: if it cannot be made, nothing changes."""
        try:
            page = make_page(self.app, route)
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return
        self.route = route
        self._connect(page)
        old, self.page = self.page, page
        clear(self._sheet)
        if old is not None:
            old.hide()
        set_down(page, self._sheet, self.app, route)
        self._show_rail(page)
        page.refresh()
        page.hear(self._exchanging.view)
        page.show()
        if not page.isAncestorOf(cast("QWidget", QApplication.focusWidget())):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self, page: Page) -> None:
        page.went.connect(self.go)
        page.back.connect(self.go_back)
        page.told.connect(self._tell)
        page.covered.connect(self.cover_wanted)
        page.turned.connect(self.turned)
        page.exchange_wanted.connect(self._exchanging.now)
        if isinstance(page, SettingsPage):
            page.changed.connect(self.changed)
            # later: the keyboard may just be leaving the field, and look for where to go
            page.coach_changed.connect(self._replace_rail, Qt.ConnectionType.QueuedConnection)

    def _tell(self, words: str, undo: Undo | None) -> None:
        """Say something at the foot. Undoing it shows in the page that is in view by then."""

        def undone() -> None:
            assert undo is not None
            undo()
            if self.page is not None:
                self.page.refresh()

        self._toast.say(words, undone if undo else None)

    # --- the exchange with the central store ---------------------------------------------------

    def _on_exchange(self, view: ExchangeView) -> None:
        show_exchange(self.rail, view, self.app.now())
        if self.page is not None:
            self.page.hear(view)

    def _on_exchanged(self, view: ExchangeView, brought: bool) -> None:  # noqa: FBT001
        """A round is over: perhaps something came that the page in view shows, or is gone."""
        if view.standing is Standing.REVOKED:  # the store is gone: nothing of it can be read
            self.signed_off.emit()
            return
        for words in gone_words(view):
            self._toast.say(words)
        if self.route.case in {one.case for one in view.gone}:
            self._arriving.left(self.page)
            self._show(Route("people"))
        elif is_taken(self.app, self.route):
            self.leave()  # what is still being typed is handed in with the rest, before it leaves
            self._show(self.route)
        elif self.page is not None:
            self._arriving.show(self.page, brought=brought)

    # --- the frame around the page -------------------------------------------------------------

    def _build(self) -> None:
        """Draw the frame and the page anew in the current look and language."""
        old, self.page = self.page, None
        clear(self._top)
        clear(self._middle)
        if stores.is_sample(self.app.store.folder):
            strip = SampleStrip()
            strip.ended.connect(self.lock_wanted)
            self._top.addWidget(strip)
        self.rail = self._make_rail()
        self._rail_place = RailPlace(self.rail)
        area = QWidget()
        stand_on(area, "surface")
        self._sheet = column(gap=0)
        area.setLayout(self._sheet)
        self._middle.addWidget(self._rail_place)
        self._middle.addWidget(area, 1)
        self._toast = Toast(area)
        self._show(self.route)
        show_exchange(self.rail, self._exchanging.view, self.app.now())
        if isinstance(old, SettingsPage):
            self._show_settings(old.section)
        self._fit()

    def _make_rail(self) -> Rail:
        coach = stores.profile(self.app.store)
        rail = shell_rail(coach.organisation, coach.name)
        rail.went.connect(self._on_place)
        rail.sync_pressed.connect(partial(self.go, Route("exchange")))
        rail.own_pressed.connect(lambda: self._show_settings("you"))
        return rail

    def _replace_rail(self) -> None:
        """Draw the rail anew: name or organisation are others now. Too late after the lock."""
        if not self.isVisible():
            return
        self.rail = self._make_rail()
        self._rail_place.hold(self.rail)
        self._fit()
        if self.page is not None:
            self._show_rail(self.page)

    def _show_rail(self, page: Page) -> None:
        self._rail_place.setVisible(bool(page.place))
        self.rail.set_current(page.place)
        store, day = self.app.store, self.app.now().astimezone().date()

        def count() -> tuple[int, int]:
            return today.visits_on(store, day), len(agreements.waiting(store, mine=True))

        self.app.background.run(self.rail, count, self._show_counts)

    def _show_counts(self, counts: tuple[int, int]) -> None:
        for place, count in zip(("today", "agreements"), counts, strict=True):
            self.rail.set_count(place, count)

    def _fit(self) -> None:
        self.rail.set_compact(theme.current().width_class(self.width()) != "wide")
        self._rail_place.setFixedWidth(self.rail.width())

    def _on_place(self, place: str) -> None:
        if place == "lock":
            self.lock_wanted.emit()
        elif place != self.route.page:
            self.go(Route(place))
            self.rail.set_current(self.page.place if self.page else "")

    def _show_settings(self, section: str) -> None:
        self.go(Route("settings"))
        if isinstance(self.page, SettingsPage):
            self.page.show_section(section)

    # --- keys ----------------------------------------------------------------------------------

    def _set_keys(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "Ctrl+K": self._find,
            "Alt+Left": self.go_back,
            "F1": self._show_page_keys,
            "F6": self._next_pane,
            "Ctrl+S": lambda: self._toast.say(_("Already kept."), None),
        }
        acts |= {place.keys: partial(self.go, Route(place.id)) for place in places()}
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _commands(self) -> list[Found]:
        known: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            (_("The keys on this page"), "keyboard", "F1", self._show_page_keys),
            (_("Cover everything at once"), "eye-off", "F8", self.cover_wanted.emit),
            (_("Lock"), "lock", "Ctrl+L", self.lock_wanted.emit),
        )
        found = [Found(words, act, icon, keys=spoken(keys)) for words, icon, keys, act in known]
        if self.route.case is not None:
            prepare = partial(self.go, Route("prepare", self.route.case))
            found.append(Found(_("Prepare the conversation"), prepare, "list-checks"))
        return found

    def _find(self) -> None:
        open_palette(self, self.app, self.go, self._commands())

    def _show_page_keys(self) -> None:
        shell_keys.show_keys(self, self.route.page)

    def _next_pane(self) -> None:
        assert self.page is not None
        areas = self.page.findChildren(QScrollArea)
        shell_panes.go_to_next([self.rail, *(areas or (self.page,))])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mouse has a key for going back, too."""
        if event.button() == Qt.MouseButton.BackButton:
            self.go_back()
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail makes room where the window is narrow."""
        super().resizeEvent(event)
        self._fit()
