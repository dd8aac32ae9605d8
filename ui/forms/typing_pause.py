"""Keeping while typing: says when typing has paused."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE = 500  # milliseconds


class TypingPause(QObject):
    """`over` comes half a second after the last `begin`."""

    over = Signal()

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.over)

    def begin(self) -> None:
        """Something was typed: begin to wait anew."""
        self._timer.start()

    def stop(self) -> None:
        """Nothing is left to wait for: the field is left and kept at once."""
        self._timer.stop()
