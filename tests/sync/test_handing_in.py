"""Who is out hands in what the central store lacks, whoever wrote it: nothing is lost with them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from caseworker_app.domain.sharing import Role
from caseworker_app.errors import StoreGone
from caseworker_app.services import checking, goals, people
from caseworker_app.services.exchange import revoked, sharing, signed_off
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.services.exchange.revoked import LaptopRevoked
from caseworker_app.store import HANDOVER_NAME, streams
from tests.builders import NOW, a_case
from tests.sync.office_and_laptops import Laptop, Team
from tests.sync.test_going_back import copied, forget, put_back, reopened
from tests.sync.test_leaving import forget_changes_of, offline, order_of
from tests.sync.test_rounds import shared, words


def led_by_both(team: Team) -> tuple[Laptop, Laptop, UUID]:
    ine, tom, case = shared(team)
    sharing.change_role(ine.store, case, tom.colleague, Role.LEADS, NOW)
    ine.exchange()
    tom.exchange()
    return ine, tom, case


def test_who_leaves_hands_in_what_others_wrote_and_the_central_store_has_lost(
    team: Team, owner: Engine
) -> None:
    ine, tom, case = shared(team)
    tom.store.close()
    copied(tom.store, "copy")
    tom = reopened(tom)
    goals.add_goal(tom.store, case, "von Tom", "", NOW)
    tom.exchange()
    ine.exchange()
    sharing.hand_over(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    forget_changes_of(owner, team, tom)
    tom = put_back(tom, "copy")
    ine.exchange()
    assert people.lines(ine.store, NOW) == []
    tom.exchange()
    assert words(tom, case) == ["von Tom"]
    assert checking.check_open(tom.store).findings == []


def test_who_left_fills_a_central_store_that_lost_all_trace_of_the_case(
    team: Team, owner: Engine
) -> None:
    ine, tom, case = led_by_both(team)
    goals.add_goal(ine.store, case, "Ruhe", "", NOW)
    ine.exchange()
    sharing.hand_over(ine.store, case, tom.colleague, NOW)
    ine.exchange()  # she is out, and has not erased it yet
    forget(owner, team.ours.org, 0, new_epoch=False)
    ine.exchange()
    assert people.lines(ine.store, NOW) == []
    fresh = team.laptop(tom.colleague, 2)
    for laptop in (tom, fresh, tom, fresh):
        laptop.exchange()
    assert words(fresh, case) == ["Ruhe"]


def test_a_laptop_put_back_from_before_the_case_had_records_erases_it_when_it_is_out(
    team: Team,
) -> None:
    ine, tom = team.coach("Ine Voorbeeld"), team.coach("Tom Beispiel")
    ine.exchange()
    tom.exchange()
    case = a_case(ine.store)
    ine.store.close()
    copied(ine.store, "copy")
    ine = reopened(ine)
    ine.exchange()
    sharing.hand_over(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    ine = put_back(ine, "copy")
    ine.exchange()
    assert people.lines(ine.store, NOW) == []
    with ine.store.reading() as reading:
        assert reading.wrapped_key(case) == (0, b"")


def test_what_a_laptop_wrote_after_it_was_put_back_goes_behind_its_chain_when_it_is_out(
    team: Team,
) -> None:
    ine, tom, case = shared(team)
    tom.store.close()
    copied(tom.store, "copy")
    tom = reopened(tom)
    goals.add_goal(tom.store, case, "vorher", "", NOW)
    tom.exchange()
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    tom = put_back(tom, "copy")
    goals.add_goal(tom.store, case, "nachher", "", NOW)
    goals.add_goal(tom.store, case, "und noch eins", "", NOW)
    tom.exchange()
    assert people.lines(tom.store, NOW) == []
    ine.exchange()
    sharing.let_late_work_in(ine.store, case, NOW)
    ine.exchange()
    ine.exchange()
    assert sorted(words(ine, case)) == ["nachher", "und noch eins", "vorher"]
    assert checking.check_open(ine.store).findings == []


def test_what_was_written_in_place_of_what_lies_aside_goes_behind_it(team: Team) -> None:
    """A reader's laptop was put back from before it handed in, and its user was taken out since."""
    ine, tom, case = shared(team)
    sharing.change_role(ine.store, case, tom.colleague, Role.READS, NOW)
    for laptop in (ine, tom):
        laptop.exchange()
    tom.store.close()
    copied(tom.store, "copy")
    tom = reopened(tom)
    goals.add_goal(tom.store, case, "vorher", "", NOW)
    tom.exchange()
    tom = put_back(tom, "copy")
    goals.add_goal(tom.store, case, "nachher", "", NOW)
    tom.exchange()
    assert exchange_view.view(tom.store).changes_waiting == 1
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    for laptop in (ine, tom, ine):
        laptop.exchange()
    assert people.lines(tom.store, NOW) == []
    sharing.let_late_work_in(ine.store, case, NOW)
    for laptop in (ine, ine):
        laptop.exchange()
    assert sorted(words(ine, case)) == ["nachher", "vorher"]


