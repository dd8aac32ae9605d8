"""The button with three dots: what is done less often, kept out of sight until it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ui.widgets.buttons import icon_button

Entry = tuple[str, Callable[[], object]]


def menu_button(name: str, entries: Sequence[Entry]) -> QToolButton:
    """A button that opens a menu of words with what each does."""
    made = icon_button("ellipsis", name)
    menu = menu_of(made, entries)
    made.clicked.connect(lambda _checked=False: open_below(menu, made))
    return made


def menu_of(owner: QWidget, entries: Sequence[Entry]) -> QMenu:
    """A menu that lives as long as its owner."""
    menu = QMenu(owner)
    for words, slot in entries:
        action = menu.addAction(words.replace("&", "&&"))
        action.triggered.connect(lambda _on=False, slot=slot: slot())
    return menu


def open_below(menu: QMenu, owner: QWidget) -> None:
    """Open a menu under its button."""
    menu.popup(owner.mapToGlobal(QPoint(0, owner.height() + 4)))
