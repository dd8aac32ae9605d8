"""What a coach reads whose laptop was signed off: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.exchange import SignedOff
from caseworker_app.i18n import _, ngettext
from ui.widgets.boxes import Banner
from ui.widgets.buttons import button
from ui.widgets.layout import clear, column, row
from ui.widgets.text import IconText, h1, isolated, lead


class SignedOffForm(QWidget):
    """`wanted` asks to hand in what is still here, `anew` to set the laptop up once more."""

    wanted = Signal()
    anew = Signal()

    def __init__(self, known: SignedOff) -> None:
        super().__init__()
        self._trouble = column(gap=0)
        name = isolated(known.organisation or _("Your organisation"))
        title = _("{name} has signed this laptop off.").format(name=name)
        words = _("All keys and all files were erased here. Nobody can open them on this laptop.")
        self._act = button(_("Hand in now"), "primary", icon="refresh-cw", slot=self._on_wanted)
        self._act.setVisible(known.changes > 0)
        self._anew = button(_("Set this laptop up anew"), "link", slot=self.anew.emit)
        self._anew.setVisible(known.changes == 0)
        call = _("If that was not agreed with you, or the laptop is found again: call {whom}.")
        whom = isolated(known.contact or _("your IT"))
        self.setLayout(
            column(
                h1(title),
                lead(words),
                IconText(*_safe(known), icon_colour="person"),
                IconText("phone", call.format(whom=whom)),
                self._trouble,
                row(self._anew, None, self._act),
                gap=16,
            )
        )
        self.setFocusProxy(self._act if known.changes else self._anew)

    def refuse(self, sentence: str, more: str) -> None:
        """It did not work: what waits stays here, sealed, also when the laptop is set up anew."""
        self._act.setEnabled(True)
        self._anew.setVisible(True)
        self._act.setText(_("Hand in now"))
        clear(self._trouble)
        self._trouble.addWidget(Banner("info", sentence, more))

    def _on_wanted(self) -> None:
        self._act.setEnabled(False)
        self._act.setText(_("Handing in …"))
        self.wanted.emit()


def _safe(known: SignedOff) -> tuple[str, str]:
    if known.changes:
        return "clock", ngettext(
            "{count} change of yours is not handed in yet. It lies here, sealed.",
            "{count} changes of yours are not handed in yet. They lie here, sealed.",
            known.changes,
        )
    if known.is_kept:
        return "info", _(
            "Some of your work could not be handed in. It lies here, sealed, in a file whose name"
            " begins with “handover”. Please tell your IT."
        )
    if known.handed_in:
        return "shield-check", ngettext(
            "{count} change that was not handed over yet has been handed in. It is not lost.",
            "{count} changes that were not handed over yet have been handed in. They are not lost.",
            known.handed_in,
        )
    return "shield-check", _("All your work was handed over before. Nothing is lost.")
