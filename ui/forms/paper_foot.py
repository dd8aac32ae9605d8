"""The foot of a paper's panel: what can be done with the paper now, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class FootWords:
    """What the buttons say, the first time and again, and what follows from the first time."""

    print: str
    print_again: str
    save: str
    save_again: str
    note: str


class PaperFoot(QWidget):
    """One primary button, a second one, and what follows from them."""

    printed = Signal()
    saved = Signal()
    looked_again = Signal()

    def __init__(self, words: FootWords) -> None:
        super().__init__()
        self._words = words
        self._trouble = column(gap=0)
        self._buttons = column(gap=10)
        self._note = IconText("info", words.note, "meta")
        self._state: tuple[bool, bool] | None = None
        margins = (28, 2, 28, 22)
        inner = column(self._trouble, self._buttons, self._note, gap=12, margins=margins)
        self.setLayout(column(line(), inner, gap=12))
        self.show_what_can_be_done(is_kept=False, has_printer=True)

    def show_what_can_be_done(self, *, is_kept: bool, has_printer: bool) -> None:
        """Printing where there is a printer, else what to do; saving as a file everywhere."""
        if (is_kept, has_printer) == self._state:
            return
        self._state = is_kept, has_printer
        focused = self.window().focusWidget()
        had_keyboard = self.isAncestorOf(focused)
        clear(self._buttons)
        if not has_printer:
            self._buttons.addLayout(self._no_printer(is_kept=is_kept))
        made = self._made(is_kept=is_kept, has_printer=has_printer)
        for one in made:
            self._buttons.addWidget(one)
        self._note.setVisible(not is_kept)
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

    def _made(self, *, is_kept: bool, has_printer: bool) -> list[QPushButton]:
        made, say = [], self._words
        if has_printer:
            words = say.print_again if is_kept else say.print
            made.append(button(words, "primary", icon="printer", big=True, slot=self.printed.emit))
        words = say.save_again if is_kept else say.save
        kind: Kind = "secondary" if has_printer else "primary"
        big = not has_printer
        made.append(button(words, kind, icon="download", big=big, slot=self.saved.emit))
        return made

    def _no_printer(self, *, is_kept: bool) -> QVBoxLayout:
        happened, safe, to_do = NoPrinter().sentences()
        told = (happened, safe, to_do) if is_kept else (happened, to_do)
        again = button(_("Look for printers again"), "link", slot=self.looked_again.emit)
        beside = row(again, None, gap=0)
        beside.insertSpacing(0, theme.current().px(26))
        return column(IconText("printer", " ".join(told)), beside, gap=0)
