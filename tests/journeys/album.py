"""Pictures of a journey, to be looked at: build/journeys/<journey>/01-what.png and so on."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

SETTLED = 30
"""Milliseconds until everything has its place."""

FOLDER = Path(__file__).parents[2] / "build" / "journeys"


class Album:
    """Takes pictures of one window, each with what lies over it."""

    def __init__(self, name: str, window: QWidget) -> None:
        self._folder, self._window = FOLDER / name, window
        self._count = 0
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)

    def shoot(self, what: str) -> None:
        QTest.qWait(SETTLED)
        picture = self._window.grab()
        over = QApplication.activeModalWidget()
        if over is not None:
            place = self._window.rect().center() - over.rect().center()
            painter = QPainter(picture)
            painter.drawRect(QRect(place, over.size()).adjusted(-1, -1, 0, 0))
            painter.drawPixmap(place, over.grab())
            painter.end()
        self._count += 1
        picture.save(str(self._folder / f"{self._count:02d}-{what}.png"), quality=60)

    def __len__(self) -> int:
        return self._count
