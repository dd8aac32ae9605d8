"""A coach who opens the store, types into a conversation, and locks when told to.

A process of its own, with FOLDER CONVERSATION; the passphrase and then the words to type come as
lines on the standard input. Says in a line of JSON when the words are kept, and what the windows
were called until then. The next line on the standard input makes it lock, which ends this process
and begins another under the same number.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.i18n import _
from caseworker_app.vault.machine import harden_process
from ui.app import Program
from ui.demo_visit.hands import Hands
from ui.main_window import MainWindow
from ui.page import Route
from ui.widgets.shell_locking import begin_again


class Titles(QObject):
    """Remembers what every window was called, from the moment it shows."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.seen: set[str] = set()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.WindowTitleChange):
            if isinstance(watched, QWindow):
                self.seen.add(watched.title())
            elif isinstance(watched, QWidget) and watched.isWindow():
                self.seen.add(watched.windowTitle())
        return False


def main(folder: Path, conversation: UUID) -> None:
    harden_process()
    qt = QApplication([])
    titles = Titles(qt)
    passphrase, words = (sys.stdin.readline().rstrip("\n") for _line in range(2))
    program = Program(qt, folder, begin_again)
    program.show()
    hands = Hands()
    hands.type_into(_("Passphrase"), passphrase)
    hands.press("Return")
    hands.wait(lambda: isinstance(program.content, MainWindow), "it does not open")
    assert isinstance(program.content, MainWindow)
    program.content.go(Route("people"))
    hands.pause(50)
    program.content.go(Route("talk", value=conversation))
    hands.type_into(_("What is said"), words)
    hands.wait(lambda: hands.sees(_("Kept")), "it does not say that it is kept")
    named = titles.seen | {window.title() for window in QGuiApplication.allWindows()}
    print(json.dumps({"titles": sorted(named)}), flush=True)
    sys.stdin.readline()
    hands.press("Ctrl+L")
    raise AssertionError("it does not lock")


if __name__ == "__main__":
    main(Path(sys.argv[1]), UUID(sys.argv[2]))
