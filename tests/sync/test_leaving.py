"""Somebody leaves a case, or a laptop is signed off: nothing is lost, and nothing stays behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from caseworker_app.domain.sharing import Role
from caseworker_app.errors import FileHasLeft
from caseworker_app.services import checking, goals, people
from caseworker_app.services.exchange import revoked, rounds, sharing
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.services.exchange.revoked import LaptopRevoked
from caseworker_app.services.exchange.way import Way
from caseworker_app.store import members, streams
from caseworker_app.sync.link import Answer
from caseworker_app.sync.refusals import NotBelieved, Unreachable
from caseworker_app.sync.wire.changes import NOTHING, Sealed, added
from caseworker_app.sync.wire.directory import SignedDirectory
from central_store.kept_directory import latest
from tests.builders import NOW, a_case
from tests.sync.office_and_laptops import SERVER, Laptop, Team, a_team
from tests.sync.test_going_back import forget
from tests.sync.test_rounds import shared, words


class NoNetwork:
    """The network cable is out."""

    def send(self, *_asked: object) -> object:
        raise Unreachable


def offline(laptop: Laptop) -> Way:
    return replace(laptop.way, transport=NoNetwork())  # type: ignore[arg-type]


def markers_in(folder: Path, *wanted: str) -> list[str]:
    return [
        f"{file.name}: {one}"
        for file in folder.iterdir()
        for one in wanted
        if one.encode() in file.read_bytes()
    ]


def test_who_is_taken_out_keeps_nothing_and_proves_it(team: Team) -> None:
    ine, tom, case = shared(team)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    tom.exchange()
    assert people.lines(tom.store, NOW) == []
    assert checking.check_open(tom.store).findings == []
    ine.exchange()
    gone = [one for one in sharing.view(ine.store, case).members if not one.is_me]
    assert [(one.who.name, one.erased is not None) for one in gone] == [("Tom Beispiel", True)]


def test_what_comes_after_somebody_left_has_another_key(team: Team) -> None:
    ine, tom, case = shared(team)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    goals.add_goal(ine.store, case, "danach", "", NOW)
    ine.exchange()
    with ine.store.reading() as reading:
        assert reading.wrapped_key(case)[0] > 1


def test_who_is_out_after_the_central_store_was_put_back_still_leaves_nothing_behind(
    team: Team, owner: Engine
) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "schon übergeben", "", NOW)
    tom.exchange()
    forget_changes_of(owner, team, tom)
    goals.add_goal(tom.store, case, "noch nicht", "", NOW)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    tom.exchange()
    assert people.lines(tom.store, NOW) == []
    ine.exchange()
    sharing.let_late_work_in(ine.store, case, NOW)
    ine.exchange()
    ine.exchange()
    assert sorted(words(ine, case)) == ["noch nicht", "schon übergeben"]


def test_who_is_out_hands_in_what_the_central_store_had_confirmed_and_lost(
    team: Team, owner: Engine
) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "war übergeben", "", NOW)
    tom.exchange()
    forget_changes_of(owner, team, tom)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    tom.exchange()
    assert people.lines(tom.store, NOW) == []
    ine.exchange()
    sharing.let_late_work_in(ine.store, case, NOW)
    ine.exchange()
    ine.exchange()
    assert words(ine, case) == ["war übergeben"]


def test_who_was_put_out_hears_of_it_from_a_central_store_that_was_filled_again(
    team: Team, owner: Engine
) -> None:
    ine, tom, case = shared(team)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    forget(owner, team.ours.org, 0, new_epoch=True)
    ine.exchange()
    tom.exchange()
    assert people.lines(tom.store, NOW) == []
    assert checking.check_open(tom.store).findings == []


def forget_changes_of(owner: Engine, team: Team, of: Laptop) -> None:
    """The central store as it was before this laptop's first change."""
    device = of.store.keys.device_id
    with owner.begin() as db:
        db.execute(
            text("SELECT set_config('caseworker.org', :org, true)"), {"org": str(team.ours.org)}
        )
        lost = db.execute(
            text("DELETE FROM change WHERE device_id = :device RETURNING seq"), {"device": device}
        ).all()
        db.execute(text("DELETE FROM tail WHERE device_id = :device"), {"device": device})
        left = db.execute(text("SELECT header, body FROM change ORDER BY seq")).all()
        digest = NOTHING
        for header, body in left:
            digest = added(digest, Sealed.of(bytes(header), bytes(body)).hash)
        db.execute(
            text("UPDATE stream SET seq = seq - :lost, digest = :digest"),
            {"lost": len(lost), "digest": digest},
        )


