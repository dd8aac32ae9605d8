"""Choosing a passphrase: twice the same, with an honest word on how strong it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import _, translated
from ui.background import Background
from ui.widgets.buttons import button
from ui.widgets.drawings import StrengthBar
from ui.widgets.layout import column, row
from ui.widgets.passwords import PasswordField
from ui.widgets.text import Text

PAUSE = 120  # milliseconds without a key before the passphrase is judged


class Strength(Protocol):
    """How strong a passphrase is, from 0 to 4, and what to do about it."""

    @property
    def level(self) -> int:
        """From 0 to 4."""

    @property
    def advice(self) -> str:
        """One sentence, in English, to be translated."""

    @property
    def enough(self) -> bool:
        """Whether it is accepted."""


class NewPassphrase(QWidget):
    """`judge` and `propose` are asked in the worker; `entered` when Enter is pressed at the end."""

    entered = Signal()

    def __init__(
        self,
        background: Background,
        judge: Callable[[str], Strength],
        propose: Callable[[], str],
    ) -> None:
        super().__init__()
        self._background, self._judge, self._propose = background, judge, propose
        self._judged: tuple[str, Strength | None] = ("", None)
        self._proposed = Text("", "h3")
        self._proposed.hide()
        self._first = PasswordField(_("Your passphrase"))
        self._second = PasswordField(_("Once more"))
        self._bar = StrengthBar()
        self._advice = Text("", "meta")
        self._advice.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self._first.changed.connect(self._on_typed)
        self._first.entered.connect(self._second.setFocus)
        self._second.changed.connect(lambda: self._second.set_problem(""))
        self._second.left.connect(self._compare)
        self._second.entered.connect(self.entered)
        propose_button = button(_("Propose one"), "link", icon="rotate-cw", slot=self._on_propose)
        strength = column(self._bar, self._advice, row(propose_button, None), gap=4)
        self.setLayout(column(self._first, strength, self._proposed, self._second, gap=12))
        self.setFocusProxy(self._first)
        self._bar.set(0, "")

    def value(self) -> str:
        """The passphrase, as it was typed the first time."""
        return self._first.value()

    def is_ready(self) -> bool:
        """Whether both are the same and strong enough; says what is missing where it is missing."""
        typed, strength = self._judged
        if typed != self.value() or strength is None:
            strength = self._judge(self.value())
            self._show(self.value(), strength)
        if not strength.enough:
            self._first.set_problem(translated(strength.advice))
            self._first.setFocus()
            return False
        return self._compare(empty_counts=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is judged any more once the form has gone."""
        self._pause.stop()
        super().hideEvent(event)

    def _compare(self, *, empty_counts: bool = False) -> bool:
        same = self._second.value() == self.value()
        if same or (not self._second.value() and not empty_counts):
            self._second.set_problem("")
        else:
            self._second.set_problem(_("The two are not the same yet."))
        return same

    def _on_typed(self) -> None:
        self._first.set_problem("")
        self._pause.start()

    def _ask(self) -> None:
        typed = self.value()
        self._background.run(
            self, lambda: self._judge(typed), lambda strength: self._show(typed, strength)
        )

    def _show(self, typed: str, strength: Strength) -> None:
        if typed != self.value():
            return
        self._judged = (typed, strength)
        words = (_("Too weak"), _("Too weak"), _("Weak"), _("Strong"), _("Very strong"))
        self._bar.set(strength.level, words[strength.level] if typed else "")
        self._advice.setText(translated(strength.advice))
        self._advice.setVisible(bool(typed) and strength.level < len(words) - 1)

    def _on_propose(self) -> None:
        self._background.run(self, self._propose, self._show_proposal)

    def _show_proposal(self, words: str) -> None:
        """Fill the first field only: whoever types it once more begins to learn it."""
        self._proposed.setText(words)
        self._proposed.show()
        self._first.set_value(words)
        self._first.set_problem("")
        self._second.setFocus()
        self._ask()
