"""After a crash, a lock or a week a conversation goes on at the very same question."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caseworker_app import paths
from caseworker_app.services import stores, talks
from caseworker_app.settings import Settings
from tests.builders import NOW, PASSPHRASE, a_case, a_store, a_talk
from tests.ui.one_file import button, press, shown
from ui import theme
from ui.background import Background
from ui.context import App
from ui.main_window import MainWindow
from ui.page import Route
from ui.pages.conversation_page import ConversationPage
from ui.widgets.today_visits import GoOnCard

WEEK = timedelta(days=7)


def gone_to_a_question_and_killed(folder: Path, conversation: UUID) -> list[str]:
    """The question at which the power went, as the coach saw it."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(paths.bundle())}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.at_a_question", str(folder), str(conversation)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=paths.bundle(),
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{PASSPHRASE}\n".encode())
    process.stdin.flush()
    where = process.stdout.readline()
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        pipe.close()
    return json.loads(where)


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Path, UUID, list[str]]:
    """The folder of a store, the conversation that ran in it, and where it was."""
    folder = tmp_path / "store"
    store = a_store(folder)
    talk = a_talk(store, a_case(store, "Wim Hoekstra"))
    begun_at = [talks.open_talk(store, talk.id).section, talks.open_talk(store, talk.id).question]
    store.close()
    where = gone_to_a_question_and_killed(folder, talk.id)
    assert where != begun_at
    return folder, talk.id, where


def test_a_week_after_a_crash_it_is_offered_first_and_opens_where_it_was(
    killed: tuple[Path, UUID, list[str]], qapp, qtbot: QtBot
) -> None:
    folder, conversation, where = killed
    theme.apply(qapp, theme.Theme(motion=False))
    store = stores.unlock(folder, PASSPHRASE)
    app = App(store, Settings(), lambda: NOW + WEEK, Background())
    window = MainWindow(app)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitUntil(lambda: window.findChild(GoOnCard) is not None, timeout=5000)
    assert "Conversation begun November 23, 09:00" in shown(window.findChild(GoOnCard))
    press(qtbot, window, "Go on with the conversation")
    page = window.page
    assert isinstance(page, ConversationPage)
    assert [page._talk.section, page._talk.question] == where
    window.go(Route("case", page._talk.case))
    assert "Conversation begun November 23, 09:00" in shown(window)
    assert button(window, "Go on with the conversation").property("kind") == "primary"
    qtbot.keyClick(window.page, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.page, ConversationPage)
    assert window.page._talk.conversation.id == conversation
    window.close()
    app.background.close()
    store.close()
