"""A program that ships with one small guide, a store, and conversations opened from it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app import paths
from caseworker_app.settings import Settings
from tests.builders import NOW, a_store
from tests.ui.conversation.talking import begun, kitchen
from ui.background import Background
from ui.context import App
from ui.pages.conversation_page import ConversationPage

Opened = Callable[..., ConversationPage]


@pytest.fixture(autouse=True)
def kitchen_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program as if it were shipped with one small guide that has every kind of question."""
    shipped = tmp_path / "shipped"
    folder = shipped / "resources" / "guides" / "kitchen"
    folder.mkdir(parents=True)
    for one in paths.resources().iterdir():
        if one.name != "guides":
            (shipped / "resources" / one.name).symlink_to(one)
    (folder / "1.toml").write_text(kitchen(), "utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(shipped), raising=False)
    return folder


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication) -> Iterator[App]:
    background = Background()
    yield App(a_store(tmp_path / "store"), Settings(), lambda: NOW, background)
    background.close()


@pytest.fixture
def talk(app: App) -> UUID:
    """A conversation with Tobias that has just begun."""
    return begun(app.store, "Tobias Brandt")


@pytest.fixture
def opened(app: App, qtbot: QtBot, showing) -> Opened:
    def open_page(conversation: UUID, width=1280, height=800) -> ConversationPage:
        page = ConversationPage(app, conversation)
        page.resize(width, height)
        return showing(page)

    return open_page


@pytest.fixture
def page(opened: Opened, talk: UUID) -> ConversationPage:
    return opened(talk)
