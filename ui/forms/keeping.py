"""Keeping what is typed: at once, and when the disk refuses, again and again until it does not.

As long as something waits, everything new waits behind it and is tried in the worker, so that a
busy store never holds up the typing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from caseworker_app.errors import CaseworkerError
from ui.background import Background

AGAIN = 3000  # milliseconds

Work = Callable[[], Any]
Then = Callable[[Any], object]


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """Something to keep, and what to do with the result on the Qt thread."""

    work: Work
    then: Then


class Keeping(QObject):
    """Keeps one piece after the other. Of two pieces with one name only the newer one counts."""

    kept = Signal()
    troubled = Signal(object)

    def __init__(self, background: Background, parent: QObject, *, again: int = AGAIN) -> None:
        super().__init__(parent)
        self._background = background
        self._waiting: dict[str, _Piece] = {}
        self._is_trying = False
        self._again = QTimer(self)
        self._again.setInterval(again)
        self._again.timeout.connect(self._try_in_worker)

    def keep(self, name: str, work: Work, then: Then = lambda _result: None) -> bool:
        """Do `work`, a call to a service, and then `then`. False when it has to wait."""
        piece = _Piece(work, then)
        if self._waiting:
            self._waiting[name] = piece
            self._try_in_worker()
            return False
        self._waiting[name] = piece
        return self.settle()

    def is_waiting(self) -> bool:
        """Whether something is not on the disk yet."""
        return bool(self._waiting)

    def settle(self) -> bool:
        """Try everything that waits, here and now; True when nothing waits any more."""
        if self._is_trying:
            return False
        while self._waiting:
            name, piece = next(iter(self._waiting.items()))
            try:
                result = piece.work()
            except CaseworkerError as error:
                self._trouble(error)
                return False
            self._finish(name, piece, result)
        return True

    def _try_in_worker(self) -> None:
        if self._is_trying or not self._waiting:
            return
        self._is_trying = True
        name, piece = next(iter(self._waiting.items()))
        self._background.run(
            self, piece.work, lambda result: self._on_done(name, piece, result), self._on_failed
        )

    def _on_done(self, name: str, piece: _Piece, result: object) -> None:
        self._is_trying = False
        self._finish(name, piece, result)
        self._try_in_worker()

    def _on_failed(self, error: CaseworkerError) -> None:
        self._is_trying = False
        self._trouble(error)

    def _finish(self, name: str, piece: _Piece, result: object) -> None:
        if self._waiting.get(name) is piece:
            del self._waiting[name]
        piece.then(result)
        if not self._waiting:
            self._again.stop()
            self.kept.emit()

    def _trouble(self, error: CaseworkerError) -> None:
        self._again.start()
        self.troubled.emit(error)
