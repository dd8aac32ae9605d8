"""The door: one calm sentence for a wrong passphrase, and a way in for the forgetful."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from caseworker_app import paths, settings
from caseworker_app.services import stores
from caseworker_app.settings import Settings
from caseworker_app.sync.wire.passphrases import FLOOR
from tests.builders import NOW, PASSPHRASE, a_profile, a_store
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.program import Door
from ui.forms.new_passphrase import NewPassphrase
from ui.forms.recovery_key import grouped
from ui.forms.unlocking import delay_after, greeting
from ui.main_window import MainWindow
from ui.widgets.boxes import Banner
from ui.widgets.text import Text

ANEW = "wolke sieben treppe ahorn segel"


@pytest.fixture
def door(qtbot: QtBot, qapp: QApplication, showing: Showing) -> Iterator[Door]:
    settings.save(Settings(theme="light", less_motion=True))
    a_store(paths.store_folder()).close()
    door = Door(qtbot, qapp, paths.store_folder())
    showing(door.program)
    yield door
    door.program.close()


def words_in(door: Door) -> str:
    return "\n".join(text.text() for text in door.program.findChildren(Text) if text.isVisible())


def try_passphrase(door: Door, words: str) -> None:
    door.type("Passphrase", words)
    door.qtbot.keyClick(door.line("Passphrase"), Qt.Key.Key_Return)


def test_the_keyboard_waits_in_the_field(door: Door):
    assert QApplication.focusWidget() is door.line("Passphrase")
    assert problems(door.program) == []


def test_the_door_says_nothing_about_people(door: Door):
    assert "Miriam Falk" not in words_in(door)
    assert "Teilhabe" not in words_in(door)


def test_a_wrong_passphrase_gets_one_sentence_and_stays_selected(door: Door):
    try_passphrase(door, "falsch falsch falsch")
    door.wait(lambda: "That was not the right passphrase." in words_in(door))

    assert door.line("Passphrase").selectedText() == "falsch falsch falsch"
    assert isinstance(door.program.content, QLineEdit | object)
    assert not isinstance(door.program.content, MainWindow)


def test_the_next_try_has_to_wait_and_says_how_long(door: Door):
    try_passphrase(door, "falsch eins")
    door.wait(lambda: "That was not" in words_in(door))
    try_passphrase(door, PASSPHRASE)
    assert not door.program._background.busy()

    door.wait(lambda: door.program.content._form._seconds == 0)
    try_passphrase(door, "falsch zwei")
    door.wait(lambda: "in 2 seconds" in words_in(door))


def test_waiting_doubles_up_to_a_minute():
    assert [delay_after(count) for count in range(9)] == [0, 1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.parametrize(
    ("hour", "words"), [(7, "Good morning."), (14, "Good afternoon."), (20, "Good evening.")]
)
def test_the_greeting_knows_the_time_of_day(hour: int, words: str):
    assert greeting(datetime(2026, 11, 23, hour).astimezone()) == words


def test_an_empty_passphrase_is_asked_for(door: Door):
    door.press("Open")

    assert "Please type your passphrase." in words_in(door)


def test_a_damaged_slots_file_is_told_calmly(door: Door):
    (paths.store_folder() / "slots.json").write_text("{")

    try_passphrase(door, PASSPHRASE)
    door.wait(lambda: bool(door.program.findChildren(Banner)))

    assert "The file with the locks of your files is damaged." in words_in(door)
    assert "still encrypted" in words_in(door)


def test_the_recovery_sheet_opens_and_asks_for_a_new_passphrase(
    qtbot: QtBot, qapp: QApplication, showing: Showing
):
    folder = paths.store_folder()
    store, key = stores.create(folder, a_profile(), PASSPHRASE, NOW, cost=FLOOR)
    store.close()
    door = Door(qtbot, qapp, folder)
    showing(door.program)
    door.press("Forgotten?")
    door.wait(lambda: "Do you have your recovery sheet?" in words_in(door))

    door.type("Recovery key", "".join(key.groups).lower())
    assert door.line("Recovery key").text() == key.text
    door.press("Open")
    door.wait(lambda: bool(door.program.findChildren(NewPassphrase)))
    door.type("Your passphrase", ANEW)
    door.type("Once more", ANEW)
    door.press("Use this passphrase")
    door.wait(lambda: isinstance(door.program.content, MainWindow))

    stores.unlock(folder, ANEW).close()
    door.program.close()


def test_a_typing_mistake_in_the_recovery_key_is_told(door: Door):
    door.press("Forgotten?")
    door.type("Recovery key", "ABCD2345")
    door.press("Open")

    door.wait(lambda: "There is a typing mistake in the recovery key." in words_in(door))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("abcd", "ABCD"),
        ("abcde", "ABCD-E"),
        ("ab cd-ef", "ABCD-EF"),
        ("x" * 40, "-".join(["XXXX"] * 7)),
    ],
)
def test_a_recovery_key_is_grouped_while_it_is_typed(typed: str, shown: str):
    assert grouped(typed) == shown


def test_a_character_in_the_middle_of_the_key_keeps_its_place(door: Door):
    door.press("Forgotten?")
    door.type("Recovery key", "aaaabbbb")
    door.line("Recovery key").setCursorPosition(2)

    door.qtbot.keyClicks(door.line("Recovery key"), "xy")

    assert door.line("Recovery key").text() == "AAXY-AABB-BB"
    assert door.line("Recovery key").cursorPosition() == 4


def test_a_folder_without_files_is_told(door: Door, tmp_path):
    door.program.content.other_folder.emit(tmp_path / "empty")

    assert "There are no files of Caseworker in this folder." in words_in(door)
