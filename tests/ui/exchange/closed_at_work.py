"""The program as a process of its own, closed by its coach in the middle of a round."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from caseworker_app.services.exchange import by_network
from tests.builders import PASSPHRASE
from tests.ui.one_file import choose, sheet_of
from ui import theme
from ui.app import Program, run
from ui.main_window import MainWindow
from ui.page import Route

WORDS = "She called: the lessons begin on Monday."
CLOSING = "closing"


class Coach(QObject):
    """Unlocks, and closes the window while a note is half written and a round is under way."""

    def __init__(self, case: UUID) -> None:
        super().__init__()
        self._case, self._has_unlocked = case, False
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(20)

    def _look(self) -> None:
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, Program)]
        for program in found:
            if isinstance(program.content, MainWindow):
                self._leave(program, program.content)
            elif not self._has_unlocked:
                self._unlock(program)

    def _unlock(self, program: Program) -> None:
        for line in program.findChildren(QLineEdit):
            if line.accessibleName() == "Passphrase" and line.isVisible():
                self._has_unlocked = True
                line.setText(PASSPHRASE)
                QTest.keyClick(line, Qt.Key.Key_Return)

    def _leave(self, program: Program, window: MainWindow) -> None:
        if window._exchanging.is_at_work():
            self._looking.stop()
            window.go(Route("case", self._case))
            choose(window, "Add a note")
            words = sheet_of(window).findChild(QPlainTextEdit)
            assert words is not None
            words.insertPlainText(WORDS)
            print(CLOSING, flush=True)
            program.close()


def never(*_asked: Any) -> None:
    """The planted bug: a round that hears of nothing."""
    threading.Event().wait()


def main(folder: str, case: str, how: str) -> int:
    """Open the program with the store in this folder, and the coach before it."""
    if how == "deaf":
        by_network.run = never  # type: ignore[assignment]
    kept: list[Coach] = []
    real = theme.application

    def application() -> QApplication:
        app = real()
        kept.append(Coach(UUID(case)))
        return app

    theme.application = application
    return run(Path(folder))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
