"""The first day of a laptop: from the language to the open store, by way of the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from caseworker_app import i18n
from caseworker_app.content.sample import SampleCoach
from caseworker_app.i18n import _
from ui.demo_visit.eyes import plain
from ui.demo_visit.hands import Hands

PASSPHRASE = "lampe ruhig sieben garten koffie dorpsplein"  # noqa: S105 - of stores of inventions


class FirstDay:
    """Hands at the welcome page, and wherever else somebody says who they are."""

    def __init__(self, hands: Hands, shot: Callable[[str], None]) -> None:
        self._hands = hands
        self._shot = shot

    def create(self, language: str, organisation: str, coach: SampleCoach) -> None:
        """A new store, from the language to the two groups of the recovery sheet."""
        hands = self._hands
        hands.click(i18n.NAMES[language])
        self._shot("welcome")
        self.introduce(organisation, coach)
        hands.click(_("Next"))
        hands.type_into(_("Your passphrase"), PASSPHRASE)
        hands.type_into(_("Once more"), PASSPHRASE)
        hands.pause(200)
        self._shot("passphrase")
        hands.click(_("Next"))
        hands.wait(lambda: hands.sees(_("Begin")), "the recovery sheet does not come")
        self._shot("recovery-sheet")
        self._prove_the_sheet()
        hands.click(_("Begin"))
        hands.wait(lambda: hands.sees(_("People")), "the store does not open")
        self._shot("first-day")

    def introduce(self, organisation: str, coach: SampleCoach) -> None:
        """Say who works at this laptop."""
        hands = self._hands
        hands.type_into(_("Your name"), coach.name)
        hands.type_into(_("Organisation"), organisation)
        hands.type_into(_("Phone"), coach.phone)
        hands.type_into(_("E-mail"), coach.email)

    def _prove_the_sheet(self) -> None:
        """Read the groups from the screen, and type the two that are asked for."""
        spelled = plain(_("Group {number}: {letters}"))
        asked = plain(_("Group {number} of your sheet"))
        for number in range(1, 8):
            field = asked.format(number=number)
            if not self._hands.sees(field, QLineEdit):
                continue
            begin = spelled.format(number=number, letters="").strip()
            letters = self._hands.words_that_begin(begin).removeprefix(begin)
            self._hands.type_into(field, letters.replace(" ", ""))
