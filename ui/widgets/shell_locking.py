"""Locking: when it has to happen by itself, how it ends the process, and the clipboard after it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from PySide6.QtCore import SLOT, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence

from caseworker_app import paths

if TYPE_CHECKING:
    from PySide6.QtGui import QClipboard, QGuiApplication, QWindow

MINUTE = 60_000  # milliseconds
LOOK_EVERY = 5_000  # milliseconds
SLEPT = timedelta(seconds=60)
CLIPBOARD_SECONDS = 30

_ACTIVITY = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
}


def begin_again(folder: Path) -> NoReturn:
    """End this process, with all keys in its memory, and stand before the door again."""
    command = command_for(folder.resolve())
    if not getattr(sys, "frozen", False):
        os.chdir(paths.bundle())
    if sys.platform == "win32":
        import subprocess  # noqa: PLC0415 - costs time at the start, and is rarely needed

        subprocess.Popen(command)  # noqa: S603 - exec keeps no window there
        os._exit(0)
    os.execv(command[0], command)  # noqa: S606


def end_for_good(code: int) -> NoReturn:
    """End this process whoever is at work in it: Python would wait for them, with all keys.

    What they had half written in the store is undone when it is opened again.
    """
    os._exit(code)


def command_for(folder: Path) -> list[str]:
    """The command that opens the program with this store: from a checkout, or frozen."""
    module = [] if getattr(sys, "frozen", False) else ["-m", "caseworker_app"]
    return [sys.executable, *module, "--folder", str(folder)]


class Idle(QObject):
    """Says `due` after so many minutes without a key or a touch, and after the laptop has slept.

    Sleep shows itself as a jump of the clock: that works on every system, though only on waking.
    As it sees all keys, it also hears Ctrl+L and F8 while a sheet lies over the window.
    """

    due = Signal()
    lock_asked = Signal()
    cover_asked = Signal()

    def __init__(self, app: QGuiApplication, minutes: int, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now, self._looked = now, now()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.due)
        self.set_minutes(minutes)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY)
        self._look.timeout.connect(self.look)
        self._look.start()
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def set_minutes(self, minutes: int) -> None:
        """Wait so many minutes from now on."""
        self._timer.start(minutes * MINUTE)

    def left(self) -> int:
        """How many milliseconds are left."""
        return self._timer.remainingTime()

    def look(self) -> None:
        """Look at the clock: whoever closed the lid an hour ago is perhaps not who opens it."""
        before, self._looked = self._looked, self._now()
        if self._looked - before > SLEPT:
            self.due.emit()

    def _watch(self, window: QWindow | None) -> None:
        """All keys and touches reach a window before they reach what is in it."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to count anew with every key and touch."""
        if event.type() in _ACTIVITY:
            self._timer.start()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = QKeySequence(event.keyCombination()).toString()
            if keys in ("Ctrl+L", "F8"):
                (self.lock_asked if keys == "Ctrl+L" else self.cover_asked).emit()
                return True
        return False


class SystemLock(QObject):
    """Says `locked` when Linux locks its screen or goes to sleep. Elsewhere `Idle` has to do."""

    locked = Signal()

    _SCREEN_SAVERS = (
        "org.freedesktop.ScreenSaver",
        "org.gnome.ScreenSaver",
        "org.cinnamon.ScreenSaver",
        "org.mate.ScreenSaver",
    )
    _LOGIN = "org.freedesktop.login1"

    def __init__(self) -> None:
        super().__init__()
        if sys.platform == "linux":
            self._listen()

    def _listen(self) -> None:
        """Ask both buses. A machine without them simply never says anything."""
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - after the first paint

        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        for saver in self._SCREEN_SAVERS:
            self._hear(session, saver, "ActiveChanged", SLOT("on_change(bool)"))
        self._hear(system, f"{self._LOGIN}.Manager", "PrepareForSleep", SLOT("on_change(bool)"))
        self._hear(system, f"{self._LOGIN}.Session", "Lock", SLOT("on_lock()"))

    def _hear(self, bus: Any, interface: str, signal: str, slot: str) -> None:
        """`bus` is a QDBusConnection, which takes the slot as words whatever its stub says."""
        if bus.isConnected():
            bus.connect("", "", interface, signal, self, slot)

    @Slot(bool)
    def on_change(self, begins: bool) -> None:  # noqa: FBT001
        """The screen is locked or sleep begins; its end needs nothing."""
        if begins:
            self.locked.emit()

    @Slot()
    def on_lock(self) -> None:
        """The session asks everybody to lock."""
        self.locked.emit()


class ClipboardGuard(QObject):
    """Empties the clipboard after a while, as long as what lies in it was copied here."""

    def __init__(
        self,
        clipboard: QClipboard,
        owns: Callable[[], bool] | None = None,
        seconds: float = CLIPBOARD_SECONDS,
    ) -> None:
        super().__init__()
        self._clipboard, self._owns = clipboard, owns or clipboard.ownsClipboard
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self.empty)
        clipboard.dataChanged.connect(self._on_changed)

    def empty(self) -> None:
        """Empty it now, if what lies in it is ours."""
        if self._owns() and self._clipboard.text():
            self._clipboard.clear()

    def _on_changed(self) -> None:
        if self._owns():
            self._timer.start()
        else:
            self._timer.stop()
