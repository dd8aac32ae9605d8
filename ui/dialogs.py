"""The only place that opens windows besides the main one. They are opened, never waited for.

Every problem says what happened, what is safe and what to do. A bug gets a calm dialog too: entries
are kept as they are typed, so the program can begin again at the same place.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, Qt, QTranslator
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.errors import CaseworkerError, FileHasLeft, StoreGone
from caseworker_app.i18n import _
from ui import theme

log = logging.getLogger(__name__)
Slot = Callable[[], object]
Chosen = Callable[[Path], object]
Kind = Literal["primary", "secondary", "quiet", "danger"]

AROUND = 220
"""So much of a window's height, before scaling, is left to title and buttons of a sheet over it."""


class Sheet(QDialog):
    """A calm window in our look: a title, what it is about, and its buttons at the right."""

    def __init__(self, parent: QWidget | None, title: str, content: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(_("Caseworker"))
        self.setAccessibleName(title)
        self.setMinimumWidth(look.px(460))
        self._body = QVBoxLayout(self)
        margin = look.space(28)
        self._body.setContentsMargins(margin, margin, margin, look.space(22))
        self._body.setSpacing(look.space(10))
        self.add_words(title, "h2")
        if content is not None:
            self._body.addWidget(content)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(look.space(10))
        self._buttons.addStretch(1)
        self.keeps: Callable[[], bool] = lambda: True
        self._body.addSpacing(look.space(10))
        self._body.addLayout(self._buttons)

    def add_words(self, words: str, role: str = "body") -> QLabel:
        """Add a sentence above the buttons."""
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", role)
        place = self._body.count() - 2 if hasattr(self, "_buttons") else self._body.count()
        self._body.insertWidget(place, label)
        return label

    def add_button(
        self, words: str, kind: Kind = "secondary", slot: Slot | None = None, *, closes: bool = True
    ) -> QPushButton:
        """Add a button. It closes the sheet, and then calls `slot`."""
        made = QPushButton(words.replace("&", "&&"))
        made.setAccessibleName(words)
        made.setProperty("kind", kind)
        made.setAutoDefault(True)
        made.setDefault(kind == "primary")

        def press() -> None:
            if closes:
                self.accept()
            if slot is not None:
                slot()

        made.clicked.connect(lambda _checked=False: press())
        self._buttons.addWidget(made)
        return made

    def reject(self) -> None:
        """Close without a button: only once `keeps` has kept what was written, if anything was."""
        if self.keeps():
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt guesses the height of wrapped sentences for another width; this mends the guess.

        What cannot get lower than it is stays as it is: it would lie under the buttons.
        """
        if not event.spontaneous():
            wanted = self._body.totalHeightForWidth(self.width())
            least = self._body.totalMinimumHeightForWidth(self.width())
            height = max(least, min(wanted, self.screen().availableGeometry().height()))
            self.setMinimumHeight(height)
            self.resize(self.width(), height)
        super().showEvent(event)


def tell(parent: QWidget | None, title: str, sentence: str, ok: str = "") -> Sheet:
    """Tell something that needs no decision."""
    sheet = Sheet(parent, title)
    sheet.add_words(sentence)
    sheet.add_button(ok or _("All right"), "primary")
    sheet.open()
    return sheet


def ask(
    parent: QWidget | None,
    title: str,
    sentence: str,
    yes: str,
    on_yes: Slot,
    *,
    no: str = "",
    danger: bool = False,
) -> Sheet:
    """Ask before something that cannot be taken back. The safe answer has the keyboard."""
    sheet = Sheet(parent, title)
    sheet.add_words(sentence)
    safe = sheet.add_button(no or _("Not now"), "secondary")
    sheet.add_button(yes, "danger" if danger else "primary", on_yes)
    if danger:
        safe.setDefault(True)
        safe.setFocus(Qt.FocusReason.OtherFocusReason)
    sheet.open()
    return sheet


def show_problem(parent: QWidget | None, error: CaseworkerError) -> Sheet:
    """Say what happened, what is safe and what to do; the code below is for whoever helps."""
    happened, safe, to_do = error.sentences()
    sheet = Sheet(parent, happened)
    for words, role in ((safe, "bodyb"), (to_do, "body"), (error.code, "cap")):
        if words:
            sheet.add_words(words, role)
    sheet.add_button(_("All right"), "primary")
    sheet.open()
    return sheet


def choose_file_to_save(
    parent: QWidget | None, title: str, name: str, kinds: str, chosen: Chosen
) -> QFileDialog:
    """Let the coach say where a file goes. `kinds` is a filter such as "PDF (*.pdf)"."""
    dialog = _file_dialog(parent, title, kinds, chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.open()
    return dialog


def choose_file_to_open(
    parent: QWidget | None, title: str, kinds: str, chosen: Chosen
) -> QFileDialog:
    """Let the coach pick a file that exists."""
    dialog = _file_dialog(parent, title, kinds, chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()
    return dialog


def choose_folder(parent: QWidget | None, title: str, chosen: Chosen) -> QFileDialog:
    """Let the coach pick a folder."""
    dialog = _file_dialog(parent, title, "", chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.open()
    return dialog


def _file_dialog(parent: QWidget | None, title: str, kinds: str, chosen: Chosen) -> QFileDialog:
    # Qt's own dialog notes for good in which folders a coach has been; nothing may lie in the clear
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if kinds:
        dialog.setNameFilter(kinds)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    return dialog


def install_crash_hook(app: QApplication, again: Slot | None = None) -> None:
    """Meet a bug calmly: log its kind and place, never its words, tell the coach, begin again.

    `again` shows the same place anew. A second bug while the dialog is open only gets logged.
    """
    open_sheets: list[Sheet] = []

    def hook(
        kind: type[BaseException], problem: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, problem, trace)
            return
        if issubclass(kind, StoreGone):  # no bug: the page that says so is about to be shown
            return
        if isinstance(problem, FileHasLeft):  # no bug either: it may leave under anybody's hands
            show_problem(app.activeWindow(), problem)
            return
        place = _place_of(trace)
        log.error("bug %s at %s", kind.__name__, place)
        if open_sheets:
            return
        sheet = Sheet(app.activeWindow(), _("Something went wrong."))
        sheet.add_words(_("Your entries are kept."), "bodyb")
        sheet.add_words(_("We start again at the same place."))
        sheet.add_words(f"{kind.__name__} {place}", "cap")
        sheet.add_button(_("Go on"), "primary", again)
        open_sheets.append(sheet)
        sheet.destroyed.connect(open_sheets.clear)
        sheet.open()

    sys.excepthook = hook


def _place_of(trace: TracebackType | None) -> str:
    """The file and line where a bug showed, without any value."""
    if trace is None:
        return "?"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


def install_qt_translations(app: QApplication, language: str) -> None:
    """Let Qt's own words (file dialogs, calendars) be in the coach's language."""
    QLocale.setDefault(QLocale(language))
    for old in app.findChildren(QTranslator, "qt-words"):
        app.removeTranslator(old)
        old.deleteLater()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator(app)
    translator.setObjectName("qt-words")
    if translator.load(f"qtbase_{language}", folder):
        app.installTranslator(translator)
