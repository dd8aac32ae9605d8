"""Which language the participant reads, and whether in plain words."""

from __future__ import annotations

from PySide6.QtCore import Signal

from caseworker_app.content.participant import LANGUAGES, NAMES, Tongue
from ui.forms.turned_sheet import TurnedSheet
from ui.widgets.buttons import button
from ui.widgets.choices import Option
from ui.widgets.layout import row
from ui.widgets.turned_choice import BigChoice, BigChoices

PLAIN = "plain"


class LanguageSheet(TurnedSheet):
    """Each language by its own name. `chosen` carries the language and whether in plain words."""

    chosen = Signal(str, bool)
    done = Signal()

    def __init__(self, tongue: Tongue) -> None:
        super().__init__("", "", tongue.say("language"))
        self._language = tongue.language
        self._languages = BigChoice(
            tongue.say("language"), [Option(code, NAMES[code]) for code in LANGUAGES]
        )
        self._languages.choose(tongue.language)
        self._plain = BigChoices(tongue.say("plain"), [Option(PLAIN, tongue.say("plain"))])
        self._plain.choose((PLAIN,) if tongue.is_plain else ())
        self._languages.chosen.connect(self._on_language)
        self._plain.chosen.connect(lambda _values: self._tell())
        done = button(tongue.say("done"), "primary", big=True, slot=self.done.emit)
        self.add(self._languages, self._plain, row(done, None))

    def focus(self) -> None:
        self._languages.focus()

    def _on_language(self, language: object) -> None:
        """There is always one: a second touch on it changes nothing."""
        if language is None:
            self._languages.choose(self._language)
        else:
            self._language = str(language)
            self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self._language, bool(self._plain.values()))
