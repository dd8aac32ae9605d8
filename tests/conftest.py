"""What every test may count on: no screen, a home of its own, and English on the screen."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

from pathlib import Path

import pytest

from caseworker_app import i18n, paths


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands for this coach's laptop; nothing of a test leaves it."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv(paths.HOME_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def language(request: pytest.FixtureRequest) -> str:
    """The language of the screen: English, or what `indirect` parametrisation asks for."""
    chosen = getattr(request, "param", "en")
    i18n.use(chosen)
    return chosen
