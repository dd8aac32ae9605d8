"""The foot of the plan's panel: what can be done with the plan now, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from caseworker_app.errors import CaseworkerError, NoPrinter
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.boxes import Banner
from ui.widgets.buttons import Kind, button
from ui.widgets.layout import clear, column, line, row
from ui.widgets.text import IconText
from ui.widgets.toast import announce


class PlanFoot(QWidget):
    """One primary button, a second one, and what follows from them."""

    printed = Signal()
    saved = Signal()
    looked_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._trouble = column(gap=0)
        self._buttons = column(gap=10)
        self._note = IconText("info", fixing_words(), "meta")
        self._state: tuple[bool, bool] | None = None
        margins = (28, 2, 28, 22)
        inner = column(self._trouble, self._buttons, self._note, gap=12, margins=margins)
        self.setLayout(column(line(), inner, gap=12))
        self.show_what_can_be_done(is_fixed=False, has_printer=True)

    def show_what_can_be_done(self, *, is_fixed: bool, has_printer: bool) -> None:
        """Printing where there is a printer, else what to do; saving as a file everywhere."""
        if (is_fixed, has_printer) == self._state:
            return
        self._state = is_fixed, has_printer
        focused = self.window().focusWidget()
        had_keyboard = self.isAncestorOf(focused)
        clear(self._buttons)
        if not has_printer:
            self._buttons.addLayout(self._no_printer(is_fixed=is_fixed))
        made = self._made(is_fixed=is_fixed, has_printer=has_printer)
        for one in made:
            self._buttons.addWidget(one)
        self._note.setVisible(not is_fixed)
        if had_keyboard:
            made[0].show()  # at once: what is not shown cannot have the keyboard
            made[0].setFocus()

    def show_trouble(self, error: CaseworkerError | None) -> None:
        """What went wrong the last time, or nothing."""
        clear(self._trouble)
        if error:
            happened, safe, to_do = error.sentences()
            sentence = " ".join(part for part in (safe, to_do) if part)
            self._trouble.addWidget(Banner("warn", happened, sentence, icon="triangle-alert"))
            announce(self, str(error))

    def _made(self, *, is_fixed: bool, has_printer: bool) -> list[QPushButton]:
        made = []
        if has_printer:
            words = _("Print again") if is_fixed else _("Print and fix")
            made.append(button(words, "primary", icon="printer", big=True, slot=self.printed.emit))
        words = _("Save again as a file") if is_fixed else _("Save as a file")
        kind: Kind = "secondary" if has_printer else "primary"
        big = not has_printer
        made.append(button(words, kind, icon="download", big=big, slot=self.saved.emit))
        return made

    def _no_printer(self, *, is_fixed: bool) -> QVBoxLayout:
        happened, safe, to_do = NoPrinter().sentences()
        told = (happened, safe, to_do) if is_fixed else (happened, to_do)
        again = button(_("Look for printers again"), "link", slot=self.looked_again.emit)
        beside = row(again, None, gap=0)
        beside.insertSpacing(0, theme.current().px(26))
        return column(IconText("printer", " ".join(told)), beside, gap=0)


def fixing_words() -> str:
    """What it means to fix a version."""
    return _("Afterwards this version cannot be changed any more. A new one can.")
