"""The letter with which a coach connects a laptop: address, code, QR code, what to compare.

It is handed over by hand and is good for a quarter of an hour, in the language of the coach.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from caseworker_app.sync.wire.invitation import Invitation, code_text

LANGUAGES = ("de", "nl")


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    organisation: str
    steps: tuple[str, ...]
    address: str
    code: str
    until: str
    compare: str
    keep: str
    zone: str


_WORDS = {
    "de": _Words(
        "Diesen Laptop verbinden",
        "für {organisation}",
        (
            "Öffnen Sie in Caseworker die „Einstellungen“ und dort „Abgleich“.",
            (
                "Tippen Sie Adresse und Code ein. Oder wählen Sie „QR-Code aus einem Bild“, wenn "
                "Sie den QR-Code fotografiert oder gescannt haben."
            ),
            (
                "Vergleichen Sie die Prüfzahl Ihrer Organisation auf dem Bildschirm mit der in "
                "diesem Brief, Gruppe für Gruppe."
            ),
            "Lesen Sie Ihrer IT die Prüfzahl dieses Laptops vor. Die IT bestätigt ihn dann.",
        ),
        "Adresse",
        "Code",
        "Der Code gilt einmal, bis {time} Uhr.",
        "Prüfzahl Ihrer Organisation",
        "Geben Sie diesen Brief nicht weiter. Nach dem Verbinden können Sie ihn vernichten.",
        "Europe/Berlin",
    ),
    "nl": _Words(
        "Deze laptop verbinden",
        "voor {organisation}",
        (
            "Open in Caseworker “Instellingen” en kies daar “Uitwisselen”.",
            (
                "Typ het adres en de code over. Of kies “QR-code uit een afbeelding” als je de "
                "QR-code hebt gefotografeerd of gescand."
            ),
            (
                "Vergelijk het controlegetal van je organisatie op het scherm met dat in deze "
                "brief, groepje voor groepje."
            ),
            (
                "Lees het controlegetal van deze laptop voor aan je ICT-afdeling. Die bevestigt "
                "de laptop dan."
            ),
        ),
        "Adres",
        "Code",
        "De code werkt één keer, tot {time} uur.",
        "Controlegetal van je organisatie",
        "Geef deze brief niet door. Na het verbinden kun je hem vernietigen.",
        "Europe/Amsterdam",
    ),
}


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """What the letter says. The time in it is that of the coach's country, not the server's."""

    invitation: Invitation
    organisation: str
    until: datetime
    language: str = LANGUAGES[0]

    @property
    def words(self) -> _Words:
        """Its words in the coach's language."""
        return _WORDS[self.language]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is typed and compared: (name, value)."""
        words = self.words
        return (
            (words.address, self.invitation.address),
            (words.code, code_text(self.invitation.code)),
            (words.compare, self.invitation.root),
        )

    @property
    def heading(self) -> str:
        """For whom it is."""
        return self.words.organisation.format(organisation=self.organisation)

    @property
    def until_told(self) -> str:
        """How long the code is good."""
        try:
            there = self.until.astimezone(ZoneInfo(self.words.zone))
        except ZoneInfoNotFoundError:  # a machine without the table of time zones
            there = self.until.astimezone()
        return self.words.until.format(time=f"{there:%H:%M}")
