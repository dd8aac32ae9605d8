"""Settings: sections at the left, one at the right, everything effective at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app import i18n, paths
from caseworker_app.domain.exchange import ExchangeView
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services import files, pins, printers, recovery_sheets, stores
from caseworker_app.settings import Settings
from caseworker_app.vault.recovery import RecoveryKey
from caseworker_app.vault.strength import Strength, proposal, strength
from ui import dialogs, theme
from ui.connect_desk import ConnectDesk
from ui.context import App
from ui.forms.about_you import AboutYou, AboutYouForm
from ui.forms.new_passphrase import NewPassphrase
from ui.forms.pin_new import choose_pin
from ui.forms.recovery_key import RecoverySheet
from ui.forms.settings_about import AboutForm
from ui.forms.settings_lock import AskForm, ChangeForm, LockForm, NewSheet
from ui.forms.settings_look import LookForm
from ui.forms.typing_pause import TypingPause
from ui.guide_shelf import GuideShelf
from ui.page import Page
from ui.widgets import shell_keys
from ui.widgets.choices import Option, RadioRow
from ui.widgets.layout import ScrollPage, clear, column, row
from ui.widgets.navigation import NavRow
from ui.widgets.text import Text, h1, h2

LIST_WIDTH = 268


class SettingsPage(Page):
    """`changed` carries new settings; `coach_changed` says that name or organisation are others."""

    place: ClassVar[str] = "settings"
    changed = Signal(object)
    coach_changed = Signal()

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.section = "look"
        self._sections: dict[str, tuple[str, str, Callable[[], QWidget]]] = {
            "look": (_("Look"), "monitor", self._look),
            "language": (_("Language"), "languages", self._language),
            "you": (_("About you"), "user-round", self._you),
            "lock": (_("Lock and passphrase"), "lock", self._lock),
            "guides": (_("Guides"), "message-circle", lambda: GuideShelf(self)),
            "exchange": (_("Exchange"), "refresh-cw", lambda: ConnectDesk(self)),
            "keys": (_("Keys"), "keyboard", self._keys),
            "about": (_("About Caseworker"), "info", self._about),
        }
        self._profile = stores.profile(app.store)
        self._you_form: AboutYouForm | None = None
        self._pause = TypingPause(self)
        self._pause.over.connect(self._keep_you)
        self._rows = {name: self._row(name) for name in self._sections}
        self._list = QWidget()
        self._list.setLayout(column(*self._rows.values(), None, gap=2))
        self._right: QVBoxLayout = column(gap=16)
        sheet = ScrollPage()
        columns = row(self._list, self._right, gap=44)
        columns.setStretch(1, 1)
        sheet.add(h1(_("Settings")), columns, None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(sheet)
        self.setFocusProxy(self._rows["look"])
        self.show_section(self.section)

    def show_section(self, name: str) -> None:
        """Show one of the sections at the right."""
        self._keep_you()
        self._you_form = None
        self.section = name
        self._rows[name].setChecked(True)
        clear(self._right)
        title, _icon, make = self._sections[name]
        self._right.addWidget(h2(title))
        self._right.addWidget(make())
        self._right.addStretch(1)

    def hear(self, view: ExchangeView) -> None:
        """Only the section that connects says how the exchange stands."""
        for desk in self.findChildren(ConnectDesk):
            desk.hear(view)

    def leave(self) -> bool:
        """Keep the profile before the page goes."""
        return self._keep_you()

    def _row(self, name: str) -> NavRow:
        words, icon, _make = self._sections[name]
        made = NavRow(words, icon=icon)
        made.setObjectName(f"section-{name}")
        made.clicked.connect(lambda _on=False: self.show_section(name))
        return made

    # --- the sections ------------------------------------------------------------------------

    def _look(self) -> QWidget:
        form = LookForm(self.app.settings)
        form.changed.connect(self.changed)
        return form

    def _language(self) -> QWidget:
        choice = RadioRow(
            _("Language"), [Option(code, i18n.NAMES[code]) for code in i18n.LANGUAGES]
        )
        choice.choose(i18n.texts().language)
        choice.chosen.connect(lambda code: self._change(replace(self.app.settings, language=code)))
        words = _("For the program. A plan can be printed in another language than this.")
        holder = QWidget()
        holder.setLayout(column(choice, Text(words, "meta"), gap=12))
        return holder

    def _you(self) -> QWidget:
        form = self._you_form = AboutYouForm()
        coach = self._profile
        form.set_value(AboutYou(coach.name, coach.organisation, coach.phone, coach.email))
        form.changed.connect(self._pause.begin)
        form.left.connect(self._keep_you)
        return form

    def _keep_you(self) -> bool:
        """Keep who the coach is. What cannot be kept stays in the fields."""
        self._pause.stop()
        form, seen = self._you_form, self._profile
        if form is None:
            return True
        value = form.value()
        new = replace(
            seen,
            name=value.name,
            organisation=value.organisation,
            phone=value.phone,
            email=value.email,
        )
        if new == seen:
            return True
        try:
            self._profile = stores.save_profile(self.app.store, new, seen, self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return False
        self.coach_changed.emit()
        return True

    def _lock(self) -> QWidget:
        fixed = stores.is_sample(self.app.store.folder)
        form = LockForm(self.app.settings.idle_minutes, fixed=fixed)
        form.minutes_chosen.connect(
            lambda minutes: self._change(replace(self.app.settings, idle_minutes=minutes))
        )
        form.pin_wanted.connect(self._choose_pin)
        form.passphrase_wanted.connect(lambda: self._ask_new_passphrase(form))
        form.sheet_wanted.connect(lambda: self._ask_for_sheet(form))
        return form

    def _keys(self) -> QWidget:
        holder = QWidget()
        groups = (
            (_("Everywhere"), shell_keys.EVERYWHERE),
            (_("In the list of people"), shell_keys.OF_PAGE["people"]),
            (_("In a file"), shell_keys.OF_PAGE["case"]),
            (_("In a conversation"), shell_keys.OF_PAGE["talk"]),
        )
        body = column(gap=20)
        for title, keys in groups:
            body.addLayout(column(Text(title, "bodyb"), shell_keys.KeyTable(keys), gap=8))
        holder.setLayout(body)
        return holder

    def _about(self) -> QWidget:
        return AboutForm(self.app.store.folder, paths.settings_file())

    # --- PIN, passphrase and sheet ------------------------------------------------------------

    def _choose_pin(self) -> None:
        store, now = self.app.store, self.app.now()
        choose_pin(
            self,
            self.app.background,
            pins.is_good,
            lambda pin: pins.set_pin(store, pin, now),
            lambda: self.told.emit(_("The new PIN is in use."), None),
        )

    def _ask_new_passphrase(self, form: LockForm) -> None:
        coach, language = self._profile, i18n.texts().language

        def judge(passphrase: str) -> Strength:
            return strength(passphrase, (coach.name, coach.organisation))

        spoken = language if language in i18n.LANGUAGES else i18n.LANGUAGES[0]
        change = ChangeForm(NewPassphrase(self.app.background, judge, lambda: proposal(spoken)))
        folder, now = self.app.store.folder, self.app.now()

        def done() -> None:
            form.fold()
            self.told.emit(_("The new passphrase is in use."), None)

        change.given_up.connect(form.fold)
        change.entered.connect(
            lambda old, new: self.app.background.run(
                change,
                lambda: stores.change_passphrase(folder, old, new, now),
                lambda _done: done(),
                lambda error: change.refuse(str(error)),
            )
        )
        form.show_passphrase(change)

    def _ask_for_sheet(self, form: LockForm) -> None:
        ask = AskForm()
        folder, now = self.app.store.folder, self.app.now()

        def make(passphrase: str) -> tuple[RecoveryKey, str]:
            return stores.renew_recovery_key(folder, passphrase, now), next(
                iter(printers.names()), ""
            )

        ask.given_up.connect(form.fold)
        ask.entered.connect(
            lambda passphrase: self.app.background.run(
                ask,
                lambda: make(passphrase),
                lambda made: self._show_sheet(form, *made),
                lambda error: ask.refuse(str(error)),
            )
        )
        form.show_sheet(ask)

    def _show_sheet(self, form: LockForm, key: RecoveryKey, printer: str) -> None:
        store, now, texts = self.app.store, self.app.now(), i18n.texts()

        def pdf() -> bytes:
            return recovery_sheets.pdf(store, key, now, texts)

        new = NewSheet(
            RecoverySheet(
                key.groups,
                self.app.background,
                (lambda: printers.print_pdf(pdf(), printer)) if printer else None,
                lambda file: files.write(file, pdf()),
            )
        )
        new.done.connect(form.fold)
        form.show_sheet(new)

    def _change(self, new: Settings) -> None:
        self.changed.emit(new)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow, the sections are shown as icons."""
        super().resizeEvent(event)
        look = theme.current()
        narrow = look.width_class(self.width()) == "narrow"
        for made in self._rows.values():
            made.set_compact(narrow)
        self._list.setFixedWidth(look.px(48 if narrow else LIST_WIDTH))
