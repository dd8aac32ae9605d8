"""Programs of different ages at one table: nothing is lost, whoever is older."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest

from caseworker_app.domain.changes import Edit
from caseworker_app.domain.goals import Goal, GoalStatus
from caseworker_app.domain.sharing import Role
from caseworker_app.services import checking, goals, papers, stores
from caseworker_app.services.exchange import sharing
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.store import log, projection, tables
from caseworker_app.store.connection import engine_for, transaction
from caseworker_app.sync.link import Answer, Transport
from caseworker_app.sync.refusals import TooOld
from caseworker_app.sync.wire.messages import PROTOCOL_HEADER
from caseworker_app.vault import slots
from tests.builders import NOW, PASSPHRASE, a_case, a_store
from tests.store.test_exchange import seen_in
from tests.sync.newer_program import write_as_newer
from tests.sync.office_and_laptops import Team
from tests.sync.test_documents_in_rounds import a_paper
from tests.sync.test_going_back import reopened
from tests.sync.test_rounds import shared, words


@dataclass
class Speaking:
    """A way on which a laptop says that it speaks another protocol."""

    way: Transport
    protocol: int

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        return self.way.send(method, path, body, {**headers, PROTOCOL_HEADER: str(self.protocol)})


def test_what_a_newer_program_writes_is_kept_and_handed_on(team: Team) -> None:
    ine, tom, case = shared(team)
    goal = goals.add_goal(ine.store, case, "Fahrrad", "", NOW)
    ine.exchange()
    tom.exchange()
    newer = [
        Edit("goal", goal.id, "status", "halfway", ()),
        Edit("goal", goal.id, "colour_of_tomorrow", "blue"),
        Edit("goal", goal.id, "sign", ["a", "list"]),
        Edit("horoscope", uuid4(), "sign", "lion"),
    ]
    write_as_newer(ine.store, case, newer, NOW)
    ine.exchange()
    tom.exchange()
    shown = goals.cards(tom.store, case)[0].goal
    assert (shown.words, shown.status, shown.sign) == ("Fahrrad", GoalStatus.OPEN, "")
    goals.save_goal(tom.store, replace(shown, words="Fahrrad fahren"), shown, NOW)
    tom.exchange()
    ine.exchange()
    with tom.store.reading() as reading:
        state, _ = projection.load(reading.connection, Goal, goal.id, case)
    kept = state.shown()
    assert (kept["status"], kept["colour_of_tomorrow"]) == ("halfway", "blue")
    assert kept["sign"] == ["a", "list"]
    assert seen_in(ine.store, case) == seen_in(tom.store, case)
    for one in (ine, tom):
        assert checking.check_open(one.store).findings == []


@pytest.mark.parametrize("protocol", [1, 2, 3])
def test_a_newer_program_exchanges_with_an_older_server(team: Team, protocol: int) -> None:
    ine = team.coach("Ine Voorbeeld")
    newer = replace(ine, way=replace(ine.way, transport=Speaking(ine.way.transport, protocol)))
    a_case(ine.store)
    newer.exchange()
    assert exchange_view.view(ine.store).changes_waiting == 0


def test_a_program_that_is_too_old_still_hands_over_its_work(team: Team) -> None:
    ine, tom, case = shared(team)
    older = replace(ine, way=replace(ine.way, transport=Speaking(ine.way.transport, 0)))
    goals.add_goal(ine.store, case, "noch übergeben", "", NOW)
    with pytest.raises(TooOld):
        older.exchange()
    view = exchange_view.view(ine.store)
    assert (view.changes_waiting, view.update_needed) == (0, True)
    tom.exchange()
    assert words(tom, case) == ["noch übergeben"]


def test_a_program_that_is_too_old_hands_in_what_it_thinks_nobody_asked_for(team: Team) -> None:
    """It hears of no other role any more: somebody who only read may write by now."""
    ine, tom, case = shared(team)
    sharing.change_role(ine.store, case, tom.colleague, Role.READS, NOW)
    ine.exchange()
    tom.exchange()
    sharing.change_role(ine.store, case, tom.colleague, Role.WRITES, NOW)
    ine.exchange()
    goals.add_goal(tom.store, case, "trotzdem", "", NOW)
    older = replace(tom, way=replace(tom.way, transport=Speaking(tom.way.transport, 0)))
    with pytest.raises(TooOld):
        older.exchange()
    ine.exchange()
    assert words(ine, case) == ["trotzdem"]


def test_a_program_that_is_too_old_hands_over_its_papers_first(team: Team, tmp_path: Path) -> None:
    """Else all that was written behind a paper would wait for ever."""
    ine, tom, case = shared(team)
    older = replace(ine, way=replace(ine.way, transport=Speaking(ine.way.transport, 0)))
    document = a_paper(ine, case, tmp_path)
    goals.add_goal(ine.store, case, "hinter dem Brief", "", NOW)
    with pytest.raises(TooOld):
        older.exchange()
    assert exchange_view.view(ine.store).changes_waiting == 0
    tom.exchange()
    assert words(tom, case) == ["hinter dem Brief"]
    assert papers.content(tom.store, document) == (tmp_path / "in.bin").read_bytes()


def test_a_store_from_before_the_exchange_gets_its_tables_when_it_is_opened(
    tmp_path: Path,
) -> None:
    store = a_store(tmp_path / "store")
    case = a_case(store)
    goals.add_goal(store, case, "Fahrrad", "", NOW)
    store.close()
    put_back_to(2, tmp_path / "store")
    again = stores.unlock(tmp_path / "store", PASSPHRASE)
    assert [card.goal.words for card in goals.cards(again, case)] == ["Fahrrad"]
    assert checking.check_open(again).findings == []
    assert exchange_view.view(again).changes_waiting == 0


def test_what_waited_in_a_store_of_version_3_waits_and_nothing_else(team: Team) -> None:
    ine, _tom, case = shared(team)
    goals.add_goal(ine.store, case, "noch hier", "", NOW)
    before = exchange_view.view(ine.store).changes_waiting
    ine.store.close()
    put_back_to(3, ine.store.folder)
    again = reopened(ine)
    assert exchange_view.view(again.store).changes_waiting == before == 1
    assert checking.check_open(again.store).findings == []


def put_back_to(version: int, folder: Path) -> None:
    """Take away what came with later versions: what is left is a store as that one made it."""
    engine = engine_for(folder / "store.db", slots.unlock(folder, PASSPHRASE).raw)
    with transaction(engine, "BEGIN IMMEDIATE") as connection:
        run = connection.exec_driver_sql
        run("ALTER TABLE change ADD COLUMN seq INTEGER")
        run(f"UPDATE change SET seq = 1 WHERE {log.CONFIRMED}")
        run("CREATE INDEX change_unsent ON change (case_id, device, sequence) WHERE seq IS NULL")
        run("DROP TABLE waiting")
        listed = tables.EXCHANGE if version < 3 else ()
        for statement in sorted(listed, key=lambda made: "INDEX" not in made):
            words = statement.split()
            if words[0] == "ALTER":
                run(f"ALTER TABLE {words[2]} DROP COLUMN {words[5]}")
            else:
                run(f"DROP {words[1]} IF EXISTS {words[2]}")
        run(f"PRAGMA user_version = {version}")
    engine.dispose()
