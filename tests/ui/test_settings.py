"""Settings: effective at once, nothing to save."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSlider
from pytestqt.qtbot import QtBot

from caseworker_app import errors, paths, settings
from caseworker_app.services import stores
from caseworker_app.settings import Settings
from tests.builders import PASSPHRASE, a_store
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.program import Door
from ui import theme
from ui.forms.recovery_key import RecoverySheet
from ui.forms.settings_look import ThemeTile
from ui.page import Route
from ui.pages.settings_page import SettingsPage
from ui.widgets.text import Text

ANEW = "wolke sieben treppe ahorn segel"


@pytest.fixture
def door(qtbot: QtBot, qapp: QApplication, showing: Showing) -> Iterator[Door]:
    settings.save(Settings(theme="light", less_motion=True))
    a_store(paths.store_folder()).close()
    door = Door(qtbot, qapp, paths.store_folder())
    showing(door.program)
    door.open().go(Route("settings"))
    yield door
    door.program.close()


def page_of(door: Door) -> SettingsPage:
    assert isinstance(door.window.page, SettingsPage)
    return door.window.page


def words_in(door: Door) -> str:
    return "\n".join(text.text() for text in door.program.findChildren(Text) if text.isVisible())


@pytest.mark.parametrize(
    "section", ["Look", "Language", "About you", "Lock and passphrase", "Keys", "About Caseworker"]
)
def test_every_section_can_be_used_without_eyes_or_mouse(door: Door, section: str):
    door.press(section)
    door.qtbot.wait(1)

    assert problems(page_of(door)) == []


def test_a_theme_is_worn_at_once_and_the_keyboard_stays_on_its_tile(door: Door):
    door.button("Dark").setFocus()

    door.press("Dark")

    assert theme.current().name == "dark"
    assert settings.load().theme == "dark"
    focused = QApplication.focusWidget()
    assert isinstance(focused, ThemeTile)
    assert focused.isChecked()


def test_the_text_grows_with_the_slider_and_the_slider_keeps_the_keyboard(door: Door):
    slider = page_of(door).findChild(QSlider)
    slider.setFocus()

    door.qtbot.keyClick(slider, Qt.Key.Key_Right)

    assert theme.current().scale == 1.25
    assert isinstance(QApplication.focusWidget(), QSlider)
    assert QApplication.focusWidget().value() == 1


def test_the_sample_grows_while_the_slider_is_dragged(door: Door):
    slider = page_of(door).findChild(QSlider)
    slider.setSliderDown(True)

    slider.setSliderPosition(4)
    assert "200 %" in words_in(door)
    assert theme.current().scale == 1.0
    slider.setSliderDown(False)

    assert theme.current().scale == 2.0


def test_the_name_is_kept_after_a_pause_and_stands_in_the_rail(door: Door):
    door.press("About you")
    door.type("Your name", "Miriam Sommer")

    door.wait(lambda: stores.profile(door.window.app.store).name == "Miriam Sommer")

    assert door.button("You: Miriam Sommer").isVisible()


def test_the_page_keeps_the_name_when_it_is_left_at_once(door: Door):
    door.press("About you")
    door.type("Phone", "030 1234567")

    door.window.go(Route("today"))

    assert stores.profile(door.window.app.store).phone == "030 1234567"


def test_a_new_passphrase_opens_and_the_old_one_does_not(door: Door):
    door.press("Lock and passphrase")
    door.press("Change the passphrase")
    door.type("The passphrase until now", PASSPHRASE)
    door.type("Your passphrase", ANEW)
    door.type("Once more", ANEW)

    door.press("Use the new passphrase")
    door.wait(lambda: "The new passphrase is in use." in words_in(door))

    stores.unlock(paths.store_folder(), ANEW).close()
    with pytest.raises(errors.WrongPassphrase):
        stores.unlock(paths.store_folder(), PASSPHRASE)


def test_the_wrong_old_passphrase_changes_nothing(door: Door):
    door.press("Lock and passphrase")
    door.press("Change the passphrase")
    door.type("The passphrase until now", "something else")
    door.type("Your passphrase", ANEW)
    door.type("Once more", ANEW)

    door.press("Use the new passphrase")
    door.wait(lambda: "That was not the right passphrase." in words_in(door))

    stores.unlock(paths.store_folder(), PASSPHRASE).close()


def test_a_new_recovery_sheet_opens_the_store(door: Door):
    door.press("Lock and passphrase")
    door.press("Make a new sheet")
    door.wait(lambda: len(door.program.findChildren(RecoverySheet)) == 0)
    door.type("Your passphrase", PASSPHRASE)
    door.qtbot.keyClick(door.line("Your passphrase"), Qt.Key.Key_Return)
    door.wait(lambda: bool(door.program.findChildren(RecoverySheet)))

    sheet = door.program.findChild(RecoverySheet)
    stores.unlock_with_recovery(paths.store_folder(), "-".join(sheet._groups)).close()
    assert problems(page_of(door)) == []
    for place in sheet._asked:
        door.type(f"Group {place + 1} of your sheet", sheet._groups[place])
    door.press("The new sheet is on paper")
    door.wait(lambda: not door.program.findChildren(RecoverySheet))


def test_minutes_until_the_lock_are_remembered(door: Door):
    door.press("Lock and passphrase")
    combo = page_of(door)._right.itemAt(1).widget().findChild(object, "idle-minutes")

    combo.setFocus()
    door.qtbot.keyClick(combo, Qt.Key.Key_Up)

    assert settings.load().idle_minutes == 5


def test_about_says_where_the_files_lie(door: Door):
    door.press("About Caseworker")
    door.wait(lambda: "Version" in words_in(door))

    shown = door.line("Your files lie encrypted in this folder").text()
    assert shown == str(paths.store_folder())
