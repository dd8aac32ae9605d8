"""The first start: three steps to an encrypted store, or a look round among fictional people."""

# ruff: noqa: PLC0415 - the store, the keys and the printing are imported after the first paint

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.errors import CaseworkerError
from ui.background import Background
from ui.forms.about_you import AboutYou
from ui.forms.new_passphrase import NewPassphrase
from ui.forms.recovery_key import RecoverySheet
from ui.forms.welcome import PassphraseStep, SheetStep, WhoForm
from ui.widgets.boxes import Banner
from ui.widgets.front import Front
from ui.widgets.layout import column

if TYPE_CHECKING:
    from caseworker_app.store.store import Store
    from caseworker_app.vault.recovery import RecoveryKey
    from caseworker_app.vault.strength import Strength

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """How far somebody has come before there is a store: survives another language."""

    step: int = 1
    about: AboutYou = field(default_factory=AboutYou)


class WelcomePage(QWidget):
    """`opened` carries the new store; `sample_wanted` asks for the fictional people."""

    opened = Signal(object)
    sample_wanted = Signal()
    language_wanted = Signal(str)

    def __init__(
        self,
        folder: Path,
        background: Background,
        now: Callable[[], datetime],
        draft: Draft | None = None,
    ) -> None:
        super().__init__()
        self._folder, self._background, self._now = folder, background, now
        self._draft = draft or Draft()
        self._front = Front()
        self._front.language_wanted.connect(self.language_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._front)
        self._form: WhoForm | PassphraseStep | SheetStep
        if self._draft.step == 1:
            self._show_who()
        else:
            self._show_passphrase()

    def draft(self) -> Draft:
        """How far it is, to go on from there in another language."""
        if isinstance(self._form, WhoForm):
            return replace(self._draft, about=self._form.value())
        return self._draft

    def set_busy(self, *, busy: bool) -> None:
        """Show that something is being made."""
        if not isinstance(self._form, SheetStep):
            self._form.set_busy(busy=busy)

    def show_problem(self, error: CaseworkerError) -> None:
        """Say above the form what did not work."""
        self.set_busy(busy=False)
        happened, safe, to_do = error.sentences()
        banner = Banner("danger", happened, " ".join(part for part in (safe, to_do) if part))
        self._show(self._form, banner)

    def _show(
        self, form: WhoForm | PassphraseStep | SheetStep, banner: Banner | None = None
    ) -> None:
        self._form = form
        holder = QWidget()
        holder.setLayout(column(banner, form, gap=24) if banner else column(form))
        self._front.show_form(holder)
        self.setFocusProxy(form)
        form.setFocus()

    def _show_who(self) -> None:
        self._draft = replace(self._draft, step=1)
        form = WhoForm(self._draft.about)
        form.next.connect(self._on_who)
        form.look_round.connect(self.sample_wanted)
        form.language_wanted.connect(self.language_wanted)
        self._show(form)

    def _on_who(self) -> None:
        self._draft = Draft(2, self.draft().about)
        self._show_passphrase()

    def _show_passphrase(self) -> None:
        about = self._draft.about

        def judge(passphrase: str) -> Strength:
            from caseworker_app.vault.strength import strength

            return strength(passphrase, (about.name, about.organisation))

        def propose() -> str:
            from caseworker_app.vault.strength import proposal

            language = i18n.texts().language
            return proposal(language if language in i18n.LANGUAGES else i18n.LANGUAGES[0])

        form = PassphraseStep(NewPassphrase(self._background, judge, propose))
        form.next.connect(self._create)
        form.back.connect(self._show_who)
        self._show(form)

    def _create(self, passphrase: str) -> None:
        from caseworker_app.domain.people import Profile
        from caseworker_app.services import printers, stores

        self.set_busy(busy=True)
        about, now = self._draft.about, self._now()
        profile = Profile(
            id=NOBODY,
            case=NOBODY,
            name=about.name,
            organisation=about.organisation,
            phone=about.phone,
            email=about.email,
        )

        def create() -> tuple[Store, RecoveryKey, str]:
            store, key = stores.create(self._folder, profile, passphrase, now)
            return store, key, next(iter(printers.names()), "")

        self._background.run(self, create, lambda made: self._show_sheet(*made), self.show_problem)

    def _show_sheet(self, store: Store, key: RecoveryKey, printer: str) -> None:
        """Show the key this once. Another language now would lose it, so it is not offered."""
        from caseworker_app.services import files, printers, recovery_sheets

        self._front.chip.hide()
        texts, now = i18n.texts(), self._now()

        def pdf() -> bytes:
            return recovery_sheets.pdf(store, key, now, texts)

        sheet = RecoverySheet(
            key.groups,
            self._background,
            (lambda: printers.print_pdf(pdf(), printer)) if printer else None,
            lambda file: files.write(file, pdf()),
        )
        form = SheetStep(sheet)
        form.done.connect(lambda: self.opened.emit(store))
        self._show(form)