def test_late_work_of_somebody_who_left_is_let_in_by_who_leads(team: Team) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "noch von Tom", "", NOW)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    tom.exchange()
    ine.exchange()
    assert words(ine, case) == []
    assert sharing.view(ine.store, case).late == 1
    sharing.let_late_work_in(ine.store, case, NOW)
    ine.exchange()
    ine.exchange()
    assert words(ine, case) == ["noch von Tom"]
    assert sharing.view(ine.store, case).late == 0
    assert checking.check_open(ine.store).findings == []


def test_a_laptop_that_was_signed_off_destroys_itself_and_hands_in(team: Team) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "Pfefferminze", "", NOW)
    team.ours.revoke(tom.store.keys.device_id)
    folder = tom.store.folder
    with pytest.raises(LaptopRevoked):
        tom.exchange()
    assert list(folder.iterdir()) == []
    ine.exchange()
    assert words(ine, case) == []
    goals.add_goal(ine.store, case, "geht weiter", "", NOW)
    ine.exchange()
    assert words(ine, case) == ["geht weiter"]
    with ine.store.reading() as reading:
        assert reading.wrapped_key(case)[0] > 1


def test_without_a_network_unsent_work_stays_sealed_until_it_can_be_handed_in(team: Team) -> None:
    _ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "Pfefferminze", "", NOW)
    team.ours.revoke(tom.store.keys.device_id)
    order = order_of(team)
    folder = tom.store.folder
    with pytest.raises(LaptopRevoked):
        revoked.carry_out(tom.store, order, offline(tom))
    assert [file.name for file in folder.iterdir()] == [revoked.FILE]
    assert markers_in(folder, "Pfefferminze", "Brandt") == []
    with pytest.raises(Unreachable):
        revoked.hand_in(folder, offline(tom))
    left = revoked.read(folder)
    assert left is not None
    assert left.server == SERVER
    assert revoked.hand_in(folder, tom.way) == 1
    assert list(folder.iterdir()) == []


def order_of(team: Team) -> SignedDirectory:
    with team.ours.office.work() as db:
        found = latest(db, team.ours.org)
    assert found is not None
    return found


def test_an_order_that_the_root_did_not_sign_destroys_nothing(team: Team) -> None:
    ine = team.coach("Ine Voorbeeld")
    case = a_case(ine.store)
    order = order_of(team)
    forged = SignedDirectory(order.body, bytes(64), order.roots)
    for one in (order, forged):
        with pytest.raises(NotBelieved):
            revoked.carry_out(ine.store, one, ine.way)
    assert people.person(ine.store, case).name == "Tobias Brandt"


def test_two_organisations_share_a_case(
    team: Team, tmp_path: Path, client: TestClient, owner: Engine
) -> None:
    other = a_team(tmp_path, client, owner)
    team.ours.befriend(other.ours)
    ine, guest = team.coach("Ine Voorbeeld"), other.coach("Gast Iemand")
    case = a_case(ine.store)
    ine.exchange()
    guest.exchange()
    named = {one.name: one for one in sharing.view(ine.store, case).others}
    assert named["Gast Iemand"].organisation
    sharing.invite(ine.store, case, named["Gast Iemand"], Role.WRITES, NOW)
    ine.exchange()
    guest.exchange()
    goals.add_goal(guest.store, case, "von nebenan", "", NOW)
    guest.exchange()
    ine.exchange()
    assert words(ine, case) == ["von nebenan"]
    assert case_ids(guest) == [case]


