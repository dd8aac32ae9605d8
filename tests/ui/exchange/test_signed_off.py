"""A laptop that its organisation has signed off: what it says, and what it still hands in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app import i18n
from caseworker_app.domain.changes import Header
from caseworker_app.domain.exchange import SignedOff
from caseworker_app.services.exchange import by_network, revoked, signed_off
from caseworker_app.services.exchange.way import real_way
from caseworker_app.store import HANDOVER_NAME, SIGNED_OFF_NAME, STORE_NAME, organisations
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.changes import Batch, Sealed, pack_batch, packed_header
from caseworker_app.sync.wire.packing import pack
from caseworker_app.vault import SLOTS_NAME
from tests.builders import NOW, a_case, a_store
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.exchange.at_a_server import Town, connected, now
from tests.ui.one_file import press, shown
from ui import theme
from ui.app import is_signed_off
from ui.background import Background
from ui.pages.signed_off_page import SignedOffPage

LOOKS = [theme.Theme("light"), theme.Theme("contrast", 1.5), theme.Theme("dark", 2.0)]


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    worker = Background()
    yield worker
    worker.close()


def a_page(folder: Path, background: Background, showing: Showing) -> SignedOffPage:
    page = SignedOffPage(folder, background, lambda: NOW)
    page.resize(1280, 800)
    showing(page)
    return page


def words(page: SignedOffPage) -> str:
    return shown(page).replace("\u2068", "").replace("\u2069", "")


def as_if_cut_off(store: Store) -> None:
    """What a revoked laptop leaves behind when the network goes before it has handed in."""
    with store.reading() as reading:
        own = organisations.own(reading)
    assert own is not None
    revoked._write(store.folder, revoked._left(store, own))
    store.close()


def test_what_was_not_handed_in_is_handed_in_without_a_key(
    town: Town, tmp_path: Path, qtbot: QtBot, showing: Showing, background: Background
):
    store = a_store(tmp_path / "store")
    connected(town, store)
    by_network.run(store, now, lambda: False)
    a_case(store, "Tobias Brandt")
    town.revoke(store)
    as_if_cut_off(store)
    folder = tmp_path / "store"
    assert is_signed_off(folder)
    page = a_page(folder, background, showing)
    assert not (folder / STORE_NAME).exists()
    assert not (folder / SLOTS_NAME).exists()
    assert "1 change of yours is not handed in yet. It lies here, sealed." in words(page)
    press(qtbot, page, "Hand in now")
    qtbot.waitUntil(lambda: "has been handed in. It is not lost." in words(page), timeout=10_000)
    assert not (folder / HANDOVER_NAME).exists()
    assert is_signed_off(folder)
    wanted: list[int] = []
    page.anew.connect(lambda: wanted.append(1))
    press(qtbot, page, "Set this laptop up anew")
    assert wanted == [1]
    assert not is_signed_off(folder)


def test_without_a_network_it_stays_and_is_tried_again(
    tmp_path: Path, qtbot: QtBot, showing: Showing, background: Background
):
    one = UUID(int=3)
    header = packed_header(Header(one, one, one, one, 1, b"", 1, 1, 1))
    batch = pack(pack_batch(Batch(one, (Sealed.of(header, b"sealed"),), ((one, bytes(64)),))))
    left = revoked.Left("http://127.0.0.1:9", "lindental", UUID(int=1), UUID(int=2), (batch,))
    (tmp_path / HANDOVER_NAME).write_bytes(pack(left))
    page = a_page(tmp_path, background, showing)
    page.show_known(SignedOff("Teilhabe Lindental", "", None, 3))
    press(qtbot, page, "Hand in now")
    refused = "cannot be reached at the moment."
    qtbot.waitUntil(lambda: refused in words(page), timeout=10_000)
    assert "stays encrypted on this laptop. Please try it again later." in words(page)
    assert "by itself" not in words(page)
    assert (tmp_path / HANDOVER_NAME).exists()
    press(qtbot, page, "Set this laptop up anew")
    assert not is_signed_off(tmp_path)
    assert (tmp_path / "handover-1.kept").exists()


def test_a_file_that_cannot_be_read_is_said_once_and_comes_to_an_end(
    tmp_path: Path, qtbot: QtBot, showing: Showing, background: Background
):
    (tmp_path / HANDOVER_NAME).write_bytes(b"torn")
    assert is_signed_off(tmp_path)
    page = a_page(tmp_path, background, showing)
    assert "Some of your work could not be handed in." in words(page)
    assert is_signed_off(tmp_path)
    press(qtbot, page, "Set this laptop up anew")
    assert not is_signed_off(tmp_path)


def test_a_restored_store_is_not_touched_by_an_old_note(tmp_path: Path):
    folder = tmp_path / "store"
    store = a_store(folder)
    store.close()
    signed_off.keep_note(folder, "Teilhabe Lindental", NOW, 0)
    assert not is_signed_off(folder)
    assert signed_off.look(folder).organisation == "Teilhabe Lindental"
    signed_off.forget(folder)
    assert (folder / STORE_NAME).exists()
    assert (folder / SLOTS_NAME).exists()


def test_a_note_that_cannot_be_read_says_as_much_as_is_sure(tmp_path: Path):
    (tmp_path / SIGNED_OFF_NAME).write_bytes(b"\xff\x00 nonsense")
    assert signed_off.look(tmp_path) == SignedOff()
    assert is_signed_off(tmp_path)


def test_the_way_is_closed_again_when_nothing_is_left(tmp_path: Path):
    assert signed_off.hand_in(tmp_path, NOW) == SignedOff()
    with real_way("http://127.0.0.1:9", lambda: datetime.now(NOW.tzinfo)) as way:
        assert revoked.hand_in(tmp_path, way) == 0


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
@pytest.mark.parametrize(
    "known",
    [SignedOff(changes=3), SignedOff("Lindental", handed_in=2), SignedOff(is_kept=True)],
)
def test_everything_on_the_page_has_a_name_a_size_and_a_tab_stop(
    tmp_path: Path, showing: Showing, qtbot: QtBot, background: Background, known, language
):
    i18n.use(language)
    try:
        page = a_page(tmp_path, background, showing)
        page.show_known(known)
        qtbot.waitUntil(lambda: problems(page) == [], timeout=2000)
    finally:
        i18n.use("en")
