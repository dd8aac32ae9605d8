"""Where the bytes of a paper are, in words, and what can be done from there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.pieces import Lying, Whereabouts
from caseworker_app.i18n import _
from ui.widgets.buttons import button
from ui.widgets.layout import row


class PaperPlace(QWidget):
    """The buttons of one paper: a copy of what is here, fetching what is not."""

    copy_wanted = Signal()
    fetch_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, name: str, lying: Lying) -> None:
        super().__init__()
        self._copy = button(_("Save a copy"), icon="download", slot=self.copy_wanted.emit)
        self._copy.setAccessibleName(_("Save a copy: {name}").format(name=name))
        self._fetch = button(_("Fetch"), icon="refresh-cw", slot=self.fetch_wanted.emit)
        self._fetch.setAccessibleName(_("Fetch: {name}").format(name=name))
        self._stop = button(_("Do not fetch"), icon="x", slot=self.stop_wanted.emit)
        self._stop.setAccessibleName(_("Do not fetch: {name}").format(name=name))
        self.setLayout(row(self._copy, self._fetch, self._stop))
        self.show_lying(lying)

    def show_lying(self, lying: Lying) -> None:
        """Offer what can be done now; the keyboard goes to what takes the place of its button."""
        is_here = lying.where in (Whereabouts.ONLY_HERE, Whereabouts.HANDED_OVER)
        had_focus = any(one.hasFocus() for one in (self._fetch, self._stop))
        self._copy.setVisible(is_here)
        self._fetch.setVisible(lying.where is Whereabouts.AWAY)
        self._stop.setVisible(lying.where is Whereabouts.COMING)
        if had_focus:
            shown = (self._copy, self._fetch, self._stop)
            next(one for one in shown if not one.isHidden()).setFocus()


def place_words(lying: Lying, *, is_connected: bool) -> str:
    """Where a paper is; nothing where there is nobody to exchange with and all of it is here."""
    percent = 100 * lying.moved // lying.of if lying.of else 0
    if lying.where is Whereabouts.AWAY:
        return _("not on this laptop yet")
    if lying.where is Whereabouts.COMING:
        return _("fetching: {percent} %").format(percent=percent)
    if not is_connected:
        return ""
    if lying.where is Whereabouts.HANDED_OVER:
        return _("handed over")
    if percent:
        return _("handing over: {percent} %").format(percent=percent)
    return _("only on this laptop")
