"""The three steps to a store of one's own: who you are, a passphrase, a sheet of paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.i18n import _
from ui.forms.about_you import AboutYou, AboutYouForm
from ui.forms.new_passphrase import NewPassphrase
from ui.forms.recovery_key import RecoverySheet
from ui.widgets.boxes import Panel
from ui.widgets.buttons import button
from ui.widgets.choices import Option, Segmented
from ui.widgets.layout import add, column, row
from ui.widgets.text import IconText, Text, h1, lead

STEPS = 3


class _Step(QWidget):
    """What all steps share: which one it is, its title, what it is for."""

    def __init__(self, number: int, title: str, sentence: str) -> None:
        super().__init__()
        where = _("Step {number} of {steps}").format(number=number, steps=STEPS)
        head = column(Text(where, "meta"), h1(title), lead(sentence), gap=4)
        self._body = column(head, gap=16)
        self.setLayout(self._body)


class WhoForm(_Step):
    """Language, name, organisation, how to be reached; or a look round with fictional people."""

    next = Signal()
    look_round = Signal()
    language_wanted = Signal(str)

    def __init__(self, about: AboutYou) -> None:
        super().__init__(
            1,
            _("Welcome"),
            _("Caseworker keeps your files on this laptop, encrypted and without the internet."),
        )
        self._language = Segmented(
            _("Language"), [Option(code, i18n.NAMES[code]) for code in i18n.LANGUAGES]
        )
        self._language.choose(i18n.texts().language)
        self._language.chosen.connect(self._on_language)
        self._ask = Text(_("Please choose a language."), "metab", colour="danger_ink")
        self._ask.hide()
        self._about = AboutYouForm()
        self._about.set_value(about)
        self._look = button(_("Have a look first"), "link", icon="eye", slot=self._on_look_round)
        self._next = button(
            _("Next"), "primary", trailing="arrow-right", big=True, slot=self._on_next
        )
        foot = row(self._look, None, self._next)
        add(self._body, self._language, self._ask, self._about, foot)
        self.setFocusProxy(self._about)

    def set_busy(self, *, busy: bool) -> None:
        """Show that the fictional people are being made; takes a second or two."""
        self._look.setText(_("One moment …") if busy else _("Have a look first"))
        self._look.setEnabled(not busy)
        self._next.setEnabled(not busy)

    def value(self) -> AboutYou:
        """Who the coach is, as far as it was written."""
        return self._about.value()

    def _on_language(self, language: object) -> None:
        self.language_wanted.emit(str(language))

    def _on_next(self) -> None:
        if self._has_language() and self._about.is_ready():
            self.next.emit()

    def _on_look_round(self) -> None:
        if self._has_language():
            self.look_round.emit()

    def _has_language(self) -> bool:
        chosen = self._language.value() in i18n.LANGUAGES
        self._ask.setVisible(not chosen)
        return chosen


class PassphraseStep(_Step):
    """The passphrase, and what comes after it."""

    next = Signal(str)
    back = Signal()

    def __init__(self, passphrase: NewPassphrase) -> None:
        super().__init__(
            2,
            _("Choose a sentence as your passphrase"),
            _(
                "Five or six unrelated words are strong and easy to remember. "
                "Only you know them: nobody can look them up for you."
            ),
        )
        self._passphrase = passphrase
        self._next = button(
            _("Next"), "primary", trailing="arrow-right", big=True, slot=self._on_next
        )
        self._back = button(_("Back"), "quiet", icon="arrow-left", big=True, slot=self.back.emit)
        after = IconText(
            "file-text",
            _(
                "After this you print a recovery sheet. Keep it on paper, for example in the safe "
                "of your team. Without passphrase and without sheet everything is lost."
            ),
            colour="accent_ink",
            icon_colour="accent_ink",
        )
        panel = Panel(column(after), ground="accent_tint", margin=18)
        add(self._body, passphrase, panel, row(self._back, None, self._next))
        passphrase.entered.connect(self._on_next)
        self.setFocusProxy(passphrase)

    def set_busy(self, *, busy: bool) -> None:
        """Show that the store is being made; takes a second or two."""
        self._next.setText(_("One moment …") if busy else _("Next"))
        self._next.setEnabled(not busy)
        self._back.setEnabled(not busy)

    def _on_next(self) -> None:
        if self._next.isEnabled() and self._passphrase.is_ready():
            self.next.emit(self._passphrase.value())


class SheetStep(_Step):
    """The recovery key: shown this once, printed, and proven to lie on paper."""

    done = Signal()

    def __init__(self, sheet: RecoverySheet) -> None:
        super().__init__(
            3,
            _("Your recovery sheet"),
            _(
                "If you ever forget your passphrase, this key opens your files. "
                "It is shown only now."
            ),
        )
        self._sheet = sheet
        sheet.proven.connect(self.done)
        begin = button(_("Begin"), "primary", big=True, slot=self._on_begin)
        add(self._body, sheet, row(None, begin))

    def _on_begin(self) -> None:
        if self._sheet.is_proven():
            self.done.emit()
