"""What the journeys share: each is gone in German and in Dutch, by one coach at one laptop."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

import ui  # noqa: F401  cures None on Python 3.11 before anything else of Qt is used
from caseworker_app import i18n, paths, settings
from caseworker_app.settings import Settings
from tests.builders import NOW
from tests.journeys.coach import Coach

SitDown = Callable[..., Coach]


@pytest.fixture(params=i18n.LANGUAGES)
def spoken(request: pytest.FixtureRequest, home: Path) -> str:
    """The coach's language, remembered by the laptop."""
    assert home.is_dir()
    language = str(request.param)
    settings.save(Settings(language=language, theme="light", less_motion=True))
    i18n.use(language)
    return language


@pytest.fixture
def sit_down(qapp: QApplication, spoken: str) -> Iterator[SitDown]:
    """Opens the program on a folder; it is closed when the journey is over."""
    assert spoken in i18n.LANGUAGES
    coaches: list[Coach] = []

    def begin(folder: Path | None = None, now: Callable[[], datetime] = lambda: NOW) -> Coach:
        coaches.append(Coach(qapp, folder or paths.store_folder(), now))
        return coaches[-1]

    yield begin
    for coach in coaches:
        assert coach.program.close()
        coach.program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
