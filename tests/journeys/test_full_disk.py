"""The disk fills up in mid-conversation: nothing acknowledged and nothing typed is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app.services import talks
from caseworker_app.settings import Settings
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case, a_store, a_talk
from tests.faults import full_disk
from ui import theme
from ui.background import Background
from ui.context import App
from ui.forms.composer import Words
from ui.pages.conversation_page import ConversationPage
from ui.widgets.boxes import Banner

CTRL = Qt.KeyboardModifier.ControlModifier
LONG = "I want to work with my hands. " * 3000


def room_for(store: Store, pages: int) -> None:
    """As many pages as the file may have, in this thread."""
    with store.reading() as reading:
        reading.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def give_room(app: App, page: ConversationPage, pages: int) -> None:
    app.background.run(page, lambda: room_for(app.store, pages), lambda _done: None)
    room_for(app.store, pages)


def test_words_that_wait_for_room_are_still_there_on_coming_back(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, theme.Theme(motion=False))
    store = a_store(tmp_path / "store")
    talk = a_talk(store, a_case(store))
    app = App(store, Settings(), lambda: NOW, Background())
    page = ConversationPage(app, talk.id)
    page._held.keeping._again.setInterval(50)
    qtbot.addWidget(page)
    page.show()
    composer = page.findChild(Words)
    assert composer is not None
    first = page._talk.question

    give_room(app, page, 1)
    composer.insertPlainText(LONG)
    qtbot.waitUntil(lambda: bool(page.findChildren(Banner)), timeout=3000)
    qtbot.keyClick(composer, Qt.Key.Key_PageDown, CTRL)
    second = page._talk.question
    assert second != first
    composer.insertPlainText("Later.")
    qtbot.keyClick(composer, Qt.Key.Key_PageUp, CTRL)
    assert page._talk.question == first
    assert composer.toPlainText() == LONG
    composer.insertPlainText("And outside.")
    qtbot.keyClick(composer, Qt.Key.Key_PageDown, CTRL)
    assert composer.toPlainText() == "Later."
    assert not page.leave()

    give_room(app, page, 1_000_000)
    qtbot.waitUntil(lambda: not page._held.keeping.is_waiting(), timeout=5000)
    assert page.leave()
    kept = talks.open_talk(store, talk.id)
    drafts = {one.question: one.words for one in kept.statements}
    assert drafts == {first: f"{LONG}And outside.", second: "Later."}
    app.background.close()
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_nothing_acknowledged_is_lost_when_files_may_not_grow(tmp_path: Path) -> None:
    outcome = full_disk.limited_in_a_child(6, tmp_path / "store")
    assert outcome.refused == outcome.rounds == 6
    assert outcome.acknowledged > 6
    assert outcome.missing == []
    assert outcome.not_clean == []


@pytest.mark.skipif(not full_disk.can_make_a_disk(), reason="only root may make a small disk")
def test_a_full_disk_is_told_as_one_and_goes_on_when_there_is_room() -> None:
    outcome = full_disk.fill_at_every_write(6)
    assert outcome.refused == outcome.rounds == 6
    assert outcome.missing == []
    assert outcome.not_clean == []
    assert outcome.told_otherwise == []
