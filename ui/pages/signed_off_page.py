"""Before a door that does not exist any more: the organisation has signed this laptop off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.exchange import SignedOff
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services.exchange import signed_off
from ui.background import Background
from ui.forms.signed_off import SignedOffForm
from ui.widgets.front import Front
from ui.widgets.layout import column


class SignedOffPage(QWidget):
    """`anew` once the coach wants to set the laptop up again; the note is gone by then."""

    anew = Signal()
    language_wanted = Signal(str)

    def __init__(self, folder: Path, background: Background, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._folder, self._background, self._now = folder, background, now
        self._front = Front(_("There is no file on this laptop any more."))
        self._front.language_wanted.connect(self.language_wanted)
        self.setLayout(column(self._front, gap=0))
        self.show_known(signed_off.look(folder))

    def show_known(self, known: SignedOff) -> None:
        """Show what is known about it."""
        form = SignedOffForm(known)
        form.wanted.connect(lambda: self._hand_in(form))
        form.anew.connect(self._on_anew)
        self._front.show_form(form)
        form.setFocus()

    def _hand_in(self, form: SignedOffForm) -> None:
        def refuse(error: CaseworkerError) -> None:
            happened, safe, to_do = error.sentences()
            form.refuse(happened, " ".join(part for part in (safe, to_do) if part))

        work = partial(signed_off.hand_in, self._folder, self._now())
        self._background.line.run(form, work, self.show_known, refuse)

    def _on_anew(self) -> None:
        signed_off.forget(self._folder)
        self.anew.emit()
