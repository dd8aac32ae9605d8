"""A coach at work: the real program with a real store, real clicks and keys, eyes on the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from tests.builders import PASSPHRASE
from ui.app import Program
from ui.demo_visit.eyes import CannotDo, visible
from ui.demo_visit.hands import Hands
from ui.main_window import MainWindow


class Coach(Hands):
    """Sits before the program, which opens the store in `folder`."""

    def __init__(self, app: QApplication, folder: Path, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.restarts: list[Path] = []
        self.program = Program(app, folder, self.restarts.append, now=now)
        self.program.resize(1280, 800)
        self.program.show()
        self.pause(20)

    @property
    def window(self) -> MainWindow:
        assert isinstance(self.program.content, MainWindow)
        return self.program.content

    def type_passphrase(self, passphrase: str = PASSPHRASE) -> None:
        self.type_into(_("Passphrase"), passphrase)
        self.press("Return")

    def open(self) -> None:
        """Type the passphrase, and wait until the day is there."""
        self.type_passphrase()
        self.wait(lambda: isinstance(self.program.content, MainWindow), "the store stays locked")
        self.rest()

    def rest(self) -> None:
        """Until the program has done what it does in the background."""
        self.wait(lambda: not self.window.app.background.busy(), "it never comes to rest")
        self.pause(20)

    def open_file(self, name: str) -> None:
        """Find somebody by typing, and open the file."""
        self.click(_("People"))
        self.type_into(_("Find a person"), name)
        self.pause(80)
        self.open_first_row()
        self.rest()
        self.wait(lambda: self.window.route.page == "case", "the file does not open")

    def paste(self, words: str) -> None:
        """Paste, as one does with long words from elsewhere."""
        QApplication.clipboard().setText(words)
        self.press("Ctrl+V")
        QApplication.clipboard().clear()

    def save_as(self, file: Path) -> None:
        """Write the name of a file into the dialog that asks for one."""
        self.wait(lambda: self.file_name_field() is not None, "no place to write a file name")
        field = self.file_name_field()
        assert field is not None
        self.click_widget(field)
        self.press("Ctrl+A")
        self.type(str(file))
        self.press("Return")
        self.wait(file.exists, "nothing was saved")
        self.rest()

    # --- what stands there ---------------------------------------------------------------------

    def screen(self) -> str:
        """Everything that can be read on the screen, one widget a line."""
        return "\n".join(line for line in map(_read, visible(QWidget)) if line)

    def reads(self, *sentences: str) -> None:
        """Wait until all of these stand on the screen."""
        for sentence in sentences:
            self.wait(partial(self._stands, sentence), f"nobody reads “{sentence}”")

    def _stands(self, sentence: str) -> bool:
        return sentence in self.screen()


def told(error: CaseworkerError) -> tuple[str, ...]:
    """What happened, what is safe, what to do: in the language of the screen, not in English."""
    language = i18n.texts().language
    sentences = tuple(part for part in error.sentences() if part)
    i18n.use("en")
    english = tuple(part for part in error.sentences() if part)
    i18n.use(language)
    assert language != "en"
    for own, source in zip(sentences, english, strict=True):
        if own == source:
            raise CannotDo(f"“{source}” is not translated")
    return sentences


def without_marks(words: str) -> str:
    """Without the invisible marks around words of any direction."""
    return words.replace("\u2068", "").replace("\u2069", "").replace("\u2060", "")


def _read(widget: QWidget) -> str:
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        words = widget.toPlainText()
    elif isinstance(widget, QAbstractItemView):
        model = widget.model()
        words = "\n".join(str(model.index(row, 0).data()) for row in range(model.rowCount()))
    elif isinstance(widget, QComboBox):
        words = widget.currentText()
    elif isinstance(widget, QAbstractButton):
        words = widget.text().replace("&&", "&")
    elif isinstance(widget, QLabel | QLineEdit):
        words = widget.text()
    else:
        words = ""
    return without_marks(words)
