"""Keeping while typing: says when typing has paused."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE = 500  # milliseconds


class TypingPause(QObject):
    """`over` comes half a second after the last `begin`.

    A `steady` one does not wait for the pause: nothing typed is older than half a second when it
    comes, however fast somebody types on. `rested` says that no key came for that long.
    """

    over = Signal()
    rested = Signal()

    def __init__(self, owner: QObject, *, steady: bool = False) -> None:
        super().__init__(owner)
        self._waits = False
        self._pause, self._oldest = _timer(self), _timer(self)
        self._pause.timeout.connect(self._rest)
        self._oldest.timeout.connect(self._keep)
        self._is_steady = steady

    def begin(self) -> None:
        """Something was typed: begin to wait anew."""
        self._waits = True
        self._pause.start()
        if self._is_steady and not self._oldest.isActive():
            self._oldest.start()

    def stop(self) -> None:
        """Nothing is left to wait for: the field is left and kept at once."""
        self._waits = False
        self._pause.stop()
        self._oldest.stop()

    def flush(self) -> None:
        """Say `over` now if something was typed since; the hand has left the field."""
        self._keep()
        if self._pause.isActive():
            self._pause.stop()
            self.rested.emit()

    def is_typing(self) -> bool:
        """Whether the last key is less than half a second ago."""
        return self._pause.isActive()

    def _rest(self) -> None:
        self._keep()
        self.rested.emit()

    def _keep(self) -> None:
        if self._waits:
            self._waits = False
            self._oldest.stop()
            self.over.emit()


def _timer(owner: QObject) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(PAUSE)
    return timer
