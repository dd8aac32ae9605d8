"""The first start: who you are, a passphrase, a sheet of paper; or a look round."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app import paths, settings
from caseworker_app.services import people, stores
from caseworker_app.settings import Settings
from tests.builders import NOW, PASSPHRASE
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.program import Door, catalogues
from ui.forms.recovery_key import RecoverySheet
from ui.forms.welcome import PassphraseStep, SheetStep, WhoForm
from ui.main_window import MainWindow
from ui.widgets.text import Text


@pytest.fixture
def door(qtbot: QtBot, qapp: QApplication, showing: Showing, tmp_path: Path) -> Iterator[Door]:
    """A laptop without a store, whose language is German (of which only a few words are known)."""
    settings.save(Settings(language="de", theme="light", less_motion=True))
    with catalogues(tmp_path / "words", {}):
        door = Door(qtbot, qapp, paths.store_folder())
        showing(door.program)
        yield door
        door.program.close()


def form_of(door: Door) -> object:
    return door.program.content._form


def words_in(door: Door) -> str:
    return "\n".join(text.text() for text in door.program.findChildren(Text) if text.isVisible())


def go_to_passphrase(door: Door) -> None:
    door.type("Your name", "Miriam Falk")
    door.type("Organisation", "Teilhabe Lindental")
    door.press("Next")
    door.wait(lambda: isinstance(form_of(door), PassphraseStep))


def choose(door: Door, first: str, second: str) -> None:
    door.type("Your passphrase", first)
    door.type("Once more", second)
    door.qtbot.keyClick(door.line("Once more"), Qt.Key.Key_Return)


def test_the_first_step_asks_for_a_name(door: Door):
    assert problems(door.program) == []

    door.press("Next")

    assert "Please write your name." in words_in(door)
    assert isinstance(form_of(door), WhoForm)


def test_a_weak_passphrase_is_not_taken_and_says_why(door: Door):
    go_to_passphrase(door)

    choose(door, "lampe tisch", "lampe tisch")

    assert "at least 14 characters" in words_in(door)
    assert isinstance(form_of(door), PassphraseStep)
    assert not stores.exists(paths.store_folder())


def test_two_different_passphrases_are_not_taken(door: Door):
    go_to_passphrase(door)

    choose(door, PASSPHRASE, PASSPHRASE + "x")

    assert "The two are not the same yet." in words_in(door)
    assert not stores.exists(paths.store_folder())


def test_a_proposal_has_to_be_typed_once_more(door: Door):
    go_to_passphrase(door)

    door.press("Propose one")
    door.wait(lambda: bool(door.line("Your passphrase").text()))

    assert len(door.line("Your passphrase").text().split()) >= 5
    assert door.line("Once more").text() == ""


def test_three_steps_make_a_store_that_the_passphrase_opens(door: Door):
    go_to_passphrase(door)
    choose(door, PASSPHRASE, PASSPHRASE)
    door.wait(lambda: isinstance(form_of(door), SheetStep))
    assert problems(door.program) == []

    sheet = door.program.findChild(RecoverySheet)
    door.press("Begin")
    assert isinstance(form_of(door), SheetStep)
    for place in sheet._asked:
        door.type(f"Group {place + 1} of your sheet", sheet._groups[place].lower())
    door.press("Begin")
    door.wait(lambda: isinstance(door.program.content, MainWindow))

    store = stores.unlock(paths.store_folder(), PASSPHRASE)
    assert stores.profile(store).name == "Miriam Falk"
    store.close()


def test_the_sheet_can_be_kept_as_a_file(door: Door, tmp_path: Path):
    go_to_passphrase(door)
    choose(door, PASSPHRASE, PASSPHRASE)
    door.wait(lambda: isinstance(form_of(door), SheetStep))
    sheet = door.program.findChild(RecoverySheet)

    sheet._do(lambda: sheet._save_it(tmp_path / "sheet.pdf"), "saved")
    door.wait(lambda: "saved" in words_in(door))

    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_another_language_keeps_what_was_typed(door: Door):
    door.type("Your name", "Femke de Boer")

    door.press("Nederlands")

    assert door.line("Your name").text() == "Femke de Boer"
    assert settings.load().language == "nl"


def test_without_a_language_nothing_begins(door: Door):
    door.program.use(Settings(theme="light", less_motion=True))

    door.press("Have a look first")

    assert "Please choose a language." in words_in(door)


def test_a_look_round_shows_fictional_people_and_leaves_nothing(door: Door):
    door.press("Have a look first")
    door.wait(lambda: isinstance(door.program.content, MainWindow))
    store = door.window.app.store

    assert "These people are fictional." in words_in(door)
    assert len(people.lines(store, NOW)) >= 2
    door.press("End the look round")

    assert not paths.sample_folder().exists()
    assert door.restarts == [paths.store_folder()]


def test_an_old_look_round_is_cleared_away_at_the_next_start(door: Door):
    left_over = paths.private_folder(paths.sample_folder())
    stores.mark_as_sample(left_over)
    again = Door(door.qtbot, door.program._app, paths.store_folder())
    again.program.show()

    again.wait(lambda: not left_over.exists())
    again.program.close()
