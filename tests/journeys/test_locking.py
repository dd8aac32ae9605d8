"""Locking in the middle of a sentence: what stands in an open sheet is kept before the keys go."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from caseworker_app.domain.people import ContactNote
from caseworker_app.services import stores, talks
from tests.builders import PASSPHRASE, a_case, a_store, a_talk
from tests.ui.one_file import choose
from tests.ui.program import Door
from ui.dialogs import Sheet
from ui.page import Route

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
WORDS = "She called: the lessons begin on Monday."


@pytest.fixture
def case(tmp_path: Path) -> UUID:
    """A store with one person and a running conversation, closed."""
    store = a_store(tmp_path / "store")
    case = a_case(store)
    a_talk(store, case)
    store.close()
    return case


@pytest.fixture
def door(tmp_path: Path, qtbot: QtBot, qapp: QApplication, case: UUID) -> Door:
    """The program, opened, with the page of that person in view."""
    door = Door(qtbot, qapp, tmp_path / "store")
    qtbot.addWidget(door.program)
    door.program.show()
    door.open().go(Route("case", case))
    return door


def a_note_is_being_written(door: Door) -> Sheet:
    choose(door.window, "Add a note")
    sheet = door.window.findChild(Sheet)
    assert sheet is not None
    words = sheet.findChild(QPlainTextEdit)
    assert words is not None
    words.insertPlainText(WORDS)
    return sheet


def give_room(door: Door, pages: int) -> None:
    """As many pages as the file may have from now on."""
    store = door.window.app.store
    with store.reading() as reading:
        reading.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def notes_in(folder: Path) -> list[str]:
    store = stores.unlock(folder, PASSPHRASE)
    with store.reading() as reading:
        notes = [note.words for note in reading.all(ContactNote)]
    store.close()
    return notes


def test_a_note_that_is_being_written_is_kept_when_the_program_locks(
    door: Door, tmp_path: Path
) -> None:
    a_note_is_being_written(door)
    assert door.program.lock()
    assert door.restarts == [tmp_path / "store"]
    assert notes_in(tmp_path / "store") == [WORDS]


def test_a_note_that_is_being_written_is_kept_when_the_window_is_closed(
    door: Door, tmp_path: Path
) -> None:
    a_note_is_being_written(door)
    assert door.program.close()
    assert notes_in(tmp_path / "store") == [WORDS]


def test_a_note_that_the_disk_refuses_is_covered_and_stays(door: Door, tmp_path: Path) -> None:
    sheet = a_note_is_being_written(door)
    words = sheet.findChild(QPlainTextEdit)
    assert words is not None
    words.insertPlainText(" And more." * 9000)
    give_room(door, 1)
    assert not door.program.lock()
    assert door.restarts == []
    assert sheet.isVisible()
    give_room(door, 1_000_000)
    assert door.program.lock()
    assert [note[: len(WORDS)] for note in notes_in(tmp_path / "store")] == [WORDS]


def test_the_place_of_a_talk_that_is_being_typed_is_kept_when_the_program_locks(
    door: Door, tmp_path: Path, case: UUID
) -> None:
    talk = talks.running(door.window.app.store, case)
    assert talk is not None
    door.window.go(Route("talk", case, talk.id))
    door.press("Who is in the room?")
    door.line("Place").setFocus()
    for letter in "At the kitchen table":
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(door.line("Place"), event)
    assert door.program.lock()
    opened = stores.unlock(tmp_path / "store", PASSPHRASE)
    assert talks.open_talk(opened, talk.id).conversation.place == "At the kitchen table"
    opened.close()
