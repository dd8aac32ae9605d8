"""What somebody can do who has the central store: nothing that is not noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from caseworker_app.domain.sharing import Role
from caseworker_app.services.exchange import directories, noticed, records
from caseworker_app.services.exchange.view import view
from caseworker_app.store import log, members, organisations
from caseworker_app.store.remembered import recall
from caseworker_app.sync.link import Answer
from caseworker_app.sync.refusals import Withheld
from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import pack_batch, unpack_batch
from caseworker_app.sync.wire.directory import ESCROW, SignedDirectory
from caseworker_app.sync.wire.packing import pack, unpack
from tests.sync.simulation import ledger, malice, properties
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.network import Request
from tests.sync.simulation.world import World, a_world

NOT_SIGNED = "not-believed"


@pytest.fixture
def world() -> Iterator[World]:
    """Ada leads a case, Ben writes in it, Cem's laptop is new; all is quiet."""
    with a_world(666_000) as made:
        made.handed_out = watched(made)
        for _ in range(2):
            made.new_laptop(made.new_user(), timedelta(0))
        made.publish()
        ada, ben = made.laptops
        everybody(made)
        made.new_case(ada)
        made.wish(ada, made.cases[0], ben.user, Role.WRITES)
        for _ in range(3):
            everybody(made)
        yield made


def everybody(world: World) -> list[str]:
    return [world.exchange(laptop) for laptop in world.laptops]


def watched(world: World) -> list[m.WrappedKey]:
    """All keys that laptops hand to the central store from now on."""
    found: list[m.WrappedKey] = []
    deliver = world.network.deliver

    def seen(request: Request) -> Answer:
        if request.method == "PUT" and request.path.endswith("/members"):
            found.extend(unpack(m.PutMembers, request.body).keys)
        return deliver(request)

    world.network.deliver = seen  # type: ignore[method-assign]
    return found


def keys_for_strangers(world: World) -> list[m.WrappedKey]:
    """Keys that were handed to a device which the office never signed, or wrapped for another."""
    listed = {one.id: one.receiving for one in world.office.directory.devices}
    devices = {one.device.id: one.device for one in world.laptops}
    case = world.cases[0]
    wrong = []
    for key in world.handed_out:
        if key.device == ESCROW or not key.wrapped:  # an empty one says that a key was false
            continue
        if key.device not in listed:
            wrong.append(key)
            continue
        opened = hpke.unwrap(
            devices[key.device].receiving, key.wrapped, hpke.case_key_info(case, key.epoch)
        )
        assert opened
    return wrong


def really_written(world: World) -> set[bytes]:
    """All changes that somebody's laptop made, byte for byte."""
    own = {one for laptop in world.laptops for one in unsent(laptop, world.cases[0])}
    return own | set(ledger.hashes_at(world.central, world.cases[0]))


def unsent(laptop: Laptop, case: UUID) -> set[bytes]:
    with laptop.store.reading() as reading:
        rows = reading.connection.exec_driver_sql(
            f"{log.SELECT_WAITING} WHERE case_id = ?", (case.bytes,)
        )
        return {log.entry(row).hash for row in rows}


def all_written(world: World) -> None:
    for laptop in world.laptops:
        for _ in range(3):
            world.edit(laptop, world.cases[0])


@pytest.mark.parametrize("attack", malice.ATTACKS.values(), ids=malice.ATTACKS)
@pytest.mark.parametrize("new_laptop", [False, True], ids=["known laptops", "a new laptop"])
def test_nothing_unsigned_is_believed_and_no_key_given_away(
    world: World, attack: Callable[[World], None], new_laptop: bool
) -> None:
    ada, ben = world.laptops
    all_written(world)
    assert world.exchange(ben) == "done"
    world.office.again()
    if new_laptop:
        world.new_laptop(ada.user, timedelta(0))
    world.publish()
    attack(world)
    outcomes = [*everybody(world), *everybody(world)]
    assert {one.split()[0] for one in outcomes} <= {"done", NOT_SIGNED}
    assert keys_for_strangers(world) == []
    for laptop in world.laptops:
        assert properties.wrongly_shown(laptop.store, world.cases[0]) == []
        assert {*ledger.hashes_on(laptop.store, world.cases[0])} <= really_written(world)
        with laptop.store.reading() as reading:
            assert malice.THIEF.id not in {
                UUID(bytes=one)
                for (one,) in reading.connection.exec_driver_sql("SELECT id FROM device")
            }
    world.network.tamper = lambda _request, answer: answer
    for _ in range(3):
        everybody(world)
    world.problems += everybody(world)
    assert set(world.problems) == {"done"}
    world.central.was_put_back = True  # so it looked, and the laptops may say so
    assert properties.violated(world) == []


def test_the_attacks_on_keys_and_changes_are_noticed(world: World) -> None:
    noticed_by = {}
    for name in ("swapped device keys", "another root", "swapped escrow key", "a flipped bit"):
        all_written(world)
        world.network.tamper = lambda _request, answer: answer
        world.office.again()
        world.publish()
        world.exchange(world.laptops[0])
        world.office.again()
        world.publish()
        malice.ATTACKS[name](world)
        noticed_by[name] = world.exchange(world.laptops[1])
        world.network.tamper = lambda _request, answer: answer
        everybody(world)
    assert {name: told.split()[0] for name, told in noticed_by.items()} == dict.fromkeys(
        noticed_by, NOT_SIGNED
    )


