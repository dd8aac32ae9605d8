"""A name, or a place, that is likely one of those around somebody; any other can be typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from ui.forms.quiet import make_quiet
from ui.forms.suggest_field import SuggestField


class NameField(SuggestField):
    """Offers names while they are typed, and shows a long one from its beginning."""

    def __init__(
        self, label: str, names: Sequence[str], *, placeholder: str = "", quiet: bool = False
    ) -> None:
        offered = dict.fromkeys(name for name in names if name)
        super().__init__(label, [(name, name) for name in offered])
        self.control.setMinimumContentsLength(4)
        self.line = self.control.lineEdit() or QLineEdit()
        self.line.setPlaceholderText(placeholder)
        completer = self.control.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if quiet:
            make_quiet(self.control)

    def value(self) -> str:
        """The name as it was typed or picked."""
        return self.control.currentText().strip()

    def set_value(self, value: str) -> None:
        """Show a name, without a signal."""
        super().set_value(value)
        self._show_beginning()

    def _on_left(self) -> None:
        self._show_beginning()
        super()._on_left()

    def _show_beginning(self) -> None:
        self.line.setCursorPosition(0)
        self.line.setToolTip(self.value())
