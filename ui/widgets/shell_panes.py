"""F6: the keyboard goes from one part of the window to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_to_next(panes: Sequence[QWidget]) -> None:
    """Give the keyboard to the part after the one that has it; from the last to the first."""
    seen = [pane for pane in panes if pane.isVisible() and first_to_focus(pane) is not None]
    if not seen:
        return
    focused = QApplication.focusWidget()
    here = [
        place
        for place, pane in enumerate(seen)
        if focused is not None and pane.isAncestorOf(focused)
    ]
    first = first_to_focus(seen[(here[-1] + 1) % len(seen)] if here else seen[0])
    if first is not None:
        first.setFocus(Qt.FocusReason.TabFocusReason)


def first_to_focus(pane: QWidget) -> QWidget | None:
    """The first widget in this part that takes the keyboard."""
    return next(
        (
            child
            for child in pane.findChildren(QWidget)
            if child.isVisible()
            and child.isEnabled()
            and child.focusPolicy() & Qt.FocusPolicy.TabFocus
            and child.focusProxy() is None
        ),
        None,
    )
