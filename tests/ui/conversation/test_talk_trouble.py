"""When the disk refuses: the text stays, and everything is kept as soon as there is room."""

from __future__ import annotations

from PySide6.QtCore import Qt

from caseworker_app.errors import StoreInUse
from caseworker_app.store.store import Store
from tests.ui.conversation.talking import composer, kept, texts_in
from ui.forms.keeping import Keeping
from ui.widgets.boxes import Banner


def disk(store: Store, pages: int) -> None:
    with store.reading() as reading:
        reading.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_on_a_full_disk_the_text_stays_and_is_kept_as_soon_as_there_is_room(app, page, talk, qtbot):
    words = "I want to work with my hands. " * 3000
    page._held.keeping._again.setInterval(50)
    disk(app.store, 1)
    app.background.run(page, lambda: disk(app.store, 1), lambda _none: None)
    composer(page).insertPlainText(words)
    qtbot.waitUntil(lambda: bool(page.findChildren(Banner)), timeout=3000)
    banner = page.findChild(Banner)
    assert "Saving is not possible: the disk is full." in texts_in(banner)
    qtbot.keyClick(composer(page), Qt.Key.Key_Return)
    assert composer(page).toPlainText() == words
    assert not page.leave()
    app.background.run(page, lambda: disk(app.store, 1_000_000), lambda _none: None)
    disk(app.store, 1_000_000)
    qtbot.waitUntil(lambda: len(kept(app, talk).said("monday")) == 1, timeout=5000)
    qtbot.waitUntil(lambda: composer(page).toPlainText() == "")
    assert kept(app, talk).said("monday")[0].words == words
    qtbot.waitUntil(lambda: not [one for one in page.findChildren(Banner) if one.isVisible()])
    assert page.leave()


def test_on_a_full_disk_the_screen_is_not_turned(app, page, qtbot):
    turned = []
    page.turned.connect(turned.append)
    disk(app.store, 1)
    composer(page).insertPlainText("Words that need room. " * 3000)
    qtbot.keyClick(page, Qt.Key.Key_F9)
    assert turned == []
    disk(app.store, 1_000_000)
    qtbot.keyClick(page, Qt.Key.Key_F9)
    assert len(turned) == 1


def test_only_the_newest_of_what_waits_under_one_name_is_kept(app, page, qtbot):
    busy, done = [True], []

    def work(value: int) -> None:
        if busy[0]:
            raise StoreInUse
        done.append(value)

    keeping = Keeping(app.background, page, again=20)
    assert not keeping.keep("words", lambda: work(1))
    assert not keeping.keep("words", lambda: work(2))
    assert not keeping.keep("rating", lambda: work(3))
    busy[0] = False
    with qtbot.waitSignal(keeping.kept):
        pass
    assert done == [2, 3]
    assert not keeping.is_waiting()
