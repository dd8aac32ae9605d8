"""For whoever forgot the passphrase: first the key from paper, then a new passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import _
from ui import theme
from ui.forms.new_passphrase import NewPassphrase
from ui.forms.recovery_key import RecoveryKeyField
from ui.widgets.buttons import button
from ui.widgets.layout import column, row
from ui.widgets.text import Text, h1, lead


class RecoveryForm(QWidget):
    """Asks for the key from the recovery sheet."""

    entered = Signal(str)
    back = Signal()

    def __init__(self, made: str) -> None:
        super().__init__()
        self._field = RecoveryKeyField()
        self._field.changed.connect(lambda: self._field.set_problem(""))
        self._field.control.returnPressed.connect(self._on_entered)
        words = _("With the recovery sheet you open the files and choose a new passphrase.")
        body = column(h1(_("Do you have your recovery sheet?")), lead(words), gap=6)
        if made:
            body.addWidget(Text(_("The sheet is from {day}.").format(day=made), "meta"))
        body.addSpacing(theme.current().space(20))
        body.addWidget(self._field)
        body.addSpacing(theme.current().space(12))
        body.addLayout(
            row(
                button(_("Back"), "quiet", icon="arrow-left", slot=self.back.emit),
                None,
                button(_("Open"), "primary", big=True, slot=self._on_entered),
            )
        )
        body.addSpacing(theme.current().space(12))
        body.addWidget(
            Text(
                _(
                    "Without passphrase and without sheet nobody can open the files, "
                    "not even your IT."
                ),
                "meta",
            )
        )
        self.setLayout(body)
        self.setFocusProxy(self._field)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with the key."""
        self._field.set_problem(sentence)
        self._field.setFocus()

    def _on_entered(self) -> None:
        self.entered.emit(self._field.value())


class AnewForm(QWidget):
    """Asks for a new passphrase after the recovery sheet has opened the files."""

    entered = Signal(str)

    def __init__(self, passphrase: NewPassphrase) -> None:
        super().__init__()
        self._passphrase = passphrase
        passphrase.entered.connect(self._on_entered)
        body = column(
            h1(_("Choose a new passphrase")),
            lead(_("Your files are open. From now on the new passphrase opens them.")),
            gap=6,
        )
        body.addSpacing(theme.current().space(20))
        body.addWidget(passphrase)
        body.addSpacing(theme.current().space(12))
        keep = button(_("Use this passphrase"), "primary", big=True, slot=self._on_entered)
        body.addLayout(row(None, keep))
        self.setLayout(body)
        self.setFocusProxy(passphrase)

    def _on_entered(self) -> None:
        if self._passphrase.is_ready():
            self.entered.emit(self._passphrase.value())
