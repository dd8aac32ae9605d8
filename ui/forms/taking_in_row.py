"""Files on their way in: their names, how far each has come, and the way to stop it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from caseworker_app.i18n import _
from ui.forms.paper_row import size_words
from ui.widgets.boxes import Card
from ui.widgets.buttons import button
from ui.widgets.case_sheet import Sideways
from ui.widgets.drawings import Tile
from ui.widgets.layout import column, line, row
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


class TakingInCard(Card):
    """All of them, in the order in which their turn comes. `stopped` says the place of one."""

    stopped = Signal(int)

    def __init__(self) -> None:
        super().__init__(gap=10)
        self._rows: list[TakingInRow] = []
        self.setVisible(False)

    def show_files(self, files: Sequence[tuple[str, int, int]]) -> None:
        """Name, bytes that are in, and bytes in all; more may be added at the end."""
        for place, (name, _done, _of) in enumerate(files[len(self._rows) :], len(self._rows)):
            one = TakingInRow(name)
            one.stopped.connect(partial(self.stopped.emit, place))
            if place:
                self.body.addWidget(line())
            self.body.addWidget(one)
            self._rows.append(one)
        for one, (_name, done, of) in zip(self._rows, files, strict=True):
            one.show_progress(done, of)
        self.setVisible(bool(files))
