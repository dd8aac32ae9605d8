"""Where the program is put together, and the window that is either the door or the room behind it.

The unlock page is painted before the store, the keys or the printing are imported: those are read
in the background while the coach types. Locking ends the process that held the keys, and starts a
new one.
"""

# ruff: noqa: PLC0415 - the room behind the door is imported after the first paint

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication

from caseworker_app import i18n, paths
from caseworker_app.i18n import _
from caseworker_app.settings import Settings
from caseworker_app.store import HANDOVER_NAME, SIGNED_OFF_NAME, STORE_NAME
from caseworker_app.vault import SLOTS_NAME
from caseworker_app.vault.machine import harden_process
from ui import dialogs, theme
from ui.background import Background
from ui.pages.unlock_page import UnlockPage
from ui.widgets.shell_cover import sign_icon
from ui.widgets.shell_locking import ClipboardGuard, Idle, SystemLock, begin_again, end_for_good
from ui.widgets.shell_window import ShellWindow

if TYPE_CHECKING:
    from caseworker_app.store.store import Store
    from ui.pages.signed_off_page import SignedOffPage
    from ui.pages.welcome_page import Draft, WelcomePage
    from ui.table import Side, Table

    AtDoor = UnlockPage | WelcomePage | SignedOffPage

Restart = Callable[[Path], object]
NOW = partial(datetime.now, UTC)
_BEHIND_THE_DOOR = ("ui.table", "ui.pages.today_page", "ui.forms.forgotten")


def run(folder: Path | None = None) -> int:
    """Open the program; the store lies in `folder`, or where this coach's store usually lies."""
    harden_process()
    app = theme.application()
    program = Program(app, folder or paths.store_folder(), begin_again)
    dialogs.install_crash_hook(app, program.again)
    program.show()
    code = app.exec()
    return end_for_good(code) if program.is_held_up else code


def paint_once(folder: Path) -> bool:
    """Whether the window of this store can be painted here: for a new installation."""
    app = theme.application()
    program = Program(app, folder, begin_again)
    program.show()
    picture = program.grab().toImage()
    corners = {picture.pixel(x, y) for x in range(0, 640, 16) for y in range(0, 480, 16)}
    program.close()
    return len(corners) > 1


def has_store(folder: Path) -> bool:
    """Whether something of ours lies in the folder. Asked before the store is imported."""
    return any((folder / name).exists() for name in (SLOTS_NAME, STORE_NAME))


def is_signed_off(folder: Path) -> bool:
    """Whether its organisation has taken the store away that was here."""
    note = (folder / SIGNED_OFF_NAME).exists() and not (folder / SLOTS_NAME).exists()
    return note or (folder / HANDOVER_NAME).exists()


