"""Hands on the participant's side of the screen, and the ways there and back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QAbstractButton, QLineEdit

from caseworker_app.content.participant import NAMES, Tongue
from caseworker_app.i18n import _
from ui.demo_visit.eyes import CannotDo, visible
from ui.demo_visit.hands import Hands
from ui.pages.turned_page import TurnedPage

MOST_STOPS = 200


class Turned:
    """What a participant does, in the words that the screen has for them."""

    def __init__(self, hands: Hands, tongue: Tongue, pin: str) -> None:
        self._hands = hands
        self._tongue = tongue
        self._pin = pin

    def turn(self) -> None:
        """The coach turns the screen; the first time they choose the PIN that leads back."""
        hands, new = self._hands, _("New PIN")
        hands.press("F9")
        hands.wait(lambda: _is_turned() or hands.sees(new, QLineEdit), "the screen stays")
        if not _is_turned():
            hands.type_into(new, self._pin)
            hands.type_into(_("The same PIN once more"), self._pin)
            hands.click(_("Use this PIN"))
        hands.wait(_is_turned, "the screen does not turn")
        hands.see(self._tongue.say("next"), QAbstractButton)

    def write(self, words: str) -> None:
        """Write in own words."""
        self._hands.type_into(self._tongue.say("own-words"), words)

    def choose(self, words: str) -> None:
        """Touch an answer, or a point of a scale by its name."""
        self._hands.click(words)

    def go_on(self) -> None:
        """Touch the way on."""
        self._hands.click(self._tongue.say("next"))

    def go_on_to(self, what: str) -> None:
        """Touch the way on until these words are asked."""
        for _stop in range(MOST_STOPS):
            if self._hands.sees(what):
                return
            self.go_on()
        raise CannotDo(f"nobody asks “{what}”")

    def look_for_languages(self) -> None:
        """Open the choice of languages."""
        say = self._tongue.say
        self._hands.click(f"{say('language')}: {NAMES[self._tongue.language]}")
        self._hands.see(say("done"))

    def speak(self, language: str) -> None:
        """Choose another language, and go on in it."""
        self.look_for_languages()
        self._hands.click(NAMES[language])
        self._tongue = replace(self._tongue, tag=language)
        self._hands.click(self._tongue.say("done"))

    def ask_for_pin(self) -> None:
        """The coach wants the screen back."""
        self._hands.press("F9")
        self._hands.see(_("The coach’s PIN"))

    def turn_back(self) -> None:
        """The coach types the PIN."""
        if not self._hands.sees(_("The coach’s PIN")):
            self.ask_for_pin()
        self._hands.type(self._pin)
        self._hands.press("Return")
        self._hands.see(_("Finish"), QAbstractButton)


def _is_turned() -> bool:
    return bool(visible(TurnedPage))
