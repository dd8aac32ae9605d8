"""Choosing the short number that leads back from the participant's side of the screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import _
from ui import dialogs
from ui.background import Background
from ui.widgets.layout import column
from ui.widgets.passwords import PasswordField
from ui.widgets.text import Text


class NewPin(QWidget):
    """The number twice. `entered` carries it once it is good and both are the same."""

    entered = Signal(str)

    def __init__(self, is_good: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_good = is_good
        self._pin = PasswordField(
            _("New PIN"), hint=_("Four to eight digits: no row like 1234, no year, not 0000.")
        )
        self._again = PasswordField(_("The same PIN once more"))
        self._pin.entered.connect(self._again.setFocus)
        self._again.entered.connect(self.enter)
        self._pin.left.connect(self._check)
        self.setLayout(column(self._pin, self._again, gap=14))
        self.setFocusProxy(self._pin)

    def enter(self) -> None:
        """Take the PIN, if it can be taken."""
        self._check()
        if not self._pin.value() or self._pin.problem():
            self._pin.set_problem(self._pin.problem() or _("Please type a PIN."))
            self._pin.setFocus()
        elif self._again.value() != self._pin.value():
            self._again.set_problem(_("The two are not the same. Please type it once more."))
            self._again.select_all()
            self._again.setFocus()
        else:
            self.entered.emit(self._pin.value())

    def tell(self, sentence: str) -> None:
        """It could not be kept."""
        self._pin.set_problem(sentence)

    def _check(self) -> None:
        pin = self._pin.value()
        easy = bool(pin) and not self._is_good(pin)
        self._pin.set_problem(_("This PIN is too easy to guess. Please choose another.") if easy
                              else "")  # fmt: skip
        self._again.set_problem("")


def choose_pin(
    parent: QWidget,
    background: Background,
    is_good: Callable[[str], bool],
    keep: Callable[[str], None],
    then: Callable[[], object],
) -> dialogs.Sheet:
    """Ask for a new PIN over what is in view; `then` comes once it is kept."""
    form = NewPin(is_good)
    holder = QWidget()
    words = _("With it you come back from the participant’s side of the screen, and only you.")
    holder.setLayout(column(Text(words), form, gap=16))
    sheet = dialogs.Sheet(parent, _("Your PIN for the turned screen"), holder)
    sheet.add_button(_("Not now"))
    sheet.add_button(_("Use this PIN"), "primary", form.enter, closes=False)

    def kept() -> None:
        sheet.accept()
        then()

    form.entered.connect(
        lambda pin: background.run(
            form,
            lambda: keep(pin),
            lambda _done: kept(),
            lambda error: form.tell(str(error)),
        )
    )
    sheet.open()
    form.setFocus()
    return sheet