def test_a_laptop_of_a_reader_that_was_put_back_goes_on_when_older_work_is_let_in(
    team: Team,
) -> None:
    ine, tom, case = shared(team)
    sharing.change_role(ine.store, case, tom.colleague, Role.READS, NOW)
    for laptop in (ine, tom):
        laptop.exchange()
    tom.store.close()
    copied(tom.store, "copy")
    tom = reopened(tom)
    goals.add_goal(tom.store, case, "vorher", "", NOW)
    tom.exchange()
    tom = put_back(tom, "copy")
    goals.add_goal(tom.store, case, "nachher", "", NOW)
    goals.add_goal(tom.store, case, "und noch eins", "", NOW)
    tom.exchange()
    for _ in range(2):
        ine.exchange()
        sharing.let_late_work_in(ine.store, case, NOW)
        for laptop in (ine, tom, tom, ine):
            laptop.exchange()
    assert sorted(words(ine, case)) == ["nachher", "und noch eins", "vorher"]
    assert sorted(words(tom, case)) == ["nachher", "und noch eins", "vorher"]
    assert checking.check_open(tom.store).findings == []


def test_a_laptop_that_is_signed_off_hands_in_what_the_central_store_had_confirmed_and_lost(
    team: Team, owner: Engine
) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "bestätigt", "", NOW)
    tom.exchange()
    forget_changes_of(owner, team, tom)
    team.ours.revoke(tom.store.keys.device_id)
    with pytest.raises(LaptopRevoked):
        tom.exchange()
    assert list(tom.store.folder.iterdir()) == []
    assert aside(owner, team) == 1
    ine.exchange()
    assert words(ine, case) == []


def test_what_a_signed_off_laptop_wrote_is_given_back_by_who_leads_and_has_it(
    team: Team, owner: Engine
) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "bestätigt", "", NOW)
    tom.exchange()
    ine.exchange()
    forget_changes_of(owner, team, tom)
    team.ours.revoke(tom.store.keys.device_id)
    fresh = team.laptop(ine.colleague, 2)
    for laptop in (ine, ine, ine, fresh):
        laptop.exchange()
    assert words(fresh, case) == ["bestätigt"]
    assert exchange_view.view(ine.store).changes_waiting == 0


def test_records_of_a_laptop_signed_off_since_are_given_back_with_one_on_top(
    team: Team, owner: Engine
) -> None:
    """The last record is by a laptop from which the central store takes nothing any more."""
    ine, tom, case = led_by_both(team)
    mia = team.coach("Mia Muster")
    sharing.invite(tom.store, case, mia.colleague, Role.WRITES, NOW)
    for laptop in (tom, ine):
        laptop.exchange()
    goals.add_goal(ine.store, case, "Ruhe", "", NOW)
    ine.exchange()
    forget(owner, team.ours.org, 0, new_epoch=True)
    team.ours.revoke(tom.store.keys.device_id)
    ine.exchange()
    mia.exchange()
    assert words(mia, case) == ["Ruhe"]
    assert exchange_view.view(ine.store).changes_waiting == 0


def test_what_a_reader_handed_in_goes_there_again_the_day_after_the_central_store_lost_it(
    team: Team, owner: Engine
) -> None:
    ine, tom, case = shared(team)
    sharing.change_role(ine.store, case, tom.colleague, Role.READS, NOW)
    for laptop in (ine, tom):
        laptop.exchange()
    goals.add_goal(tom.store, case, "von einem, der nur liest", "", NOW)
    tom.exchange()
    forget_aside(owner, team)
    tom.exchange()
    assert aside(owner, team) == 0  # not in every round: it may be much
    team.now += timedelta(days=1)
    tom.exchange()
    assert aside(owner, team) == 1


