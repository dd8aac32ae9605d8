"""What all pages with a paper share: how it is looked at, printed, and saved as a file.

What is shown is what gets printed, to the byte. Everything slow is done in the worker.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QKeySequence, QShortcut

from caseworker_app import settings
from caseworker_app.errors import CaseworkerError
from caseworker_app.services import files, printers
from ui.context import App
from ui.forms.paper_foot import FootWords, PaperFoot
from ui.forms.paper_preview import PaperPreview
from ui.forms.printer_choice import PrinterChoice
from ui.page import Page
from ui.widgets import printing_fallback


class PaperPage(Page):
    """`preview`, `printer` and `foot` are laid out by the page that has the paper.

    It says what printing and saving mean (`_on_print`, `_on_save`) and whether what is shown is
    kept already (`_is_kept`).
    """

    place: ClassVar[str] = "people"

    def __init__(self, app: App, preview: PaperPreview, words: FootWords) -> None:
        super().__init__(app)
        self.preview = preview
        self.printer = PrinterChoice()
        self.printer.chosen.connect(_remember_printer)
        self.foot = PaperFoot(words)
        self.foot.printed.connect(self._on_print)
        self.foot.saved.connect(self._on_save)
        self.foot.looked_again.connect(self._look_for_printers)
        self._printers: tuple[str, ...] | None = None
        self._is_handing_over = False
        printing = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        printing.activated.connect(self._on_print)

    def _on_print(self) -> None:
        raise NotImplementedError

    def _on_save(self) -> None:
        raise NotImplementedError

    def _is_kept(self) -> bool:
        raise NotImplementedError

    # --- printers ------------------------------------------------------------------------------

    def _look_for_printers(self) -> None:
        self.app.background.run(self, _printer_names, self._show_printers)

    def _show_printers(self, names: tuple[str, ...]) -> None:
        if names == self._printers:
            return
        self._printers = names
        usual = settings.load().printer
        self.printer.show_printers(names, usual if usual in names else "".join(names[:1]))
        self._show_foot()

    def _show_foot(self) -> None:
        self.foot.show_what_can_be_done(is_kept=self._is_kept(), has_printer=self._printers != ())

    # --- handing over --------------------------------------------------------------------------

    def _print(self, pdf: bytes, words: str) -> None:
        """Print these bytes, and say so."""
        printer = self.printer.name()
        self._hand_over(lambda: _print(pdf, printer), words)

    def _save(self, pdf: bytes, file: Path, words: str) -> None:
        """Write these bytes where the coach wants them, and say so."""
        self._hand_over(lambda: files.write(file, pdf), words)

    def _hand_over(self, work: Callable[[], None], words: str) -> None:
        def done(_nothing: None) -> None:
            self._is_handing_over = False
            self.told.emit(words, None)

        self.app.background.run(self, work, done, self._on_trouble)

    def _on_trouble(self, error: CaseworkerError) -> None:
        self._is_handing_over = False
        self.foot.show_trouble(error)


def _printer_names() -> tuple[str, ...]:
    return printers.names() if printers.can_print_directly() else printing_fallback.names()


def _print(pdf: bytes, printer: str) -> None:
    if printers.can_print_directly():
        printers.print_pdf(pdf, printer)
    else:
        printing_fallback.print_pdf(pdf, printer)


def _remember_printer(name: str) -> None:
    """For the next time; where that cannot be written, the first printer is chosen again."""
    with suppress(OSError):
        settings.save(replace(settings.load(), printer=name))
