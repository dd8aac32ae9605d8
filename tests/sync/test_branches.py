"""Two people say who is in a case, each on top of the same older record: everybody ends with one.

The central store is put back from a backup between the two, as only then it takes the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from caseworker_app.domain.sharing import Role
from caseworker_app.store import log, members
from caseworker_app.sync.link import Answer
from caseworker_app.sync.wire.directory import NAMED_FOR
from caseworker_app.sync.wire.membership import SignedMembership
from tests.sync.simulation import properties
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.world import World, a_world

READS, WRITES, LEADS = Role.READS, Role.WRITES, Role.LEADS


@pytest.fixture
def world() -> Iterator[World]:
    """Ada and Ben lead a case, Cem writes in it, Dia and Eva are not in it; all is quiet."""
    with a_world(777_000) as made:
        for _ in range(5):
            made.new_laptop(made.new_user(), timedelta(0))
        made.publish()
        everybody(made)
        made.new_case(made.laptops[0])
        made.wish(made.laptops[0], made.cases[0], made.users[1], LEADS)
        made.wish(made.laptops[0], made.cases[0], made.users[2], WRITES)
        calm(made)
        made.dump()
        yield made


def everybody(world: World) -> list[str]:
    return [world.exchange(laptop) for laptop in world.laptops]


def calm(world: World) -> list[str]:
    for _ in range(4):
        ended = everybody(world)
    return ended


def says(world: World, laptop: Laptop, user: int, role: Role | None) -> None:
    """A wish that is carried out at once."""
    world.wish(laptop, world.cases[0], world.users[user], role)
    assert world.exchange(laptop) == "done"


def put_back(world: World) -> None:
    world.central.put_back(world.dumps[0], said=False)


def roles(world: World) -> dict[int, Role]:
    record = world.record(world.cases[0])
    assert record is not None
    return {world.users.index(one.user): one.role for one in record.members}


def tip(laptop: Laptop, case: UUID) -> SignedMembership | None:
    with laptop.store.reading() as reading:
        return members.latest(reading, case)


def newest_key_of(world: World, laptop: Laptop) -> bool:
    """Whether the central store has the latest key for this laptop."""
    record = world.record(world.cases[0])
    assert record is not None
    return any(
        (row["device_id"], row["epoch"]) == (laptop.device.id, record.epoch)
        for row in world.central.rows("wrap")
    )


def all_agree(world: World) -> None:
    case = world.cases[0]
    record = world.record(case)
    assert record is not None
    tips = {found.body for one in world.laptops_in(record) if (found := tip(one, case))}
    assert len(tips) == 1
    assert properties.violated(world) == []


def test_both_are_in_whom_two_people_asked_in(world: World) -> None:
    ada, ben, *_ = world.laptops
    says(world, ada, 3, WRITES)
    put_back(world)
    says(world, ben, 4, READS)
    assert calm(world) == ["done"] * 5
    assert roles(world) == {0: LEADS, 1: LEADS, 2: WRITES, 3: WRITES, 4: READS}
    all_agree(world)


def test_who_was_put_out_on_one_branch_is_out_and_the_work_of_both_is_read(world: World) -> None:
    ada, ben, cem, dia, _eva = world.laptops
    case = world.cases[0]
    says(world, ada, 2, None)
    world.edit(ada, case)
    world.exchange(ada)
    put_back(world)
    says(world, ben, 3, WRITES)
    world.edit(ben, case)
    world.exchange(ben)
    world.exchange(dia)
    world.edit(dia, case)
    world.edit(ada, case)
    assert calm(world) == ["done"] * 5
    assert roles(world) == {0: LEADS, 1: LEADS, 3: WRITES}
    assert not newest_key_of(world, cem)
    all_agree(world)


def test_two_new_keys_are_two_keys(world: World) -> None:
    """On each branch somebody else was put out, and work was sealed with its new key."""
    ada, ben, cem, dia, eva = world.laptops
    case = world.cases[0]
    for user in (3, 4):
        world.wish(ada, case, world.users[user], WRITES)
    calm(world)
    world.dumps.clear()
    world.dump()
    says(world, ada, 2, None)
    world.exchange(dia)
    world.edit(dia, case)
    world.exchange(dia)
    world.exchange(ada)
    put_back(world)
    says(world, ben, 4, None)
    world.edit(ben, case)
    world.exchange(ben)
    assert calm(world) == ["done"] * 5
    assert roles(world) == {0: LEADS, 1: LEADS, 3: WRITES}
    assert not newest_key_of(world, cem)
    assert not newest_key_of(world, eva)
    all_agree(world)


def test_who_was_put_out_gains_nothing_by_writing_on_from_before(world: World) -> None:
    """Ben was put out, and the central store is put back for him: he asks Eva in."""
    ada, ben, cem, _dia, eva = world.laptops
    case = world.cases[0]
    says(world, ada, 1, None)
    world.exchange(cem)
    put_back(world)
    says(world, ben, 4, LEADS)
    world.exchange(eva)
    before = tip(cem, case)
    assert world.exchange(cem) == "members-apart members"
    assert tip(cem, case) == before
    assert calm(world) == ["done"] * 5
    assert roles(world) == {0: LEADS, 2: WRITES}
    assert not newest_key_of(world, ben)
    assert not newest_key_of(world, eva)
    all_agree(world)


def test_who_only_reads_or_writes_waits_for_somebody_who_leads(world: World) -> None:
    """Cem knows that Dia was made to go; he does not write to her with the older key."""
    ada, ben, cem, _dia, _eva = world.laptops
    case = world.cases[0]
    says(world, ada, 3, READS)
    calm(world)
    world.dumps.clear()
    world.dump()
    says(world, ada, 3, None)
    world.exchange(cem)
    ada.line.offline = True
    put_back(world)
    says(world, ben, 4, READS)
    world.edit(cem, case)
    waiting = len(world.central.stream(case))
    assert world.exchange(cem) == "members-apart members"
    assert len(world.central.stream(case)) == waiting
    ada.line.offline = False
    assert calm(world) == ["done"] * 5
    assert roles(world) == {0: LEADS, 1: LEADS, 2: WRITES, 4: READS}
    all_agree(world)


def test_a_branch_that_only_asked_somebody_in_holds_up_nobody(world: World) -> None:
    ada, ben, cem, *_ = world.laptops
    says(world, ada, 3, READS)
    world.exchange(cem)
    ada.line.offline = True
    put_back(world)
    says(world, ben, 4, READS)
    assert world.exchange(cem) == "done"
    ada.line.offline = False
    assert calm(world) == ["done"] * 5
    assert roles(world) == {0: LEADS, 1: LEADS, 2: WRITES, 3: READS, 4: READS}
    all_agree(world)


def test_two_who_put_each_other_out_wait_for_their_organisation(world: World) -> None:
    """Nobody leads by both branches: nothing is erased, nothing is believed, and it is said."""
    ada, ben, cem, *_ = world.laptops
    case = world.cases[0]
    says(world, ada, 1, None)
    world.exchange(cem)
    put_back(world)
    says(world, ben, 0, None)
    ended = calm(world)
    assert ended[0] == "members-apart members"
    assert ended[2] == "members-apart members"
    with ada.store.reading() as reading:
        assert log.wrapped_keys(reading.connection, case)
        assert members.latest(reading, case) is not None
    world.office.name(case, cem.user, 9)
    world.publish()
    assert calm(world) == ["done"] * 5
    assert roles(world) == {2: LEADS}
    assert not newest_key_of(world, ada)
    assert not newest_key_of(world, ben)
    all_agree(world)


def test_who_was_named_joins_branches_until_they_have_led_and_do_no_more(world: World) -> None:
    """Cem was named, led, and only reads by now: he joins none, and reads on."""
    ada, ben, cem, dia, eva = world.laptops
    case = world.cases[0]
    says(world, ada, 1, None)
    world.exchange(cem)
    put_back(world)
    says(world, ben, 0, None)
    calm(world)
    record = world.record(case)
    assert record is not None
    world.office.name(case, cem.user, record.version + NAMED_FOR)
    world.publish()
    calm(world)
    assert roles(world) == {2: LEADS}
    for user in (3, 4):
        says(world, cem, user, LEADS)
    calm(world)
    says(world, dia, 2, READS)
    calm(world)
    world.dumps.clear()
    world.dump()
    says(world, eva, 0, READS)
    world.exchange(cem)
    put_back(world)
    says(world, dia, 1, READS)
    assert world.exchange(cem) == "done"
    assert calm(world) == ["done"] * 5
    assert roles(world) == {0: READS, 1: READS, 2: READS, 3: LEADS, 4: LEADS}
    all_agree(world)


def test_what_a_lost_laptop_signed_last_takes_but_gives_nothing(world: World) -> None:
    """Ben was away while Ada's laptop asked Eva in and put Cem out; then it is signed off."""
    ada, ben, cem, _dia, eva = world.laptops
    world.wish(ada, world.cases[0], world.users[2], None)
    says(world, ada, 4, LEADS)
    world.revoke(ada)
    assert world.exchange(ben) == "done"
    for _ in range(3):
        everybody(world)
    assert roles(world) == {0: LEADS, 1: LEADS}
    assert not newest_key_of(world, cem)
    assert not newest_key_of(world, eva)
    all_agree(world)


