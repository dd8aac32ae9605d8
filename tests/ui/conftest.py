"""The look for tests of the screen: light at 100 %, or what `indirect` asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import ui  # noqa: F401  cures None on Python 3.11 before anything else of Qt is used
from tests.builders import a_case
from tests.ui.one_file import a_program
from ui import theme
from ui.context import App

Showing = Callable[[QWidget], QWidget]


@pytest.fixture(autouse=True)
def look(qapp: QApplication, request: pytest.FixtureRequest) -> theme.Theme:
    """The current theme."""
    chosen = getattr(request, "param", theme.Theme(motion=False))
    theme.apply(qapp, chosen)
    return chosen


@pytest.fixture
def showing(qtbot: QtBot, look: theme.Theme) -> Showing:
    """Puts a widget on the screen, with the keyboard in its window, until the test is over."""

    kept: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        kept.append(widget)  # Qt would delete a window that nobody in Python knows any more
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication) -> Iterator[App]:
    """The program around an empty store."""
    with a_program(tmp_path) as program:
        yield program


@pytest.fixture
def case(app: App) -> UUID:
    """Somebody's file in that store."""
    return a_case(app.store, "Wim Hoekstra")
