"""A name, or a place, that is likely one of those around somebody; any other can be typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyle, QStyleOptionFrame

from ui import theme
from ui.forms.quiet import make_quiet
from ui.forms.suggest_field import SuggestField
from ui.widgets.tips import set_tip

INNER = 2
"""Qt keeps so many pixels between the frame of a line and its first letter."""
ARROW = 18


class NameLine(QLineEdit):
    """Shows a name that is too long by its first words until somebody writes in it."""

    def shown(self) -> str:
        """What can be read of the name."""
        words, metrics, room = self.text(), self.fontMetrics(), self._inside().width()
        if self.hasFocus() or metrics.horizontalAdvance(words) <= room:
            return words
        parts = words.split()
        while len(parts) > 1 and metrics.horizontalAdvance(" ".join(parts)) > room:
            parts.pop()
        return metrics.elidedText(" ".join(parts), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown()
        if shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().text().color())
        painter.drawText(self._inside(), Qt.AlignmentFlag.AlignVCenter, shown)

    def _inside(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        contents = QStyle.SubElement.SE_LineEditContents
        return self.style().subElementRect(contents, option, self).adjusted(INNER, 0, -INNER, 0)


class NameField(SuggestField):
    """Offers names while they are typed, and shows a long one from its beginning."""

    def __init__(
        self, label: str, names: Sequence[str], *, placeholder: str = "", quiet: bool = False
    ) -> None:
        offered = dict.fromkeys(name for name in names if name)
        self._quiet = quiet
        super().__init__(label, [(name, name) for name in offered])
        self.control.setMinimumContentsLength(4)
        self.line = NameLine()
        self.line.setProperty("bare", True)
        self.control.setLineEdit(self.line)
        self.line.setAccessibleName(label)
        self.line.setPlaceholderText(placeholder)
        self.line.textEdited.connect(lambda _words: self.changed.emit())
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A quiet field shows its arrow while somebody is in it: the name makes room."""
        moves = (QEvent.Type.FocusIn, QEvent.Type.FocusOut)
        if watched is self.control and self._quiet and event.type() in moves:
            room = ARROW if event.type() == QEvent.Type.FocusIn else 0
            self.line.setTextMargins(0, 0, theme.current().px(room), 0)
        return super().eventFilter(watched, event)

    def _show_beginning(self) -> None:
        self.line.setCursorPosition(0)
        set_tip(self.line, self.value())
