"""The form before the door: one passphrase, and some patience after a wrong one."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import _, ngettext
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.layout import column, row
from ui.widgets.passwords import PasswordField
from ui.widgets.text import h1, lead

LONGEST_DELAY = 60
NOON, EVENING = 12, 18


def greeting(moment: datetime) -> str:
    """The greeting for this time of day."""
    hour = moment.astimezone().hour
    if hour < NOON:
        return _("Good morning.")
    return _("Good afternoon.") if hour < EVENING else _("Good evening.")


def delay_after(failures: int) -> int:
    """How many seconds to wait after so many wrong passphrases in a row: 1, 2, 4 ... 60."""
    return min(LONGEST_DELAY, 2 ** (failures - 1)) if failures else 0


class PassphraseForm(QWidget):
    """Asks for the passphrase. After a wrong one it takes the next only after a while."""

    entered = Signal(str)
    forgotten = Signal()
    others = Signal()

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._failures, self._seconds = 0, 0
        self._sentence = ""
        self._busy = False
        self._field = PasswordField(_("Passphrase"))
        self._open = button(_("Open"), "primary", icon="lock-open", big=True, slot=self._on_entered)
        self._field.entered.connect(self._on_entered)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_second)
        links = row(
            button(_("Forgotten?"), "link", slot=self.forgotten.emit),
            None,
            button(_("Other files"), "link", slot=self.others.emit),
        )
        gap = theme.current().space(12)
        body = column(
            h1(greeting(now)),
            lead(
                _(
                    "Your passphrase opens the files on this laptop. "
                    "Without it nobody can read them."
                )
            ),
            gap=6,
        )
        body.addSpacing(2 * gap)
        body.addWidget(self._field)
        body.addSpacing(gap)
        body.addWidget(self._open)
        body.addLayout(links)
        self.setLayout(body)
        self.setFocusProxy(self._field)

    def set_busy(self, *, busy: bool) -> None:
        """Show that the files are being opened; takes about half a second."""
        self._busy = busy
        self._field.control.setReadOnly(busy)
        self._open.setText(_("Opening …") if busy else _("Open"))

    def refuse(self, sentence: str) -> None:
        """It was the wrong one: say so once, and leave the text selected for the next try."""
        self._failures += 1
        self._seconds = delay_after(self._failures)
        self._sentence = sentence
        self._field.select_all()
        self._timer.start()
        self._show_wait()

    def _on_entered(self) -> None:
        if self._busy or self._seconds:
            return
        if not self._field.value():
            self._field.set_problem(_("Please type your passphrase."))
            self._field.setFocus()
            return
        self._field.set_problem("")
        self.entered.emit(self._field.value())

    def _on_second(self) -> None:
        self._seconds -= 1
        self._show_wait()
        if not self._seconds:
            self._timer.stop()

    def _show_wait(self) -> None:
        if self._seconds <= 1:
            self._field.set_problem(self._sentence)
            return
        wait = ngettext(
            "The next try is possible in {count} second.",
            "The next try is possible in {count} seconds.",
            self._seconds,
        )
        self._field.set_problem(f"{self._sentence} {wait}")
