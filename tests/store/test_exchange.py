"""Two laptops that hand each other their changes see the same in the end, whatever the order."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from caseworker_app.domain.changes import Edit, Header
from caseworker_app.domain.goals import Goal
from caseworker_app.domain.kinds import KINDS
from caseworker_app.services import checking, find, goals, removing
from caseworker_app.store import log, projection, receiving, tables
from caseworker_app.store.connection import transaction
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.changes import Batch, packed_header
from tests.builders import NOW, a_case, a_store

WORDS = ("Ich will raus", "Fahrrad", "Ruhe", "die Schwester anrufen")


def introduce(one: Store, other: Store) -> None:
    """`one` learns which key `other` signs with."""
    public = other.keys.public
    with transaction(one._engine, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql(
            "INSERT INTO device (id, signing, receiving) VALUES (?, ?, ?)",
            (public.id.bytes, public.signing, public.receiving),
        )


def share(case: UUID, giver: Store, taker: Store) -> None:
    """The key of a case, wrapped anew for the other laptop."""
    with giver.reading() as reading:
        epoch, wrapped = reading.wrapped_key(case)
    theirs = giver.keys.wrap_for(taker.keys.public.receiving, case, epoch, wrapped)
    with transaction(taker._engine, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql(
            "INSERT INTO case_key (case_id, epoch, wrapped) VALUES (?, ?, ?)",
            (case.bytes, epoch, theirs),
        )


def entries(store: Store, case: UUID) -> list[log.Entry]:
    with store.reading() as reading:
        return list(log.entries(reading.connection, case))


def take_in(store: Store, entry: log.Entry) -> bool:
    header = entry.header
    batch = Batch(header.case, (log.sealed_of(entry),), ((header.device, entry.signature),))
    with store.changing(NOW) as changing:
        return bool(receiving.take_in(changing, batch, lambda _header: True).new)


def with_header(entry: log.Entry, **other: object) -> log.Entry:
    """The entry with something else in its header, and everything that follows from that."""
    header = replace(entry.header, **other)
    return replace(entry, header=header, header_bytes=packed_header(header))


def take_in_all(store: Store, found: Iterable[log.Entry]) -> None:
    for entry in found:
        take_in(store, entry)


def interleaved(found: list[log.Entry], chance: random.Random) -> Iterator[log.Entry]:
    """Some order in which each device's own changes keep theirs; some come twice."""
    chains: dict[UUID, list[log.Entry]] = {}
    for entry in found:
        chains.setdefault(entry.header.device, []).append(entry)
    waiting = [chain for chain in chains.values() if chain]
    while waiting:
        chain = chance.choice(waiting)
        yield chain[0]
        if chance.random() < 0.8:
            chain.pop(0)
        waiting = [chain for chain in waiting if chain]


def seen_in(store: Store, case: UUID) -> object:
    """All that people can see of a case: every row, what is in dispute, what is found."""
    rows = {}
    with store.reading() as reading:
        for kind in KINDS:
            columns = ", ".join(projection.COLUMNS[kind])
            rows[kind] = sorted(
                map(
                    tuple,
                    reading.connection.exec_driver_sql(
                        f"SELECT id, _disputed, {columns} FROM {kind} WHERE case_id = ?",
                        (case.bytes,),
                    ),
                ),
                key=lambda row: row[0],
            )
    hits = {word: {hit.value for hit in find.words(store, word)} for word in ("ich", "fah", "ruhe")}
    return rows, hits


def all_goals(store: Store, case: UUID) -> list[Goal]:
    with store.reading() as reading:
        return reading.all(Goal, case=case, removed=True)


def do_something(store: Store, case: UUID, chance: random.Random, shown: list[Goal]) -> None:
    """One thing a coach may do, sometimes on a page that shows what was there a while ago."""
    now = NOW + timedelta(seconds=chance.randint(-3, 3))
    here = all_goals(store, case)
    if not here or chance.random() < 0.2:
        goals.add_goal(store, case, chance.choice(WORDS), "", now)
        return
    goal = chance.choice(here)
    deed = chance.random()
    if deed < 0.2:
        removing.remove(store, goal, now)
    elif deed < 0.35:
        removing.restore(store, goal, now)
    else:
        seen = next((old for old in shown if old.id == goal.id), goal)
        goals.save_goal(store, replace(seen, words=chance.choice(WORDS)), seen, now)


def lived_apart(one: Store, two: Store, case: UUID, chance: random.Random) -> list[log.Entry]:
    """Two coaches work on a case and meet now and then; all that they wrote, in no real order."""
    shown: list[Goal] = []
    for _deed in range(40):
        store, other = chance.choice(((one, two), (two, one)))
        if chance.random() < 0.2:
            shown = all_goals(store, case)
        if chance.random() < 0.15:
            take_in_all(store, entries(other, case))
        do_something(store, case, chance, shown)
    both = {e.header.change: e for store in (one, two) for e in entries(store, case)}
    return sorted(both.values(), key=lambda e: (e.header.device, e.header.sequence))


