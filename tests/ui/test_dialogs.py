"""Dialogs: calm, never waited for, with the safe answer at hand."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.errors import DiskFull, FileHasLeft
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from ui import dialogs


@pytest.fixture
def window(showing: Showing) -> QWidget:
    widget = QWidget()
    widget.resize(800, 600)
    return showing(widget)


@pytest.fixture
def crash_hook(qapp: QApplication) -> Iterator[list[str]]:
    before, again = sys.excepthook, []
    dialogs.install_crash_hook(qapp, lambda: again.append("again"))
    yield again
    sys.excepthook = before


def words_of(sheet: dialogs.Sheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel)]


def press(qtbot: QtBot, sheet: dialogs.Sheet, words: str) -> None:
    found = [one for one in sheet.findChildren(QPushButton) if one.text() == words]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def test_a_problem_says_what_happened_what_is_safe_and_what_to_do(window: QWidget, qtbot: QtBot):
    sheet = dialogs.show_problem(window, DiskFull())
    assert words_of(sheet) == [
        "Saving is not possible: the disk is full.",
        "Your text is still here.",
        "Make some room, for example by emptying the bin. Then it goes on by itself.",
        "disk-full",
    ]
    assert problems(sheet) == []
    press(qtbot, sheet, "All right")
    qtbot.waitUntil(lambda: not window.findChildren(dialogs.Sheet))


def test_yes_does_it_once_and_only_after_the_sheet_is_closed(window: QWidget, qtbot: QtBot):
    done = []
    sheet = dialogs.ask(window, "Print?", "It will stay as it is.", "Print", lambda: done.append(1))
    press(qtbot, sheet, "Print")
    assert done == [1]


def test_enter_takes_the_safe_answer_before_something_is_erased(window: QWidget, qtbot: QtBot):
    done = []
    sheet = dialogs.ask(window, "Erase?", "For good.", "Erase", lambda: done.append(1), danger=True)
    qtbot.waitUntil(sheet.isActiveWindow)
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)
    assert done == []
    assert not sheet.isVisible()


def test_escape_leaves_everything_as_it_is(window: QWidget, qtbot: QtBot):
    done = []
    sheet = dialogs.ask(window, "Print?", "Really.", "Print", lambda: done.append(1))
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert done == []


def test_a_long_german_sentence_is_not_cut_off(window: QWidget):
    sheet = dialogs.tell(window, "Sicherungskopie " * 6, "Aufenthaltsbestimmungsrecht " * 20)
    for label in sheet.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


def test_sentences_stand_close_together(window: QWidget):
    sheet = dialogs.ask(window, "Take it out?", "Nothing new from now on. " * 4, "Yes", list)
    label = sheet.findChildren(QLabel)[1]
    assert label.height() == label.heightForWidth(label.width())


def test_content_that_is_higher_than_the_screen_does_not_lie_under_the_buttons(window: QWidget):
    content = QWidget()
    content.setMinimumHeight(window.screen().availableGeometry().height())
    sheet = dialogs.Sheet(window, "Have a look", content)
    done = sheet.add_button("Done", "primary")
    sheet.open()
    assert done.geometry().top() > content.geometry().bottom()


def test_the_chosen_file_is_handed_over(window: QWidget, tmp_path: Path):
    chosen = []
    dialog = dialogs.choose_file_to_save(
        window, "Save the plan", str(tmp_path / "plan.pdf"), "PDF (*.pdf)", chosen.append
    )
    dialog.accept()
    assert chosen == [tmp_path / "plan.pdf"]


def test_a_bug_is_met_calmly_and_its_words_are_not_logged(
    window: QWidget, qtbot: QtBot, crash_hook: list[str], caplog: pytest.LogCaptureFixture
):
    with pytest.raises(ValueError, match="Tobias") as met:
        int("Tobias said something")
    with caplog.at_level(logging.ERROR):
        sys.excepthook(ValueError, met.value, met.tb)
    (sheet,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, dialogs.Sheet))
    assert "Your entries are kept." in words_of(sheet)
    assert "Tobias" not in caplog.text + " ".join(words_of(sheet))
    assert "ValueError at test_dialogs.py" in caplog.text
    press(qtbot, sheet, "Go on")
    assert crash_hook == ["again"]


def test_a_second_bug_opens_no_second_dialog(window: QWidget, crash_hook: list[str]):
    for _time in range(2):
        sys.excepthook(KeyError, KeyError("x"), None)
    sheets = [one for one in QApplication.topLevelWidgets() if isinstance(one, dialogs.Sheet)]
    assert len(sheets) == 1
    sheets[0].close()


def test_a_file_that_leaves_under_the_hands_of_a_page_is_no_bug(
    window: QWidget, crash_hook: list[str], caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.ERROR):
        sys.excepthook(FileHasLeft, FileHasLeft(), None)
    (sheet,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, dialogs.Sheet))
    assert "This file has left this laptop." in words_of(sheet)
    assert caplog.text == ""
    sheet.close()
    assert crash_hook == []


@pytest.mark.parametrize(("language", "cancel"), [("de", "Abbrechen"), ("nl", "Annuleren")])
def test_qts_own_words_are_in_the_coachs_language(qapp: QApplication, language: str, cancel: str):
    dialogs.install_qt_translations(qapp, language)
    try:
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == cancel
    finally:
        dialogs.install_qt_translations(qapp, "en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
