"""Words of what was fetched come into the index later, and no search ever lacks them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

import pytest

from caseworker_app.domain.goals import Goal
from caseworker_app.services import checking, find, goals, removing, stores
from caseworker_app.store import erasing, lists, log, projection, receiving
from caseworker_app.store.connection import transaction
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.changes import Batch
from tests.builders import NOW, PASSPHRASE, a_case, a_store
from tests.store.test_exchange import do_something, entries, introduce, lived_apart, share


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """A laptop on which somebody writes, and one that fetches."""
    made = a_store(tmp_path / "one"), a_store(tmp_path / "two")
    introduce(made[1], made[0])
    introduce(made[0], made[1])
    yield made
    for store in made:
        store.close()


def fetch(store: Store, other: Store, case: UUID) -> None:
    """All that the other laptop has of a case, as one page."""
    found = entries(other, case)
    signatures = {entry.header.device: entry.signature for entry in found}
    changes = tuple(log.sealed_of(entry) for entry in found)
    with store.changing(NOW) as changing:
        batch = Batch(case, changes, tuple(signatures.items()))
        receiving.take_in(changing, batch, lambda _header: True)


def waits(store: Store) -> bool:
    with store.reading() as reading:
        return lists.words_wait(reading)


def written(one: Store, two: Store, goals_written: int = 3) -> tuple[UUID, list[Goal]]:
    case = a_case(one)
    share(case, one, two)
    made = [goals.add_goal(one, case, f"Schmetterling {n}", "", NOW) for n in range(goals_written)]
    fetch(two, one, case)
    return case, made


def values(store: Store, typed: str) -> set[UUID]:
    return {hit.value for hit in find.words(store, typed)}


def test_a_search_takes_in_what_waits(two: tuple[Store, Store]) -> None:
    _, made = written(*two)
    assert waits(two[1])
    assert checking.check_open(two[1]).clean
    assert values(two[1], "schmetter") == {goal.id for goal in made}
    assert not waits(two[1])
    assert checking.check_open(two[1]).clean


def test_it_is_done_in_portions_and_can_be_stopped(two: tuple[Store, Store]) -> None:
    _, made = written(*two)
    assert two[1].index_words(2)
    assert waits(two[1])
    find.take_in_words(two[1], lambda: True)
    assert waits(two[1])
    find.take_in_words(two[1])
    assert not waits(two[1])
    assert values(two[1], "schmetter") == {goal.id for goal in made}


def test_a_laptop_that_was_switched_off_meanwhile_finds_the_words(
    two: tuple[Store, Store], tmp_path: Path
) -> None:
    _, made = written(*two)
    two[1].close()
    again = stores.unlock(tmp_path / "two", PASSPHRASE)
    assert values(again, "schmetter") == {goal.id for goal in made}
    again.close()


def test_what_is_written_or_removed_here_before_its_words_came_is_right(
    two: tuple[Store, Store],
) -> None:
    _, (first, second, third) = written(*two)
    goals.save_goal(two[1], replace(first, words="Ameise"), first, NOW)
    removing.remove(two[1], second, NOW)
    assert values(two[1], "schmetter") == {third.id}
    assert values(two[1], "ameise") == {first.id}
    assert checking.check_open(two[1]).clean


def test_an_erased_case_waits_for_nothing(two: tuple[Store, Store]) -> None:
    case, _ = written(*two)
    with two[1].changing(NOW) as changing:
        erasing.erase(changing, case)
    assert not waits(two[1])
    assert values(two[1], "schmetter") == set()


def test_the_check_finds_a_word_that_is_lost(two: tuple[Store, Store]) -> None:
    written(*two)
    with transaction(two[1]._engine, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql("DELETE FROM unindexed WHERE number = 2")
    assert not checking.check_open(two[1]).clean


@pytest.mark.parametrize("seed", range(6))
def test_a_page_makes_the_rows_that_change_by_change_would(
    two: tuple[Store, Store], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    case = a_case(two[0])
    share(case, *two)
    lived_apart(*two, case, chance)
    for _ in range(30):
        do_something(two[0], case, chance, [])
    third = a_store(tmp_path / "three")
    for one in two:
        introduce(third, one)
    share(case, two[0], third)
    fetch(third, two[0], case)
    assert checking.check_open(third).clean  # it makes the tables anew, change by change
    rows = [_goals(store, case) for store in (two[0], third)]
    third.close()
    assert rows[0] == rows[1]


def _goals(store: Store, case: UUID) -> list[tuple[object, ...]]:
    columns = ", ".join(projection.COLUMNS["goal"])
    with store.reading() as reading:
        found = reading.connection.exec_driver_sql(
            f"SELECT id, _state, _disputed, {columns} FROM goal WHERE case_id = ? ORDER BY id",
            (case.bytes,),
        )
        return [tuple(row) for row in found]


def test_who_waits_to_write_comes_before_the_next_page(two: tuple[Store, Store]) -> None:
    store, order = two[0], list[str]()
    asked = Event()

    def save() -> None:
        asked.set()
        with store.changing(NOW + timedelta(seconds=1)):
            order.append("a save")

    saving = Thread(target=save)
    with store.changing(NOW):
        saving.start()
        asked.wait()
        while not store._turns._next.locked():
            pass
    with store.changing(NOW):
        order.append("the next page")
    saving.join()
    assert order == ["a save", "the next page"]
