"""Two laptops side by side in one demo: only one of them is sat at, the other one is shut."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QWidget
from shiboken6 import isValid

from caseworker_app import paths
from caseworker_app.i18n import _
from caseworker_app.store.store import Store
from ui.app import Program
from ui.demo_visit.central import Letter
from ui.demo_visit.eyes import CannotDo, plain, visible
from ui.demo_visit.hands import Hands
from ui.main_window import MainWindow
from ui.widgets.fingerprint import Fingerprint
from ui.widgets.rail import PressableCard, Rail


@dataclass
class Laptop:
    """A program with a store and settings of its own. `number` is 1 for the one of the visit.

    A program that does not run yet is begun by `begin` when somebody sits down at it.
    """

    number: int
    home: Path
    begin: Callable[[], Program]
    _program: Program | None = None

    @property
    def program(self) -> Program:
        """The program, which goes on until the end."""
        if self._program is None:
            self._program = self.begin()
        return self._program

    @property
    def window(self) -> MainWindow:
        """What the coach works in. CannotDo before the door."""
        if not isinstance(self.program.content, MainWindow):
            raise CannotDo(f"laptop {self.number} is not open")
        return self.program.content

    @property
    def store(self) -> Store:
        """Its store, while it is open."""
        return self.window.app.store

    @property
    def case(self) -> UUID:
        """Whose file is in view."""
        case = self.window.route.case
        if case is None:
            raise CannotDo("no file is in view")
        return case

    def open(self) -> None:
        """Sit down at it."""
        os.environ[paths.HOME_VARIABLE] = str(self.home)
        self.program.show()

    def shut(self) -> None:
        """Nothing of it is in view; what it does in the background goes on."""
        if self._program is not None:
            self._program.hide()


class AtLaptop:
    """What hands do about the exchange, at the laptop in view."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    # --- connecting ----------------------------------------------------------------------------

    def to_the_exchange(self) -> None:
        """Touch the card of the rail."""
        self._hands.click_found(_sync_card, "the rail says nothing of the exchange")
        self._hands.see(_("Exchange"))

    def connect(self, letter: Letter) -> None:
        """Type address and code from the letter."""
        hands = self._hands
        self.to_the_exchange()
        hands.click(_("Connect this laptop"))
        hands.type_into(_("Address"), letter.address)
        hands.type_into(_("Code"), letter.code)
        hands.click(_("Connect"))
        hands.wait(lambda: hands.sees(_("Compare the numbers")), "it does not connect")

    def compare(self, letter: Letter) -> str:
        """Compare the organisation's number with the letter; the laptop's own, as it is read."""
        theirs, own = (_digits(one.accessibleName()) for one in visible(Fingerprint))
        if theirs != letter.number.replace(" ", ""):
            raise CannotDo("the organisation's number is another one than in the letter")
        self._hands.click(_("The number is the same"))
        return own

    # --- exchanging ----------------------------------------------------------------------------

    def exchange(self, *, online: bool = True) -> None:
        """Ask for an exchange, and wait until the page says how it went."""
        hands = self._hands
        self.to_the_exchange()
        asked = (_("Exchange now"), _("Try now"))

        def button() -> QWidget | None:
            found = (one for one in visible(QAbstractButton) if one.isEnabled())
            return next((b for b in found if b.accessibleName() in asked), None)

        hands.click_found(button, "nobody can ask for an exchange")
        done = _("All your work is handed over.")
        if not online:
            done = _("No connection to the server. Everything is safe on this laptop.")
        hands.wait(lambda: hands.sees(done), f"nothing says “{done}”")

    # --- the file ------------------------------------------------------------------------------

    def open_file(self, family_name: str) -> None:
        """Find somebody by the name, and open the file."""
        hands = self._hands
        hands.click(_("People"))
        hands.type_into(_("Find a person"), family_name)
        hands.open_first_row(family_name)
        hands.see(_("Begin conversation"), QAbstractButton)

    def write_over(self, old: str, new: str) -> None:
        """Write something else into the field in which these words stand."""
        hands = self._hands

        def field() -> QWidget | None:
            fields = (w for w in visible(QPlainTextEdit) if isinstance(w, QPlainTextEdit))
            return next((one for one in fields if one.toPlainText() == old), None)

        written = hands.click_found(field, f"nowhere stands “{old}”")
        hands.wait(written.hasFocus, "the field does not take the keyboard")
        hands.press("Ctrl+A")
        hands.type(new)
        hands.press("Tab")


def _sync_card() -> QWidget | None:
    """The card of the rail that says how the exchange stands."""
    you = plain(_("You: {name}")).partition("{")[0]
    for rail in visible(Rail):
        for card in rail.findChildren(PressableCard):
            if isValid(card) and card.isVisible() and not card.accessibleName().startswith(you):
                return card
    return None


def _digits(spoken: str) -> str:
    """The digits of a number that is read aloud."""
    return "".join(one for one in spoken.rpartition(":")[2] if one.isdigit())
