"""Which printer a paper goes to; nothing to see where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import _
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import clear, column


class PrinterChoice(QWidget):
    """`chosen` carries the name of a printer that somebody chose."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field: ChoiceField | None = None
        self._place = column(gap=0)
        self.setLayout(self._place)
        self.hide()

    def show_printers(self, names: Sequence[str], chosen: str) -> None:
        """The printers to choose from."""
        clear(self._place)
        self.field = None
        self.setVisible(bool(names))
        if names:
            self.field = ChoiceField(_("Printer"), [(name, name) for name in names])
            self.field.set_value(chosen)
            self.field.changed.connect(lambda: self.chosen.emit(self.name()))
            self._place.addWidget(self.field)

    def name(self) -> str:
        """The chosen printer; "" where there is none."""
        return str(self.field.value()) if self.field else ""