def test_who_is_out_gives_back_everything_before_the_record_that_says_so(world: World) -> None:
    """Cem wrote, only Ada has it, Cem's laptop is lost; she leaves, and all that is forgotten."""
    ada, ben, cem, *_ = world.laptops
    case = world.cases[0]
    ben.line.offline = True
    for _ in range(8):
        world.edit(cem, case)
    assert world.ledger.expected[case]
    world.exchange(cem)
    world.exchange(ada)
    world.revoke(cem)
    world.exchange(ada)
    says(world, ada, 0, None)
    put_back(world)
    world.office.again()
    world.publish()
    world.exchange(ada)
    ben.line.offline = False
    calm(world)
    all_agree(world)


def test_what_a_lost_laptop_had_handed_over_is_not_closed_off_after_a_restore(world: World) -> None:
    """The central store knows nothing of it any more when Ada's laptop closes the chain."""
    ada, _ben, cem, *_ = world.laptops
    case = world.cases[0]
    for _ in range(8):
        world.edit(cem, case)
    assert world.ledger.expected[case]
    world.exchange(cem)
    world.exchange(ada)
    put_back(world)
    world.revoke(cem)
    calm(world)
    all_agree(world)


@pytest.mark.parametrize("role", [None, READS])
def test_who_wrote_on_whom_a_lost_record_had_closed_off_is_closed_off_behind_that(
    world: World, role: Role | None
) -> None:
    """Nobody else wrote a record: the central store does not take the lost one back as it was."""
    ada, ben, cem, *_ = world.laptops
    case = world.cases[0]
    says(world, ada, 2, role)
    world.edit(ada, case)
    world.exchange(ada)
    put_back(world)
    for _ in range(8):
        world.edit(cem, case)
    assert world.exchange(cem) == "done"
    world.exchange(ben)
    assert calm(world) == ["done"] * 5
    assert roles(world) == {0: LEADS, 1: LEADS} | ({2: role} if role else {})
    assert newest_key_of(world, cem) == (role is READS)
    all_agree(world)


