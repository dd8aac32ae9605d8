"""A file on its way in: its name, how far it has come, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from caseworker_app.i18n import _
from ui.forms.paper_row import size_words
from ui.widgets.buttons import button
from ui.widgets.case_sheet import Sideways
from ui.widgets.drawings import Tile
from ui.widgets.layout import column, row
from ui.widgets.text import Text


class TakingInRow(QWidget):
    """`stopped` when the coach does not want it any more."""

    stopped = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._far = Text("", "meta")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Adding {name}").format(name=name))
        stop = button(_("Stop"), icon="x", slot=self.stopped.emit)
        stop.setAccessibleName(_("Stop adding {name}").format(name=name))
        tile = Tile("file-text", size=42)
        names = row(tile, column(Text(name, "bodym"), self._bar, self._far, gap=6), gap=16)
        names.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        names.setStretch(1, 1)
        self.setLayout(column(Sideways(names, row(stop))))

    def show_progress(self, done: int, of: int) -> None:
        """So many bytes are encrypted and kept already; `of` is 0 while it waits for its turn."""
        self._bar.setMaximum(max(1, of))
        self._bar.setValue(done)
        words = _("{done} of {all} encrypted and kept")
        self._far.setText(
            words.format(done=size_words(done), all=size_words(of)) if of else _("Waiting")
        )
