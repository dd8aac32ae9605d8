"""The locked door: nothing about people or numbers, one passphrase, a way back for the forgetful.

Painted before anything else: what only some need is imported when they need it.
"""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.errors import CaseworkerError, WrongPassphrase
from ui import dialogs
from ui.background import Background
from ui.forms.unlocking import PassphraseForm
from ui.widgets.front import Front
from ui.widgets.layout import column

if TYPE_CHECKING:
    from caseworker_app.store.store import Store
    from caseworker_app.vault.strength import Strength


class UnlockPage(QWidget):
    """`opened` carries the open store; `other_folder` a folder that is to be opened instead."""

    opened = Signal(object)
    other_folder = Signal(object)
    language_wanted = Signal(str)

    def __init__(
        self, folder: Path, background: Background, now: Callable[[], datetime], problem: str = ""
    ) -> None:
        super().__init__()
        self._folder, self._background, self._now = folder, background, now
        self._front = Front()
        self._front.language_wanted.connect(self.language_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._front)
        self._form = self._show_passphrase()
        if problem:
            self._show_above("warn", problem, "")

    def _show(self, form: QWidget) -> None:
        """Show a form; what has to be known first may come above it."""
        self._holder = QWidget()
        self._holder.setLayout(column(form, gap=24))
        self._front.show_form(self._holder)
        self.setFocusProxy(form)
        form.setFocus()

    def _show_above(self, kind: Literal["warn", "danger"], title: str, sentence: str) -> None:
        from ui.widgets.boxes import Banner

        for old in self._holder.findChildren(Banner):
            old.hide()
            old.deleteLater()
        body = self._holder.layout()
        assert isinstance(body, QVBoxLayout)
        body.insertWidget(0, Banner(kind, title, sentence))

    def _on_failed(self, error: CaseworkerError) -> None:
        """What is wrong with the files stands above the form."""
        happened, safe, to_do = error.sentences()
        self._show_above("danger", happened, " ".join(part for part in (safe, to_do) if part))

    # --- the passphrase ------------------------------------------------------------------------

    def _show_passphrase(self) -> PassphraseForm:
        form = self._form = PassphraseForm(self._now())
        form.entered.connect(self._unlock)
        form.forgotten.connect(self._show_recovery)
        form.others.connect(self._choose_folder)
        self._show(form)
        return form

    def _unlock(self, passphrase: str) -> None:
        self._form.set_busy(busy=True)

        def unlock() -> Store:
            from caseworker_app.services import stores

            return stores.unlock(self._folder, passphrase)

        self._background.run(self._form, unlock, self.opened.emit, self._on_not_unlocked)

    def _on_not_unlocked(self, error: CaseworkerError) -> None:
        self._form.set_busy(busy=False)
        if isinstance(error, WrongPassphrase):
            self._form.refuse(str(error))
        else:
            self._on_failed(error)

    def _choose_folder(self) -> None:
        dialogs.choose_folder(
            self.window(), i18n._("Choose the folder with the files"), self.other_folder.emit
        )

    # --- the recovery sheet --------------------------------------------------------------------

    def _show_recovery(self) -> None:
        from ui.forms.forgotten import RecoveryForm

        form = RecoveryForm(self._sheet_made())

        def open_with(typed: str) -> None:
            from caseworker_app.services import stores

            self._background.run(
                form,
                lambda: stores.unlock_with_recovery(self._folder, typed),
                lambda store: self._choose_anew(store, typed),
                lambda error: form.refuse(str(error)),
            )

        form.entered.connect(open_with)
        form.back.connect(self._show_passphrase)
        self._show(form)

    def _sheet_made(self) -> str:
        """The day on which the recovery sheet was made, or "" where the slots cannot be read."""
        from caseworker_app.vault import slots

        try:
            made = slots.about(self._folder).recovery_made
        except CaseworkerError:
            return ""
        return i18n.texts().day(made.astimezone().date())

    def _choose_anew(self, store: Store, typed: str) -> None:
        """The sheet has opened the files: now a passphrase that will not be forgotten."""
        from caseworker_app.services import stores
        from caseworker_app.vault.strength import proposal, strength
        from ui.forms.forgotten import AnewForm
        from ui.forms.new_passphrase import NewPassphrase

        def judge(passphrase: str) -> Strength:
            coach = stores.profile(store)
            return strength(passphrase, (coach.name, coach.organisation))

        language = i18n.texts().language
        spoken = language if language in i18n.LANGUAGES else i18n.LANGUAGES[0]
        form = AnewForm(NewPassphrase(self._background, judge, lambda: proposal(spoken)))

        def keep(passphrase: str) -> None:
            now = self._now()
            self._background.run(
                form,
                lambda: stores.new_passphrase_after_recovery(self._folder, typed, passphrase, now),
                lambda _done: self.opened.emit(store),
                self._on_failed,
            )

        form.entered.connect(keep)
        self._show(form)
