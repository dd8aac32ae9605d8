"""The shell: one window, a rail, ways there and back, and a lock that leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from caseworker_app import paths, settings
from caseworker_app.services import people, stores
from caseworker_app.settings import Settings
from tests.builders import NOW, PASSPHRASE, a_case, a_store
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.program import Door, catalogues
from ui import theme
from ui.page import Route
from ui.pages.settings_page import SettingsPage
from ui.widgets.shell_cover import Cover, Coverable
from ui.widgets.shell_locking import ClipboardGuard, Idle, command_for
from ui.widgets.shell_palette import Palette

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"sqlalchemy", "sqlcipher3", "reportlab", "cryptography", "zxcvbn", "rapidfuzz"}


@pytest.fixture
def door(qtbot: QtBot, qapp: QApplication, showing: Showing, home: Path) -> Iterator[Door]:
    """A store with one person, and the program locked in front of it."""
    settings.save(Settings(theme="light", less_motion=True))
    store = a_store(paths.store_folder())
    a_case(store, "Tobias Brandt")
    store.close()
    door = Door(qtbot, qapp, paths.store_folder())
    showing(door.program)
    yield door
    door.program.close()


def test_the_passphrase_opens_today(door: Door):
    window = door.open()

    assert window.route == Route("today")
    assert window.rail.isVisible()


def test_the_window_never_names_anybody(door: Door):
    titles = {door.program.windowTitle()}
    window = door.open()
    titles.add(door.program.windowTitle())
    (line,) = people.lines(window.app.store, NOW)
    window.go(Route("case", line.case))
    titles.add(door.program.windowTitle())

    assert titles == {"Caseworker"}


def test_keys_lead_to_the_places_and_back(door: Door):
    window = door.open()

    door.keys(Qt.Key.Key_2, CTRL)
    assert window.route == Route("people")
    door.keys(Qt.Key.Key_Comma, CTRL)
    assert window.route == Route("settings")
    door.keys(Qt.Key.Key_Left, ALT)
    assert window.route == Route("people")
    door.keys(Qt.Key.Key_Left, ALT)
    assert window.route == Route("today")


def test_the_rail_leads_to_people_and_counts_nothing_there(door: Door):
    window = door.open()

    door.press("People")

    assert window.route == Route("people")


def test_what_is_typed_when_the_lock_falls_is_in_the_store(door: Door):
    window = door.open()
    window.go(Route("settings"))
    door.press("About you")
    door.type("Your name", "Miriam Falk-Sommer")

    door.keys(Qt.Key.Key_L, CTRL)

    assert door.restarts == [paths.store_folder()]
    assert not door.program.isVisible()
    again = stores.unlock(paths.store_folder(), PASSPHRASE)
    assert stores.profile(again).name == "Miriam Falk-Sommer"
    again.close()


def test_before_the_door_there_is_nothing_to_lock(door: Door):
    door.keys(Qt.Key.Key_L, CTRL)
    door.keys(Qt.Key.Key_F8)

    assert door.restarts == []
    assert door.line("Passphrase").isVisible()


def test_the_cover_hides_everything_until_escape(door: Door):
    window = door.open()
    door.keys(Qt.Key.Key_2, CTRL)
    focused = QApplication.focusWidget()

    door.keys(Qt.Key.Key_F8)
    assert not window.isVisible()
    door.keys(Qt.Key.Key_1, CTRL)
    assert window.route == Route("people")

    door.keys(Qt.Key.Key_Escape)
    assert window.isVisible()
    assert QApplication.focusWidget() is focused


def test_a_cover_left_alone_becomes_the_lock(qtbot: QtBot, showing: Showing):
    cover = Cover(seconds=0.05)

    with qtbot.waitSignal(cover.left_alone, timeout=2000):
        showing(cover)


def test_the_cover_comes_while_a_sheet_lies_over_the_window(door: Door):
    window = door.open()
    door.keys(Qt.Key.Key_K, CTRL)
    sheet = window.findChild(QDialog)
    door.wait(sheet.isActiveWindow)

    door.qtbot.keyClick(sheet.windowHandle(), Qt.Key.Key_F8)

    assert not window.isVisible()
    door.wait(lambda: window.findChild(QDialog) is None)


def test_sheets_close_under_the_cover(showing: Showing):
    coverable = Coverable()
    showing(coverable)
    sheet = QDialog(coverable)
    sheet.open()

    coverable.cover()

    assert not sheet.isVisible()


def test_text_size_changes_the_page_in_place_and_is_remembered(door: Door):
    window = door.open()
    door.keys(Qt.Key.Key_2, CTRL)

    door.keys(Qt.Key.Key_Plus, CTRL)

    assert theme.current().scale == 1.25
    assert door.window is window
    assert window.route == Route("people")
    assert settings.load().text_size == 125
    door.keys(Qt.Key.Key_0, CTRL)
    assert theme.current().scale == 1.0


def test_another_language_is_spoken_at_once(door: Door, tmp_path: Path):
    window = door.open()
    window.go(Route("settings"))

    with catalogues(tmp_path / "words", {"People": "Mensen", "Settings": "Instellingen"}):
        door.press("Language")
        door.press("Nederlands")

        assert door.button("Mensen").isVisible()
        assert isinstance(window.page, SettingsPage)
        assert window.page.section == "language"
        assert settings.load().language == "nl"


def test_the_palette_finds_a_person_by_a_few_letters(door: Door):
    window = door.open()
    door.keys(Qt.Key.Key_K, CTRL)
    palette = window.findChild(Palette)
    door.wait(lambda: not window.app.background.busy())

    door.qtbot.keyClicks(palette.search, "brant")
    assert "Tobias Brandt" in palette.shown()[0].words
    door.qtbot.keyClick(palette.search, Qt.Key.Key_Return)

    assert window.route.page == "case"


def test_the_palette_knows_commands(door: Door):
    window = door.open()
    door.keys(Qt.Key.Key_K, CTRL)
    search = window.findChild(Palette).search

    door.qtbot.keyClicks(search, "sett")
    door.qtbot.keyClick(search, Qt.Key.Key_Return)

    assert window.route == Route("settings")


def test_from_a_file_the_palette_leads_to_preparing_its_conversation(door: Door):
    window = door.open()
    (line,) = people.lines(window.app.store, NOW)
    window.go(Route("case", line.case))
    door.keys(Qt.Key.Key_K, CTRL)
    search = window.findChild(Palette).search

    door.qtbot.keyClicks(search, "prep")
    door.qtbot.keyClick(search, Qt.Key.Key_Return)

    assert window.route == Route("prepare", line.case)


def test_arrows_move_in_the_palette_while_typing_goes_on(door: Door):
    window = door.open()
    door.keys(Qt.Key.Key_K, CTRL)
    search = window.findChild(Palette).search

    door.qtbot.keyClick(search, Qt.Key.Key_Down)
    door.qtbot.keyClick(search, Qt.Key.Key_Return)

    assert window.route == Route("people")


def test_f6_goes_from_the_rail_to_the_page(door: Door):
    window = door.open()
    door.button("People").setFocus()

    door.keys(Qt.Key.Key_F6)

    assert window.page.isAncestorOf(QApplication.focusWidget())


def test_f1_names_the_keys_of_the_page(door: Door):
    window = door.open()
    door.keys(Qt.Key.Key_2, CTRL)

    door.keys(Qt.Key.Key_F1)

    sheet = window.findChild(QDialog)
    assert sheet.isVisible()
    sheet.close()


def test_a_narrow_window_keeps_the_names_of_the_rail(door: Door):
    window = door.open()
    wide = window.rail.width()

    door.program.resize(900, 700)
    door.wait(lambda: window.rail.width() < wide)

    assert door.button("People").toolTip() == "People"
    assert problems(window.rail) == []


def test_idle_minutes_begin_anew_with_every_key(qtbot: QtBot, qapp: QApplication, showing: Showing):
    edit = QLineEdit()
    showing(edit)
    idle = Idle(qapp, 1, lambda: NOW)
    qtbot.waitUntil(lambda: idle.left() < 59_990)

    qtbot.keyClick(edit.windowHandle(), Qt.Key.Key_A)

    assert idle.left() > 59_990


def test_a_laptop_that_slept_is_locked(qtbot: QtBot, qapp: QApplication):
    moments: Iterator[datetime] = iter([NOW, NOW + timedelta(seconds=5), NOW + timedelta(hours=1)])
    idle = Idle(qapp, 10, lambda: next(moments))
    said: list[bool] = []
    idle.due.connect(lambda: said.append(True))

    idle.look()
    assert said == []
    idle.look()
    assert said == [True]


def test_copied_words_do_not_stay_in_the_clipboard(qtbot: QtBot, qapp: QApplication):
    clipboard = QGuiApplication.clipboard()
    guard = ClipboardGuard(clipboard, owns=lambda: True, seconds=0.05)

    clipboard.setText("a telephone number")

    qtbot.waitUntil(lambda: clipboard.text() == "")
    assert guard is not None


def test_words_of_another_program_stay_in_the_clipboard(qapp: QApplication):
    clipboard = QGuiApplication.clipboard()
    guard = ClipboardGuard(clipboard, owns=lambda: False, seconds=0.05)
    clipboard.setText("copied elsewhere")

    guard.empty()

    assert clipboard.text() == "copied elsewhere"
    clipboard.clear()


LISTENING = """
import ui
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from ui.widgets.shell_locking import SystemLock