def forget_aside(owner: Engine, team: Team) -> None:
    """Put the central store back to before anybody handed anything in, and do not say so."""
    with owner.begin() as db:
        db.execute(
            text("SELECT set_config('caseworker.org', :org, true)"), {"org": str(team.ours.org)}
        )
        assert db.execute(text("DELETE FROM aside")).rowcount


def aside(owner: Engine, team: Team) -> int:
    with owner.begin() as db:
        db.execute(
            text("SELECT set_config('caseworker.org', :org, true)"), {"org": str(team.ours.org)}
        )
        return int(db.execute(text("SELECT count(*) FROM aside")).scalar_one())


def signed_off_without_a_network(team: Team) -> tuple[Laptop, Path]:
    _ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "Pfefferminze", "", NOW)
    team.ours.revoke(tom.store.keys.device_id)
    with pytest.raises(LaptopRevoked):
        revoked.carry_out(tom.store, order_of(team), offline(tom))
    return tom, tom.store.folder


def test_what_was_left_and_cannot_be_read_is_said_once_and_kept_out_of_the_way(team: Team) -> None:
    _tom, folder = signed_off_without_a_network(team)
    (folder / HANDOVER_NAME).write_bytes(b"\x00" * 100)
    said = signed_off.look(folder)
    assert (said.changes, said.is_kept) == (0, True)
    assert not revoked.was_revoked(folder)
    signed_off.forget(folder)
    assert [file.name for file in folder.iterdir()] == ["handover-1.kept"]


def test_what_is_refused_for_good_is_kept_out_of_the_way(team: Team, owner: Engine) -> None:
    tom, folder = signed_off_without_a_network(team)
    with owner.begin() as db:  # as after a fork: the central store has another end of the chain
        db.execute(
            text("SELECT set_config('caseworker.org', :org, true)"), {"org": str(team.ours.org)}
        )
        ids = {"org": team.ours.org, "device": tom.store.keys.device_id}
        row = db.execute(text("SELECT case_id FROM stream")).scalar_one()
        db.execute(
            text("INSERT INTO tail VALUES (:org, :case, :device, 7, :hash)"),
            {**ids, "case": row, "hash": bytes(32)},
        )
    assert revoked.hand_in(folder, tom.way) == 0
    assert [file.name for file in folder.iterdir()] == ["handover-1.kept"]
    assert signed_off.look(folder).is_kept


def test_what_waits_is_kept_when_the_laptop_is_set_up_anew(team: Team) -> None:
    _tom, folder = signed_off_without_a_network(team)
    assert signed_off.look(folder).changes == 1
    signed_off.forget(folder)
    signed_off.forget(folder)
    assert [file.name for file in folder.iterdir()] == ["handover-1.kept"]


def test_a_revocation_waits_for_who_writes_and_lets_nobody_in_after_that(team: Team) -> None:
    _ine, tom, case = shared(team)
    team.ours.revoke(tom.store.keys.device_id)
    order, store = order_of(team), tom.store

    def revoke() -> None:
        with pytest.raises(LaptopRevoked):
            revoked.carry_out(store, order, offline(tom))

    def find_the_door_shut() -> None:
        with suppress(StoreGone):
            while True:
                with store.reading():
                    pass

    with ThreadPoolExecutor(2) as others:
        with store.changing(NOW) as changing:
            revoking = others.submit(revoke)
            others.submit(find_the_door_shut).result()
            changing.append(case, [])  # who is in may end what they began
        revoking.result()
    left = revoked.read(store.folder)
    assert left is not None
    assert left.changes == 1
    with pytest.raises(StoreGone), store.reading():
        pass


def test_a_revocation_that_fails_lets_everybody_in_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ine, tom, _case = shared(team)
    team.ours.revoke(tom.store.keys.device_id)
    (tom.store.folder / f"{HANDOVER_NAME}.new").mkdir()  # it cannot be written
    with pytest.raises(OSError, match="directory"):
        revoked.carry_out(tom.store, order_of(team), offline(tom))
    with tom.store.reading() as reading:
        assert streams.streams(reading)
    assert exchange_view.view(tom.store).standing == "done"