def test_who_only_writes_waits_where_a_lost_record_is_not_taken_back(world: World) -> None:
    ada, ben, cem, *_ = world.laptops
    case = world.cases[0]
    says(world, ada, 3, WRITES)
    calm(world)
    world.dumps.clear()
    world.dump()
    says(world, ada, 3, None)
    world.exchange(cem)
    put_back(world)
    for _ in range(8):
        world.edit(world.laptops[3], case)
    assert world.exchange(world.laptops[3]) == "done"
    assert world.exchange(cem) == "members-apart members"
    assert world.exchange(ben) == "done"
    assert calm(world) == ["done"] * 5
    assert roles(world) == {0: LEADS, 1: LEADS, 2: WRITES}
    all_agree(world)


def test_three_branches_become_one(world: World) -> None:
    ada, ben, *_ = world.laptops
    case = world.cases[0]
    world.wish(ada, case, world.users[2], LEADS)
    calm(world)
    world.dumps.clear()
    world.dump()
    says(world, ada, 3, READS)
    put_back(world)
    says(world, ben, 4, WRITES)
    put_back(world)
    cem = world.laptops[2]
    says(world, cem, 3, WRITES)
    assert calm(world) == ["done"] * 5
    assert roles(world) == {0: LEADS, 1: LEADS, 2: LEADS, 3: WRITES, 4: WRITES}
    all_agree(world)


# --- receipts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("writes_on", [False, True])
def test_a_receipt_beyond_what_was_not_fetched_yet_is_not_believed_after_a_restore(
    world: World, monkeypatch: pytest.MonkeyPatch, writes_on: bool
) -> None:
    """Ben is quicker than Ada's push, and the central store is put back to between the two."""
    ada, ben, *_ = world.laptops
    case = world.cases[0]
    for _ in range(8):
        world.edit(ada, case)
        world.edit(ben, case)
    send = ada.line.send

    def send_after_ben(method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        if path.endswith("/push") and len(world.dumps) == 1:
            world.exchange(ben)
            world.dump()
        return send(method, path, body, headers)

    monkeypatch.setattr(ada.line, "send", send_after_ben)
    assert world.exchange(ada) == "done"
    assert len(world.dumps) == 2
    world.central.put_back(world.dumps[1], said=False)
    for _ in range(20 if writes_on else 0):
        world.edit(ben, case)
    world.exchange(ben)
    assert calm(world) == ["done"] * 5
    all_agree(world)
