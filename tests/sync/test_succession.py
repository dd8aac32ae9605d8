"""The only person who leads a case has left: the organisation names who does from now on."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from caseworker_app.domain.sharing import Role
from caseworker_app.services import checking, goals, people
from caseworker_app.services.exchange import records, sharing
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.services.exchange.revoked import LaptopRevoked
from caseworker_app.store import log, members, organisations
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import Refused
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.membership import (
    Member,
    Membership,
    SignedMembership,
    body_of,
    next_epoch,
)
from central_store.office import escrow, succession
from central_store.office.errors import OfficeError
from central_store.office.people import user_left
from central_store.office.succession import name_successor, unled
from tests.builders import NOW, a_case
from tests.sync.office_and_laptops import Laptop, Team
from tests.sync.test_going_back import forget
from tests.sync.test_rounds import shared, words


def leaves(team: Team, laptop: Laptop) -> None:
    user_left(team.ours.office, str(laptop.colleague.user), NOW)
    team.ours.sign()


def test_the_laptop_of_somebody_who_left_erases_itself_and_the_keys_change(team: Team) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "noch nicht übergeben", "", NOW)
    with ine.store.reading() as reading:
        before = members.latest(reading, case)
    leaves(team, tom)
    with pytest.raises(LaptopRevoked):
        tom.exchange()
    assert list(tom.store.folder.iterdir()) == []
    ine.exchange()
    with ine.store.reading() as reading:
        after = members.latest(reading, case)
    assert before is not None
    assert after is not None
    assert after.record.epoch > before.record.epoch
    assert team.ours.directory.device(tom.store.keys.device_id).revoked


def test_a_colleague_in_the_case_is_named(team: Team) -> None:
    ine, tom, case = shared(team)
    mia = team.coach("Mia Muster")
    assert unled(team.ours.office) == {}
    leaves(team, ine)
    both = {ine.colleague.user, tom.colleague.user}
    assert {one: {*users} for one, users in unled(team.ours.office).items()} == {case: both}
    assert succession.members(team.ours.office, case, Role.LEADS) == [ine.colleague.user]
    tom.exchange()
    goals.add_goal(tom.store, case, "weiter", "", NOW)
    name_successor(team.ours.office, case, str(tom.colleague.user), NOW)
    team.ours.sign()
    tom.exchange()
    assert sharing.view(tom.store, case).my_role is Role.LEADS
    assert unled(team.ours.office) == {}
    sharing.invite(tom.store, case, mia.colleague, Role.WRITES, NOW)
    for _ in range(2):
        tom.exchange()
        mia.exchange()
    assert words(mia, case) == ["weiter"]


def test_somebody_new_is_named_and_gets_the_keys_from_the_escrow_key(team: Team) -> None:
    ine, mia = team.coach("Ine Voorbeeld"), team.coach("Mia Muster")
    case = a_case(ine.store)
    goals.add_goal(ine.store, case, "von Ine", "", NOW)
    ine.exchange()
    leaves(team, ine)
    named = name_successor(team.ours.office, case, str(mia.colleague.user), NOW)
    assert named.version > 1
    team.ours.sign()
    for _ in range(2):
        mia.exchange()
    paper = escrow.escrow_keys(team.ours.office, str(mia.colleague.user))
    escrow.put_keys(team.ours.office, escrow.rewrap(team.ours.keys, paper).paper)
    for _ in range(2):
        mia.exchange()
    assert words(mia, case) == ["von Ine"]
    goals.add_goal(mia.store, case, "von Mia", "", NOW)
    mia.exchange()
    assert sorted(words(mia, case)) == ["von Ine", "von Mia"]


def test_who_is_not_named_cannot_lead(team: Team) -> None:
    ine, tom, case = shared(team)
    leaves(team, ine)
    for _ in range(2):
        tom.exchange()
    assert sharing.view(tom.store, case).my_role is Role.WRITES


def test_a_case_that_is_not_there_or_somebody_who_left_is_refused(team: Team) -> None:
    ine, _tom, case = shared(team)
    with pytest.raises(OfficeError):
        name_successor(team.ours.office, uuid4(), str(ine.colleague.user), NOW)
    leaves(team, ine)
    with pytest.raises(OfficeError):
        name_successor(team.ours.office, case, str(ine.colleague.user), NOW)


# --- what somebody was named for is done once they have led ------------------------------------


def named_then_led(team: Team) -> tuple[Laptop, Laptop, UUID]:
    """Tom was named and leads; Mia, whom he has asked in, writes along."""
    ine, tom, case = shared(team)
    mia = team.coach("Mia Muster")
    leaves(team, ine)
    name_successor(team.ours.office, case, str(tom.colleague.user), NOW)
    team.ours.sign()
    tom.exchange()
    sharing.invite(tom.store, case, mia.colleague, Role.WRITES, NOW)
    for _ in range(2):
        tom.exchange()
        mia.exchange()
    return tom, mia, case


def handed_over(team: Team) -> tuple[Laptop, Laptop, UUID]:
    """Tom was named, led, and has left the case to Mia."""
    tom, mia, case = named_then_led(team)
    sharing.hand_over(tom.store, case, mia.colleague, NOW)
    for _ in range(2):
        tom.exchange()
        mia.exchange()
    return tom, mia, case


def latest_of(laptop: Laptop, case: UUID) -> SignedMembership:
    with laptop.store.reading() as reading:
        found = members.latest(reading, case)
    assert found is not None
    return found


def roles(laptop: Laptop, case: UUID) -> dict[UUID, Role]:
    return {one.user: one.role for one in latest_of(laptop, case).record.members}


def link_of(laptop: Laptop) -> Link:
    with laptop.store.reading() as reading:
        own = organisations.own(reading)
    assert own is not None
    return laptop.way.link(laptop.store, own)


def led_again(laptop: Laptop, before: SignedMembership, *, new_key: bool = True) -> Membership:
    """The record by which a program that knows no better makes its user lead again."""
    old, author = before.record, laptop.store.keys.device_id
    me = Member(laptop.colleague.org, laptop.colleague.user, Role.LEADS)
    others = tuple(one for one in old.members if one.user != me.user)
    return replace(
        old,
        version=old.version + 1,
        previous=before.hash,
        epoch=next_epoch(old.epoch, before.hash, author, old.at) if new_key else old.epoch,
        members=(*others, me),
        closed=tuple(one for one in old.closed if one.device != author),
        author=author,
        joined=(),
    )


def signed(laptop: Laptop, record: Membership) -> SignedMembership:
    return records.signed(laptop.store, record, body_of(record))


def test_who_was_named_and_has_handed_over_does_not_come_back(team: Team) -> None:
    tom, mia, case = handed_over(team)
    before = latest_of(mia, case)
    goals.add_goal(mia.store, case, "nach Tom", "", NOW)
    for _ in range(3):
        mia.exchange()
        tom.exchange()
        assert exchange_view.view(tom.store).standing == "done"
    assert latest_of(mia, case) == before
    assert tom.colleague.user not in roles(mia, case)
    assert people.lines(tom.store, NOW) == []
    with tom.store.reading() as reading:
        assert log.wrapped_keys(reading.connection, case) == {}
    assert checking.check_open(tom.store).findings == []


def test_nor_does_another_laptop_of_theirs(team: Team) -> None:
    tom, mia, case = handed_over(team)
    before = latest_of(mia, case)
    second = team.laptop(tom.colleague, 2)
    for _ in range(2):
        second.exchange()
        mia.exchange()
    assert latest_of(mia, case) == before
    assert people.lines(second.store, NOW) == []


def test_who_was_named_and_may_only_read_by_now_stays_a_reader(team: Team) -> None:
    tom, mia, case = named_then_led(team)
    sharing.change_role(tom.store, case, mia.colleague, Role.LEADS, NOW)
    for laptop in (tom, mia):
        laptop.exchange()
    sharing.change_role(mia.store, case, tom.colleague, Role.READS, NOW)
    for _ in range(3):
        for laptop in (mia, tom):
            laptop.exchange()
            assert exchange_view.view(laptop.store).standing == "done"
    assert roles(mia, case)[tom.colleague.user] is Role.READS
    assert sharing.view(tom.store, case).my_role is Role.READS


def test_the_central_store_takes_no_record_by_which_they_come_back(team: Team) -> None:
    tom, mia, case = handed_over(team)
    before = latest_of(mia, case)
    again = signed(tom, led_again(tom, before))
    more = signed(tom, led_again(tom, again))
    for brought in ((again,), (again, more)):
        with pytest.raises(Refused) as refused:
            link_of(tom).put_members(m.PutMembers(case, brought, ()))
        assert refused.value.error == "not-here"
    mia.exchange()
    assert latest_of(mia, case) == before


def test_nor_one_by_which_who_only_reads_leads_again(team: Team) -> None:
    tom, mia, case = named_then_led(team)
    sharing.change_role(tom.store, case, mia.colleague, Role.LEADS, NOW)
    for laptop in (tom, mia):
        laptop.exchange()
    sharing.change_role(mia.store, case, tom.colleague, Role.READS, NOW)
    mia.exchange()
    again = signed(tom, led_again(tom, latest_of(mia, case), new_key=False))
    with pytest.raises(Refused):
        link_of(tom).put_members(m.PutMembers(case, (again,), ()))
    mia.exchange()
    assert roles(mia, case)[tom.colleague.user] is Role.READS


def test_they_see_no_more_of_the_case_than_anybody_who_left(team: Team) -> None:
    tom, mia, case = handed_over(team)
    eva = team.coach("Eva Exempel")
    mia.exchange()
    sharing.invite(mia.store, case, eva.colleague, Role.WRITES, NOW)
    goals.add_goal(mia.store, case, "nach Tom", "", NOW)
    mia.exchange()
    assert eva.colleague.user in roles(mia, case)
    said = link_of(tom).ask(m.Members, "members", m.AskMembers(case, 0))
    assert (said.keys, said.has_key, said.tails, said.seen) == ((), (), (), ())
    assert said.records[-1].record.role_of(eva.colleague.org, eva.colleague.user) is None


def test_who_was_named_and_came_too_late_sees_where_it_was_over_and_no_more(team: Team) -> None:
    ine, tom, case = shared(team)
    eva = team.coach("Eva Exempel")
    until = name_successor(team.ours.office, case, str(eva.colleague.user), NOW).version
    team.ours.sign()
    while latest_of(ine, case).record.version <= until:
        wanted = Role.READS if roles(ine, case)[tom.colleague.user] is Role.WRITES else Role.WRITES
        sharing.change_role(ine.store, case, tom.colleague, wanted, NOW)
        ine.exchange()
    before = latest_of(ine, case)
    said = link_of(eva).ask(m.Members, "members", m.AskMembers(case, 0))
    assert [one.record.version for one in said.records] == list(range(1, until + 1))
    assert replace(said, records=()) == m.Members((), (), (), (), ())
    eva.exchange()
    assert exchange_view.view(eva.store).standing == "done"
    assert people.lines(eva.store, NOW) == []
    ine.exchange()
    assert latest_of(ine, case) == before


def test_who_is_named_anew_leads_again(team: Team) -> None:
    tom, mia, case = handed_over(team)
    goals.add_goal(mia.store, case, "von Mia", "", NOW)
    mia.exchange()
    leaves(team, mia)
    name_successor(team.ours.office, case, str(tom.colleague.user), NOW)
    team.ours.sign()
    tom.exchange()
    assert unled(team.ours.office) == {}
    with pytest.raises(LaptopRevoked):
        mia.exchange()
    paper = escrow.escrow_keys(team.ours.office, str(tom.colleague.user))
    escrow.put_keys(team.ours.office, escrow.rewrap(team.ours.keys, paper).paper)
    for _ in range(3):
        tom.exchange()
    assert sharing.view(tom.store, case).my_role is Role.LEADS
    assert "von Mia" in words(tom, case)


def test_a_central_store_that_was_put_back_takes_what_an_older_one_had_taken(
    team: Team, owner: Engine
) -> None:
    """An older program led again by itself: her record on top of that one vouches for it."""
    tom, mia, case = handed_over(team)
    with mia.store.reading() as reading:
        chain = members.records(reading, case)
    again = signed(tom, led_again(tom, chain[-1]))
    old = again.record
    without = tuple(one for one in old.members if one.user == mia.colleague.user)
    out = replace(
        old,
        version=old.version + 1,
        previous=again.hash,
        epoch=next_epoch(old.epoch, again.hash, mia.store.keys.device_id, old.at),
        members=without,
        closed=chain[-1].record.closed,
        author=mia.store.keys.device_id,
    )
    forget(owner, team.ours.org, 0, new_epoch=True)
    lost = (*chain, again, signed(mia, out))
    link_of(mia).put_members(m.PutMembers(case, lost, ()))
    said = link_of(mia).ask(m.Members, "members", m.AskMembers(case, 0))
    assert said.records == lost