def gone_back(world: World, number: int) -> bool:
    with world.laptops[number].store.reading() as reading:
        return recall(reading, noticed.GONE_BACK) is not None


def test_a_withheld_end_of_a_stream_that_was_confirmed_is_missed(world: World) -> None:
    all_written(world)
    everybody(world)
    everybody(world)

    def shorter(heads: m.Heads) -> m.Heads:
        return replace(heads, streams=tuple(replace(one, seq=one.seq - 1) for one in heads.streams))

    world.network.tamper = malice.altering("heads", m.Heads, shorter)
    world.exchange(world.laptops[1])
    assert gone_back(world, 1)


def without_bodies(page: m.Page) -> m.Page:
    """The same page, of which only hashes are given."""
    batch = unpack_batch(page.batch)
    bare = tuple(replace(one, sealed=None) for one in batch.changes)
    return replace(page, batch=pack_batch(replace(batch, changes=bare)))


def test_a_body_that_is_withheld_is_told_and_asked_for_until_it_is_given(world: World) -> None:
    ada, ben = world.laptops
    all_written(world)
    assert world.exchange(ada) == "done"
    world.network.tamper = malice.altering("pull", m.Page, without_bodies)
    assert world.exchange(ben) == "withheld"
    assert view(ben.store).problem == Withheld().sentences()
    for _ in range(2):  # what is written meanwhile goes on its way all the same
        all_written(world)
        assert world.exchange(ben) == "withheld"
    assert unsent(ben, world.cases[0]) == set()
    world.network.tamper = lambda _request, answer: answer
    assert [everybody(world)[0], *everybody(world)] == ["done"] * 3
    assert properties.violated(world) == []
    assert view(ben.store).problem is None


def test_an_older_directory_is_missed_and_the_newer_one_stays(world: World) -> None:
    old = world.office.signed
    world.new_laptop(world.users[1], timedelta(0))
    world.publish()
    everybody(world)
    everybody(world)
    world.network.tamper = malice.altering("directory", SignedDirectory, lambda _signed: old)

    def less(heads: m.Heads) -> m.Heads:
        return replace(heads, directory=old.directory.version)

    serve_old = world.network.tamper
    lower = malice.altering("heads", m.Heads, less)
    world.network.tamper = lambda request, answer: lower(request, serve_old(request, answer))
    world.exchange(world.laptops[0])
    assert gone_back(world, 0)
    with world.laptops[0].store.reading() as reading:
        own = organisations.own(reading)
        assert own is not None
        assert own.directory == world.office.directory


def test_another_epoch_is_missed(world: World) -> None:
    world.network.tamper = malice.altering(
        "heads", m.Heads, lambda heads: replace(heads, epoch=UUID(int=7))
    )
    world.exchange(world.laptops[1])
    assert gone_back(world, 1)


@pytest.mark.parametrize("forged", ["signature", "older", "another device"])
def test_an_order_to_erase_that_nobody_signed_erases_nothing(world: World, forged: str) -> None:
    ada = world.laptops[0]
    directory = world.office.directory
    revoked = tuple(
        replace(one, revoked=forged == "signature" and one.id == ada.device.id)
        for one in directory.devices
    )
    body = pack(replace(directory, version=directory.version + 1, devices=revoked))
    order = world.office.signed if forged != "signature" else SignedDirectory(body, bytes(64))

    def tamper(request: Request, answer: Answer) -> Answer:
        if request.path.endswith("/token"):
            return Answer(m.REFUSALS["revoked"], answer.headers, pack(order))
        return answer

    world.network.tamper = tamper
    assert world.exchange(ada).startswith(NOT_SIGNED)
    assert not ada.destroyed


def test_a_laptop_that_believes_any_directory_would_be_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directories, "believed", lambda signed, _root: signed.directory)
    world.office.again()
    world.publish()
    malice.added_device(world)
    everybody(world)
    everybody(world)
    assert keys_for_strangers(world)


def test_a_laptop_that_compares_no_key_checks_would_be_caught(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trusting(
        changing: object, case: UUID, keys: tuple[m.WrappedKey, ...], _chain: object
    ) -> tuple[m.WrappedKey, ...]:
        for key in keys:
            members.keep_key(changing, case, key.epoch, key.wrapped)  # type: ignore[arg-type]
        return ()

    monkeypatch.setattr(records, "_keep_keys", trusting)
    new = world.new_laptop(world.laptops[1].user, timedelta(0))
    world.publish()
    world.exchange(world.laptops[0])
    malice.own_case_key(world)
    world.exchange(new)
    with new.store.reading() as reading:
        wrapped = log.wrapped_keys(reading.connection, world.cases[0])
    kept = hpke.unwrap(
        new.device.receiving, wrapped[world.cases[0], 1], hpke.case_key_info(world.cases[0], 1)
    )
    assert kept == b"k" * 32