class Program(ShellWindow):
    """The one window: before the door, or behind it at the table."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        restart: Restart,
        now: Callable[[], datetime] = NOW,
    ) -> None:
        super().__init__(app)
        self._folder, self._restart, self._now = folder, restart, now
        self._background = Background()
        self.is_held_up = False  # once it has closed: the exchange did not end with it
        self._store: Store | None = None
        self._painted = False
        self._clipboard: ClipboardGuard | None = None
        self._idle: Idle | None = None
        self._door: AtDoor | None = None
        self._table: Table | None = None
        self._view.left_alone.connect(self.lock)
        self._show_door()

    @property
    def content(self) -> AtDoor | Side | None:
        """What is in view: a page before the door, or one of the sides of the table."""
        return self._door if self._table is None else self._table.side

    # --- the door ------------------------------------------------------------------------------

    def _show_door(self) -> None:
        if is_signed_off(self._folder):
            from ui.pages.signed_off_page import SignedOffPage

            gone = SignedOffPage(self._folder, self._background, self._now)
            gone.anew.connect(self._show_door)
            self._show_at_door(gone)
        elif has_store(self._folder):
            self._show_unlock()
        else:
            self._show_welcome()

    def _show_unlock(self, problem: str = "") -> None:
        page = UnlockPage(self._folder, self._background, self._now, problem)
        page.opened.connect(self._open)
        page.other_folder.connect(self._on_other_folder)
        self._show_at_door(page)

    def _show_welcome(self, draft: Draft | None = None) -> None:
        from ui.pages.welcome_page import WelcomePage

        page = WelcomePage(self._folder, self._background, self._now, draft)
        page.opened.connect(self._open)
        page.sample_wanted.connect(self._make_sample)
        self._show_at_door(page)

    def _show_at_door(self, page: AtDoor) -> None:
        page.language_wanted.connect(lambda name: self.use(replace(self._settings, language=name)))
        self._door = page
        self._view.show_content(page)

    def _on_other_folder(self, folder: Path) -> None:
        if has_store(folder):
            self._folder = folder
            self._show_unlock()
        else:
            self._show_unlock(_("There are no files of Caseworker in this folder."))

    def _make_sample(self) -> None:
        from caseworker_app.services import sample
        from ui.pages.welcome_page import WelcomePage

        folder, language, now = paths.sample_folder(), i18n.texts().language, self._now()

        def make() -> Store:
            _discard_if_sample(folder)
            return sample.make(folder, language, now)

        page = self._door
        assert isinstance(page, WelcomePage)
        page.set_busy(busy=True)
        self._background.run(self, make, self._open, page.show_problem)

    # --- the table behind it -------------------------------------------------------------------

    def _open(self, store: Store) -> None:
        from ui.context import App
        from ui.table import Table

        self._store = store
        table = Table(App(store, self._settings, self._now, self._background))
        table.turned.connect(self._on_turned)
        table.lock_wanted.connect(self.lock)
        table.lock_or_cover_wanted.connect(self.lock_or_cover)
        table.cover_wanted.connect(self.cover)
        table.changed.connect(self.use)
        table.signed_off.connect(self.sign_off)
        self._idle = Idle(self._app, self._settings.idle_minutes, self._now)
        self._idle.due.connect(self.lock_or_cover)
        self._idle.lock_asked.connect(self.lock)
        self._idle.cover_asked.connect(self.cover)
        self._table, self._door = table, None
        self._view.show_content(table)

    def _on_turned(self, turned: bool) -> None:  # noqa: FBT001
        """Dress for the side that is about to be shown. What was copied stays on the coach's."""
        if turned:
            clipboard = self._app.clipboard()
            clipboard.clear()
            if clipboard.supportsSelection():  # what was last marked: a middle click inserts it
                clipboard.clear(clipboard.Mode.Selection)
        self._turned = turned
        self._wear()

    # --- what always works ---------------------------------------------------------------------

    def use(self, new: Settings) -> None:
        """Go on with these settings, from now on and at the next start."""
        super().use(new)
        if self._idle is not None:
            self._idle.set_minutes(new.idle_minutes)

    def again(self) -> None:
        """Draw what is in view anew, in the current look and language."""
        from ui.pages.welcome_page import WelcomePage

        if self._table is not None:
            self._table.use(replace(self._table.app, settings=self._settings))
        elif isinstance(self._door, WelcomePage):
            self._show_welcome(self._door.draft())
        else:
            self._show_door()

    def lock(self) -> bool:
        """Keep what is being typed, forget every key, stand before the door. False: cannot keep."""
        if self._store is None or not self._leave():
            return False
        self.hide()
        self._end()
        self._restart(self._folder)
        return True

    def lock_or_cover(self) -> None:
        """Lock without being asked; what cannot be kept is covered rather than lost."""
        if self._store is not None and not self.lock():
            self.cover()

    def sign_off(self) -> None:
        """The organisation has taken this laptop out: stand before a door that says so."""
        self.hide()
        self._end()
        self._restart(self._folder)

    def cover(self) -> None:
        """Hide everything at once, once there is something to hide."""
        if self._table is not None:
            self._view.cover(self._table.covered_words)

    def _leave(self) -> bool:
        """Keep what is still being typed."""
        return self._table is None or self._table.leave()

    def _end(self) -> None:
        """Finish the work at hand and leave nothing behind."""
        if self._clipboard is not None:
            self._clipboard.empty()
        self._remember(replace(self._settings, window=(self.width(), self.height())))
        self.is_held_up = not self._background.close()
        store, self._store = self._store, None
        if store is not None and not self.is_held_up:  # not under somebody who is at work in it
            store.close()
            _discard_if_sample(store.folder)

    def paintEvent(self, event: QPaintEvent) -> None:
        """After the first paint there is time for everything else."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._after_first_paint)

    def _after_first_paint(self) -> None:
        from ui.widgets.focus_ring import FocusRing

        self.setWindowIcon(sign_icon())
        self._set_keys({"Ctrl+L": self.lock, "F8": self.cover})
        self._ring = FocusRing(self._app)
        self._clipboard = ClipboardGuard(self._app.clipboard())
        self._system = SystemLock()
        self._system.locked.connect(self.lock_or_cover)
        self._follow_system()
        self._app.commitDataRequest.connect(lambda _session: self._leave())
        self._background.run(self, _prepare, lambda _done: None)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is still being typed is kept first; if that fails, the window stays."""
        if not self._leave():
            event.ignore()
            return
        self._end()
        super().closeEvent(event)


def _prepare() -> None:
    """Import the room behind the door while the coach types, and clear away an old look round."""
    for name in _BEHIND_THE_DOOR:
        with contextlib.suppress(ModuleNotFoundError):
            import_module(name)
    _discard_if_sample(paths.sample_folder())


def _discard_if_sample(folder: Path) -> None:
    from caseworker_app.services import stores

    if stores.is_sample(folder):
        with contextlib.suppress(OSError):
            stores.discard_sample(folder)