def test_a_guest_to_whom_a_case_was_left_fills_a_central_store_that_lost_it(
    team: Team, tmp_path: Path, client: TestClient, owner: Engine
) -> None:
    other = a_team(tmp_path, client, owner)
    team.ours.befriend(other.ours)
    ine, guest = team.coach("Ine Voorbeeld"), other.coach("Gast Iemand")
    case = a_case(ine.store)
    for laptop in (ine, guest):
        laptop.exchange()
    (colleague,) = (one for one in sharing.view(ine.store, case).others if one.organisation)
    sharing.hand_over(ine.store, case, colleague, NOW)
    for laptop in (ine, guest, ine):
        laptop.exchange()
    goals.add_goal(guest.store, case, "von nebenan", "", NOW)
    guest.exchange()
    forget(owner, team.ours.org, 0, new_epoch=True)
    guest.exchange()
    assert exchange_view.view(guest.store).changes_waiting == 0
    sharing.invite(guest.store, case, ine.colleague, Role.READS, NOW)
    for laptop in (guest, ine):
        laptop.exchange()
    assert words(ine, case) == ["von nebenan"]


def test_a_new_laptop_of_somebody_who_is_no_guest_any_more_has_no_trouble(
    team: Team, tmp_path: Path, client: TestClient, owner: Engine
) -> None:
    other = a_team(tmp_path, client, owner)
    team.ours.befriend(other.ours)
    ine, guest = team.coach("Ine Voorbeeld"), other.coach("Gast Iemand")
    case = a_case(ine.store)
    for laptop in (ine, guest):
        laptop.exchange()
    (colleague,) = (one for one in sharing.view(ine.store, case).others if one.organisation)
    sharing.invite(ine.store, case, colleague, Role.WRITES, NOW)
    for laptop in (ine, guest):
        laptop.exchange()
    sharing.take_out(ine.store, case, colleague, NOW)
    for laptop in (ine, guest):
        laptop.exchange()
    fresh = other.laptop(guest.colleague, 2)
    fresh.exchange()
    assert exchange_view.view(fresh.store).standing == "done"


def case_ids(laptop: Laptop) -> list[UUID]:
    return [line.case for line in people.lines(laptop.store, NOW)]


def test_a_round_stops_between_two_requests_when_it_is_asked_to(team: Team) -> None:
    ine = team.coach("Ine Voorbeeld")
    a_case(ine.store)
    asked = iter([False, False, False, True])
    with pytest.raises(Unreachable):
        rounds.run(ine.store, replace(ine.way, stop=lambda: next(asked, True)))
    ine.exchange()
    assert checking.check_open(ine.store).findings == []


def test_what_somebody_wrote_who_may_only_read_by_now_is_let_in_by_who_leads(team: Team) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "noch von Tom", "", NOW)
    sharing.change_role(ine.store, case, tom.colleague, Role.READS, NOW)
    ine.exchange()
    tom.exchange()
    assert sharing.reads_along(tom.store, case)
    ine.exchange()
    assert words(ine, case) == []
    assert sharing.view(ine.store, case).late == 1
    sharing.let_late_work_in(ine.store, case, NOW)
    ine.exchange()
    ine.exchange()
    assert words(ine, case) == ["noch von Tom"]
    goals.add_goal(tom.store, case, "und wieder", "", NOW)
    tom.exchange()
    tom.exchange()
    for _ in range(2):  # what she took in once is not taken in ever after
        ine.exchange()
        assert sharing.view(ine.store, case).late == 1
        assert words(ine, case) == ["noch von Tom"]
    sharing.change_role(ine.store, case, tom.colleague, Role.WRITES, NOW)
    ine.exchange()
    tom.exchange()
    ine.exchange()
    assert words(ine, case) == ["noch von Tom", "und wieder"]
    assert sharing.view(ine.store, case).late == 0
    for one in (ine, tom):
        assert checking.check_open(one.store).findings == []
        assert exchange_view.view(one.store).changes_waiting == 0