@pytest.fixture
def laptops(tmp_path: Path) -> tuple[Store, Store, Store]:
    """Three laptops that know each other."""
    stores = tuple(a_store(tmp_path / name) for name in ("one", "two", "three"))
    for store in stores:
        for other in stores:
            if store is not other:
                introduce(store, other)
    return stores


@pytest.mark.parametrize("seed", range(4))
def test_laptops_that_have_the_same_changes_show_the_same(
    laptops: tuple[Store, Store, Store], seed: int
) -> None:
    chance = random.Random(seed)
    one = laptops[0]
    for _case in range(4):
        case = a_case(one)
        for other in laptops[1:]:
            share(case, one, other)
        take_in_all(laptops[1], entries(one, case))
        written = lived_apart(laptops[0], laptops[1], case, chance)
        for store in laptops:
            take_in_all(store, interleaved(written, chance))
            assert len(entries(store, case)) == len(written)
            assert seen_in(store, case) == seen_in(one, case)
    for store in laptops:
        assert checking.check_open(store).findings == []


def test_a_clock_never_goes_back_after_older_changes_came_in(
    laptops: tuple[Store, Store, Store],
) -> None:
    one, two, _ = laptops
    case = a_case(one)
    share(case, one, two)
    take_in_all(two, entries(one, case))
    goals.add_goal(two, case, "late", "", NOW - timedelta(hours=1))
    goals.add_goal(one, case, "early", "", NOW + timedelta(days=3))
    take_in_all(one, entries(two, case))
    goals.add_goal(one, case, "with a clock that was set back", "", NOW)
    own = [e.header.clock for e in entries(one, case) if e.header.device == one.keys.device_id]
    assert own == sorted(own)


def test_both_remove_the_same_goal_unseen_by_each_other_and_it_is_gone(
    laptops: tuple[Store, Store, Store],
) -> None:
    one, two, _ = laptops
    case = a_case(one)
    goal = goals.add_goal(one, case, "Ziel", "", NOW)
    share(case, one, two)
    take_in_all(two, entries(one, case))
    for store in (one, two):
        removing.remove(store, goal, NOW)
    take_in_all(one, entries(two, case))
    assert goals.cards(one, case) == ()
    with one.reading() as reading:
        assert reading.disputed(Goal, case) == []


def test_what_is_not_whole_not_signed_or_not_next_is_not_taken_in(
    laptops: tuple[Store, Store, Store],
) -> None:
    one, two, three = laptops
    case = a_case(one)
    goals.add_goal(one, case, "Ziel", "", NOW)
    share(case, one, two)
    first, second = entries(one, case)
    assert first.sealed is not None
    spoilt = [
        second,  # the one before it is missing
        replace(first, signature=bytes(64)),
        replace(first, sealed=first.sealed[:-1] + b"\x00"),
        with_header(first, case=uuid4()),
        with_header(first, device=three.keys.device_id),
        with_header(first, clock=first.header.clock + 1),
        replace(first, header_bytes=first.header_bytes[:-1]),
    ]
    for entry in spoilt:
        with pytest.raises(receiving.NotTaken):
            take_in(two, entry)
    assert entries(two, case) == []
    assert take_in(two, first)
    assert not take_in(two, first)


def test_the_change_of_an_unknown_device_is_not_taken_in(tmp_path: Path) -> None:
    one, stranger = a_store(tmp_path / "one"), a_store(tmp_path / "stranger")
    case = a_case(stranger)
    with pytest.raises(receiving.NotTaken):
        take_in(one, entries(stranger, case)[0])


def test_a_change_in_one_case_cannot_write_into_another(
    laptops: tuple[Store, Store, Store],
) -> None:
    one, *_ = laptops
    mine, theirs = a_case(one, "A B"), a_case(one, "C D")
    goal = goals.add_goal(one, mine, "Mein Ziel", "", NOW)
    keys = one.keys
    with transaction(one._engine, "BEGIN IMMEDIATE") as connection:
        sequence, previous, clock = log.tail(connection, theirs, keys.device_id)
        header = Header(
            one.id, theirs, uuid4(), keys.device_id, sequence + 1, previous,
            clock + 1, tables.SCHEMA, 1,
        )  # fmt: skip
        bases = tuple(e.header.change for e in log.entries(connection, mine))
        edits = (Edit("goal", goal.id, "words", "ein fremdes Ziel", bases),)
        wrapped = log.wrapped_keys(connection, theirs)
        entry = log.append(connection, keys, header, wrapped[theirs, 1], edits)
        projection.apply(connection, [log.opened(keys, entry, wrapped)])
    assert [card.goal.words for card in goals.cards(one, mine)] == ["Mein Ziel"]
    assert find.words(one, "fremdes") == []
    assert checking.check_open(one).findings == []