app = QCoreApplication([])
lock = SystemLock()
lock.locked.connect(lambda: (print("locked"), app.exit(0)))
bus = QDBusConnection.sessionBus()
message = QDBusMessage.createSignal("/", "org.gnome.ScreenSaver", "ActiveChanged")
message.setArguments([%s])
bus.send(message)
QTimer.singleShot(1500, lambda: app.exit(3))
raise SystemExit(app.exec())
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no D-Bus here")
@pytest.mark.parametrize(("active", "code"), [("True", 0), ("False", 3)])
def test_the_screen_lock_of_linux_locks_us_too(active: str, code: int):
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", LISTENING % active],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, b"locked" in done.stdout) == (code, code == 0), done.stderr


def test_the_lock_replaces_the_process(tmp_path: Path):
    script = (
        "import sys; sys.executable = '/bin/echo'\n"
        "from pathlib import Path\n"
        "from ui.widgets.shell_locking import begin_again\n"
        f"begin_again(Path({str(tmp_path)!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == command_for(tmp_path)[1:]


PAINTING = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.app import Program

app = QApplication([])
program = Program(app, Path(sys.argv[1]), print)
loaded = []
program._after_first_paint = lambda: loaded.extend(sys.modules)
program.show()
while not loaded:
    app.processEvents()
print(*sorted({name.partition(".")[0] for name in loaded} | set(loaded)))
"""


def test_the_door_is_painted_before_the_store_is_imported(tmp_path: Path):
    (tmp_path / "slots.json").write_text("{}")
    done = subprocess.run(
        [sys.executable, "-c", PAINTING, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "ui.pages.unlock_page" in loaded
    assert HEAVY & loaded == set()