def test_late_work_of_somebody_who_may_write_again_comes_in_and_is_settled(team: Team) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "noch von Tom", "", NOW)
    sharing.change_role(ine.store, case, tom.colleague, Role.READS, NOW)
    for laptop in (ine, tom, ine):
        laptop.exchange()
    sharing.let_late_work_in(ine.store, case, NOW)
    sharing.change_role(ine.store, case, tom.colleague, Role.WRITES, NOW)
    ine.exchange()
    assert sharing.view(ine.store, case).late == 0
    versions = []
    for laptop in (tom, ine, tom, ine):
        laptop.exchange()
        with laptop.store.reading() as reading:
            latest = members.latest(reading, case)
        assert latest is not None
        versions.append(latest.record.version)
    assert len(set(versions)) == 1
    assert words(ine, case) == ["noch von Tom"]
    goals.add_goal(tom.store, case, "und mehr", "", NOW)
    tom.exchange()
    ine.exchange()
    assert sorted(words(ine, case)) == ["noch von Tom", "und mehr"]


def test_a_wish_that_was_made_while_an_earlier_one_was_carried_out_stays(team: Team) -> None:
    ine, tom, case = shared(team)
    sharing.change_role(ine.store, case, tom.colleague, Role.READS, NOW)
    with ine.store.reading() as reading:
        (earlier,) = members.wishes(reading, case)
    sharing.take_out(ine.store, case, tom.colleague, NOW + timedelta(seconds=1))
    with ine.store.changing(NOW) as changing:
        members.drop_wish(changing, earlier)
        assert [wish.role for wish in members.wishes(changing, case)] == [None]


class Meanwhile:
    """The way to the central store, on which something happens after each chain handed in."""

    def __init__(self, laptop: Laptop, *acts: Callable[[], object]) -> None:
        self._way, self._acts = laptop.way.transport, list(acts)

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        said = self._way.send(method, path, body, headers)
        if path.endswith("/handin") and self._acts:
            self._acts.pop(0)()
        return said


def test_what_is_saved_while_a_case_is_taken_away_is_handed_in_too(team: Team) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "vorher", "", NOW)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()

    def saves(words: str) -> Callable[[], object]:
        return lambda: goals.add_goal(tom.store, case, words, "", NOW)

    meanwhile = Meanwhile(tom, saves("währenddessen"), saves("und noch einmal"))
    rounds.run(tom.store, replace(tom.way, transport=meanwhile))
    assert people.lines(tom.store, NOW) == []
    ine.exchange()
    sharing.let_late_work_in(ine.store, case, NOW)
    for _ in range(2):
        ine.exchange()
    assert sorted(words(ine, case)) == ["und noch einmal", "vorher", "währenddessen"]
    assert checking.check_open(ine.store).findings == []


def test_nothing_is_saved_any_more_in_a_case_that_has_left(team: Team) -> None:
    ine, tom, case = shared(team)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    tom.exchange()
    with pytest.raises(FileHasLeft):
        goals.add_goal(tom.store, case, "danach", "", NOW)
    with tom.store.reading() as reading:
        assert reading.wrapped_key(case) == (0, b"")
        assert streams.without_stream(reading) == []
    tom.exchange()
    assert exchange_view.view(tom.store).standing == "done"
    assert people.lines(tom.store, NOW) == []


def test_who_is_asked_in_again_writes_again(team: Team) -> None:
    ine, tom, case = shared(team)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    tom.exchange()
    sharing.invite(ine.store, case, tom.colleague, Role.WRITES, NOW)
    ine.exchange()
    tom.exchange()
    goals.add_goal(tom.store, case, "wieder da", "", NOW)
    tom.exchange()
    ine.exchange()
    assert words(ine, case) == ["wieder da"]
