"""What every field has: a label above, help between, and what is wrong below, in words.

Every field has the same members: `value()`, `set_value()`, `set_problem()`, `changed` for each
change by the person and `left` when the focus leaves it. A problem appears on leaving, not before.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.layout import column
from ui.widgets.text import IconText, Text


class Field(QWidget):
    """A control with its label. Names the control for screen readers and carries its problem."""

    changed = Signal()
    left = Signal()

    def __init__(self, label: str, control: QWidget, *, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self._label, self._hint_words = label, hint
        self._body: QVBoxLayout = column(gap=6)
        if label:
            head = Text(label, "bodyb")
            head.setBuddy(control)
            self._body.addWidget(head)
        if hint:
            self._body.addWidget(Text(hint, "meta"))
        self._body.addWidget(control)
        self._problem = IconText(
            "circle-alert", "", "meta", colour="danger_ink", icon_colour="danger"
        )
        self._problem.hide()
        self._body.addWidget(self._problem)
        self._body.addStretch(1)
        self.setLayout(self._body)
        self.setFocusProxy(control)
        control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        control.installEventFilter(self)

    def value(self) -> Any:
        """What stands in the field."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value, without a signal."""
        raise NotImplementedError

    def set_problem(self, sentence: str) -> None:
        """Say below the field what is wrong and what would be right; "" takes it away."""
        if sentence == self.problem():
            return
        self._problem.set("circle-alert", sentence)
        self._problem.setVisible(bool(sentence))
        described = " ".join(part for part in (sentence, self._hint_words) if part)
        self.control.setAccessibleDescription(described)
        self.control.setProperty("problem", bool(sentence))
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)

    def problem(self) -> str:
        """The problem that is shown, or ""."""
        return self._problem.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.control and event.type() == QEvent.Type.FocusOut:
            self._on_left()
        return super().eventFilter(watched, event)

    def _on_left(self) -> None:
        self.left.emit()


def inset(edit: QLineEdit, *buttons: QAbstractButton) -> None:
    """Put real buttons, reachable with the Tab key, inside the right end of a line."""
    layout = QHBoxLayout(edit)
    layout.setContentsMargins(0, 1, theme.current().px(4), 1)
    layout.setSpacing(0)
    layout.addStretch(1)
    for made in buttons:
        layout.addWidget(made)
    edit.setTextMargins(0, 0, theme.current().px(34) * len(buttons), 0)
