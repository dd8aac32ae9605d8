"""Stands before the door of a real program, with a real store, as a coach would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from babel.messages import Catalog, mofile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app import i18n, paths
from tests.builders import NOW, PASSPHRASE
from ui.app import Program
from ui.main_window import MainWindow


class Door:
    """A program and the folders it wanted to begin again with."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
        self.qtbot = qtbot
        self.restarts: list[Path] = []
        self.program = Program(qapp, folder, self.restarts.append, now=lambda: NOW)

    @property
    def window(self) -> MainWindow:
        assert isinstance(self.program.content, MainWindow)
        return self.program.content

    def open(self) -> MainWindow:
        """Type the passphrase and press Enter."""
        self.type("Passphrase", PASSPHRASE)
        self.qtbot.keyClick(self.line("Passphrase"), Qt.Key.Key_Return)
        self.wait(lambda: isinstance(self.program.content, MainWindow))
        self.wait(lambda: not self.window.app.background.busy())
        return self.window

    def line(self, name: str) -> QLineEdit:
        return next(
            edit for edit in self.program.findChildren(QLineEdit) if edit.accessibleName() == name
        )

    def type(self, name: str, words: str) -> None:
        self.line(name).setFocus()
        self.line(name).selectAll()
        self.qtbot.keyClicks(self.line(name), words)

    def button(self, name: str) -> QAbstractButton:
        """The visible button of this name, once it is there."""

        def found() -> list[QAbstractButton]:
            buttons = self.program.findChildren(QAbstractButton)
            return [b for b in buttons if b.isVisible() and b.accessibleName() == name]

        self.wait(lambda: bool(found()))
        return found()[0]

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def keys(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Keys as they come to the window: shortcuts see them first."""
        target = QApplication.focusWidget() or self.program
        self.qtbot.keyClick(cast("QWidget", target), key, modifier)

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=20_000)


@contextmanager
def catalogues(folder: Path, words: dict[str, str]) -> Iterator[None]:
    """German and Dutch that know only these words; everything else stays English."""
    for language in i18n.LANGUAGES:
        place = folder / language / "LC_MESSAGES"
        place.mkdir(parents=True)
        catalogue = Catalog(locale=language)
        for message, translated in words.items():
            catalogue.add(message, translated)
        with (place / f"{i18n.DOMAIN}.mo").open("wb") as file:
            mofile.write_mo(file, catalogue)
    before = paths.translations
    paths.translations = lambda: folder
    i18n._catalogue.cache_clear()
    try:
        yield
    finally:
        paths.translations = before
        i18n._catalogue.cache_clear()
