"""What the tests of the pages of one file share: a program around a real store, and real clicks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

import ui  # noqa: F401  cures None on Python 3.11 before anything else of Qt is used
from caseworker_app.settings import Settings
from tests.builders import NOW, a_store
from ui.background import Background
from ui.context import App
from ui.dialogs import Sheet
from ui.widgets.layout import column


@contextmanager
def a_program(folder: Path) -> Iterator[App]:
    """The program with an encrypted store in this folder; its clock stands still."""
    app = App(a_store(folder / "store"), Settings(), lambda: NOW, Background())
    yield app
    app.background.close()


def button(inside: QWidget, words: str) -> QAbstractButton:
    """The visible button with these words."""
    QApplication.processEvents()
    found = [
        one
        for one in inside.findChildren(QAbstractButton)
        if words in (one.text(), one.accessibleName()) and one.isVisibleTo(inside)
    ]
    assert found, f"no button says {words!r}"
    return found[0]


def press(qtbot: QtBot, inside: QWidget, words: str) -> None:
    """Click the button with these words."""
    qtbot.mouseClick(button(inside, words), Qt.MouseButton.LeftButton)


def choose(inside: QWidget, words: str) -> None:
    """Choose an entry of one of the menus."""
    actions = [one for menu in inside.findChildren(QMenu) for one in menu.actions()]
    next(one for one in actions if one.text() == words).trigger()


def sheet_of(page: QWidget) -> Sheet:
    """The sheet that is open over the page."""
    return [one for one in page.findChildren(Sheet) if one.isVisible()][-1]


def shown(inside: QWidget) -> str:
    """All words that can be read on the page."""
    QApplication.processEvents()
    return "\n".join(one.text() for one in inside.findChildren(QLabel) if one.isVisibleTo(inside))


def in_a_window(page: QWidget) -> QWidget:
    """A window that holds the page, so that the page can go while the window stays."""
    window = QWidget()
    window.setLayout(column(page))
    window.resize(1052, 800)
    return window
