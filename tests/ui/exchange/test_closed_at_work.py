"""A window that closes takes its process with it, whatever the central store does meanwhile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app import paths, settings
from caseworker_app.domain.people import ContactNote
from caseworker_app.services import checking, stores
from caseworker_app.services.exchange.connecting import SERVER
from caseworker_app.settings import Settings
from caseworker_app.store.remembered import remember
from tests.builders import NOW, PASSPHRASE, a_case, a_store
from tests.sync.dripping import drips, head, server
from tests.ui.exchange.at_a_server import Town, connected
from tests.ui.exchange.closed_at_work import CLOSING, WORDS
from ui.background import PATIENCE

ROOT = Path(__file__).resolve().parents[3]
SOON = PATIENCE + 5


@pytest.mark.parametrize("how", ["listens", "deaf"])
def test_a_window_that_closes_in_the_middle_of_a_round_ends_its_process(
    town: Town, how: str
) -> None:
    settings.save(Settings(language="en", theme="light", less_motion=True))
    folder = paths.store_folder()
    store = a_store(folder)
    case = a_case(store)
    connected(town, store)
    with server(drips(head(4_000_000))) as address:
        with store.changing(NOW) as changing:
            remember(changing, SERVER, address)
        store.close()
        command = [sys.executable, "-m", "tests.ui.exchange.closed_at_work", str(folder), str(case)]
        with subprocess.Popen([*command, how], cwd=ROOT, stdout=subprocess.PIPE) as program:
            try:
                assert program.stdout is not None
                assert program.stdout.readline().decode().strip() == CLOSING
                assert program.wait(timeout=SOON) == 0
            finally:
                program.kill()
    opened = stores.unlock(folder, PASSPHRASE)
    with opened.reading() as reading:
        assert [note.words for note in reading.all(ContactNote)] == [WORDS]
    assert checking.check_open(opened).findings == []
    opened.close()
