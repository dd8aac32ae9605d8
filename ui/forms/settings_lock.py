"""Locking: how soon, with which passphrase and PIN, and the sheet for when it is forgotten."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.i18n import _, ngettext
from caseworker_app.settings import MOST_IDLE_MINUTES
from ui.forms.new_passphrase import NewPassphrase
from ui.forms.recovery_key import RecoverySheet
from ui.widgets.buttons import button
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import clear, column, line, row
from ui.widgets.passwords import PasswordField
from ui.widgets.text import Text, h3

MINUTES = (1, 2, 3, 5, 10, MOST_IDLE_MINUTES)


class LockForm(QWidget):
    """Four things, one below the other; passphrase and sheet unfold when they are wanted."""

    minutes_chosen = Signal(int)
    pin_wanted = Signal()
    passphrase_wanted = Signal()
    sheet_wanted = Signal()

    def __init__(self, minutes: int, *, fixed: bool) -> None:
        """`fixed` for the fictional people: their passphrase is nobody's."""
        super().__init__()
        choices = sorted({*MINUTES, minutes})
        idle = ChoiceField(
            _("Lock when nobody types"),
            [(count, ngettext("after {count} minute", "after {count} minutes", count))
             for count in choices],
            hint=_("Also at once when the laptop locks its screen or goes to sleep."),
        )  # fmt: skip
        idle.control.setObjectName("idle-minutes")
        idle.set_value(minutes)
        idle.changed.connect(lambda: self.minutes_chosen.emit(idle.value()))
        self._passphrase: QVBoxLayout = column()
        self._sheet: QVBoxLayout = column()
        pin = _Offer(
            _("PIN for the turned screen"),
            _("It leads back from the participant’s side of the screen to yours."),
            _("Choose a new PIN"),
            self.pin_wanted.emit,
        )
        body = column(row(idle, None), line(), pin, gap=20)
        if not fixed:
            body.addWidget(line())
            body.addLayout(self._passphrase)
            body.addWidget(line())
            body.addLayout(self._sheet)
        self.setLayout(body)
        self.fold()

    def fold(self) -> None:
        """Show only what can be done."""
        self.show_passphrase(
            _Offer(
                _("Passphrase"),
                _("All files stay as they are; only the way to them changes."),
                _("Change the passphrase"),
                self.passphrase_wanted.emit,
            )
        )
        self.show_sheet(
            _Offer(
                _("Recovery sheet"),
                _("Lost the sheet, or did somebody see it? A new one makes the old one useless."),
                _("Make a new sheet"),
                self.sheet_wanted.emit,
            )
        )

    def show_passphrase(self, form: QWidget) -> None:
        """Unfold what belongs to the passphrase."""
        clear(self._passphrase)
        self._passphrase.addWidget(form)
        form.setFocus()

    def show_sheet(self, form: QWidget) -> None:
        """Unfold what belongs to the recovery sheet."""
        clear(self._sheet)
        self._sheet.addWidget(form)
        form.setFocus()


class _Offer(QWidget):
    """A title, a sentence, and a button that unfolds more."""

    def __init__(self, title: str, sentence: str, words: str, slot: object) -> None:
        super().__init__()
        assert callable(slot)
        said = column(h3(title), Text(sentence, colour="text_2"), gap=2)
        layout = row(said, button(words, slot=slot), gap=24)
        layout.setStretch(0, 1)
        self.setLayout(layout)


class ChangeForm(QWidget):
    """The old passphrase once, the new one twice."""

    entered = Signal(str, str)
    given_up = Signal()

    def __init__(self, anew: NewPassphrase) -> None:
        super().__init__()
        self._old, self._anew = PasswordField(_("The passphrase until now")), anew
        self._keep = button(_("Use the new passphrase"), "primary", slot=self._on_entered)
        self._old.entered.connect(anew.setFocus)
        anew.entered.connect(self._on_entered)
        buttons = row(button(_("Leave it"), "quiet", slot=self.given_up.emit), None, self._keep)
        self.setLayout(column(h3(_("Passphrase")), self._old, anew, buttons, gap=14))
        self.setFocusProxy(self._old)

    def refuse(self, sentence: str) -> None:
        """The old one was not right."""
        self._keep.setEnabled(True)
        self._old.set_problem(sentence)
        self._old.select_all()

    def _on_entered(self) -> None:
        self._old.set_problem("" if self._old.value() else _("Please type your passphrase."))
        if self._old.value() and self._anew.is_ready():
            self._keep.setEnabled(False)
            self.entered.emit(self._old.value(), self._anew.value())


class AskForm(QWidget):
    """The passphrase once more, before the old sheet becomes useless."""

    entered = Signal(str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._field = PasswordField(
            _("Your passphrase"), hint=_("The old sheet opens nothing from then on.")
        )
        self._make = button(_("Make a new sheet"), "primary", slot=self._on_entered)
        self._field.entered.connect(self._on_entered)
        buttons = row(button(_("Leave it"), "quiet", slot=self.given_up.emit), None, self._make)
        self.setLayout(column(h3(_("Recovery sheet")), self._field, buttons, gap=14))
        self.setFocusProxy(self._field)

    def refuse(self, sentence: str) -> None:
        """The passphrase was not right."""
        self._make.setEnabled(True)
        self._field.set_problem(sentence)
        self._field.select_all()

    def _on_entered(self) -> None:
        if self._field.value():
            self._make.setEnabled(False)
            self.entered.emit(self._field.value())


class NewSheet(QWidget):
    """The new key, until two of its groups were typed from paper."""

    done = Signal()

    def __init__(self, sheet: RecoverySheet) -> None:
        super().__init__()

        def finish() -> None:
            if sheet.is_proven():
                self.done.emit()

        sheet.proven.connect(self.done)
        ready = button(_("The new sheet is on paper"), "primary", slot=finish)
        self.setLayout(column(h3(_("Recovery sheet")), sheet, row(None, ready), gap=14))
