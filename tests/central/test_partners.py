"""Two organisations at one central store: what crosses between them, and that nothing else does."""

import os
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.directory import SignedDirectory, believed
from caseworker_app.sync.wire.membership import Member
from caseworker_app.sync.wire.packing import pack, unpack
from caseworker_app.sync.wire.signing import Purpose, to_sign
from central_store import tables as t
from central_store.database import transaction
from tests.central.laptop import Laptop
from tests.central.office import Office


def error(answer) -> str:
    return "" if answer.status_code == 200 else unpack(m.Refusal, answer.content).error


@pytest.fixture
def theirs(owner, clock) -> Office:
    return Office(owner, clock).create()


@pytest.fixture
def friends(office, theirs):
    office.befriend(theirs)
    theirs.befriend(office)


def guest_of(laptop: Laptop) -> m.Guest:
    public = laptop.device.public
    at = laptop.office
    return m.Guest(at.org, at.handle, laptop.user, public.id, public.signing)


def test_a_directory_is_shown_only_to_partners_both_ways(office, theirs, laptop):
    mine, yours = laptop(), laptop(at=theirs)
    path = f"partners/{theirs.org}/directory"
    assert mine.ask("GET", path).status_code == 404
    office.befriend(theirs)
    office.publish()
    assert mine.ask("GET", path).status_code == 404
    theirs.befriend(office)
    signed = theirs.publish()
    assert mine.get(SignedDirectory, "GET", path) == signed
    assert believed(
        yours.get(SignedDirectory, "GET", f"partners/{office.org.hex}/directory"),
        office.directory.root,
    )


def test_a_partner_with_another_root_key_is_none(office, theirs, laptop):
    mine = laptop()
    laptop(at=theirs)
    theirs.befriend(office)
    theirs.publish()
    office.befriend(theirs)
    wrong = tuple(replace(one, root=os.urandom(32)) for one in office.directory.partners)
    office.directory = replace(office.directory, partners=wrong)
    office.publish()
    assert mine.ask("GET", f"partners/{theirs.org}/directory").status_code == 404


def test_a_guest_finds_the_case_and_works_in_it(office, theirs, friends, laptop):
    lead, invited = laptop(), laptop(at=theirs)
    case, first = lead.start()
    assert invited.get(m.Heads, "POST", "heads").elsewhere == ()
    record = lead.record(case, (lead.member(), invited.member(Role.WRITES)), first)
    key = m.WrappedKey(1, invited.device.id, os.urandom(80))
    assert error(lead.put(case, record, keys=[key], guests=[guest_of(invited)])) == ""

    assert invited.get(m.Heads, "POST", "heads").elsewhere == (office.handle,)
    visiting = invited.at(office.handle).sign_in()
    assert [one.case for one in visiting.get(m.Heads, "POST", "heads").streams] == [case]
    assert visiting.members(case).keys == (key,)
    assert visiting.push(visiting.write(case, 2))[0].seqs == (1, 2)
    assert len(lead.pull(case)[0].changes) == 2
    assert invited.ask("POST", "pull", m.Pull(case, 0)).status_code == 404  # not at home


def test_a_guest_may_do_no_more_than_work_in_the_case(office, theirs, friends, laptop):
    lead, invited = laptop(), laptop(at=theirs)
    case, first = lead.start()
    other, _ = lead.start()
    record = lead.record(case, (lead.member(), invited.member(Role.LEADS)), first)
    lead.put(case, record, guests=[guest_of(invited)])
    visiting = invited.at(office.handle).sign_in()
    own = uuid4()
    tags = (os.urandom(32),)
    tries = [
        visiting.ask("POST", "pull", m.Pull(other, 0)),
        visiting.put(own, visiting.record(own)),
        visiting.ask("POST", "known", m.AskTags(tags)),
        visiting.ask("POST", "tags", m.PutTags(case, tags)),
        visiting.ask("PUT", "directory", office.signed()),
        visiting.ask("GET", f"partners/{theirs.org}/directory"),
    ]
    assert {error(one) for one in tries} == {"not-here"}
    next_ = visiting.record(case, record.record.members, record)
    assert error(visiting.put(case, next_)) == ""  # but who leads, leads


def test_guests_of_the_same_case_are_shown_each_others_directories(
    office, theirs, friends, owner, clock, laptop
):
    """And of no others: neither of who is in another case, nor once they have erased it."""
    third = Office(owner, clock).create()
    office.befriend(third)
    third.befriend(office)
    office.publish()
    lead, one, two = laptop(), laptop(at=theirs), laptop(at=third)
    case, first = lead.start()
    other, other_first = lead.start()
    path = f"partners/{third.org}/directory"
    alone = lead.record(case, (lead.member(), one.member(Role.WRITES)), first)
    apart = lead.record(other, (lead.member(), two.member(Role.WRITES)), other_first)
    assert error(lead.put(case, alone, guests=[guest_of(one)])) == ""
    assert error(lead.put(other, apart, guests=[guest_of(two)])) == ""
    visiting = one.at(office.handle).sign_in()
    assert error(visiting.ask("GET", path)) == "not-here"
    assert error(visiting.ask("GET", f"partners/{uuid4()}/directory")) == "not-here"

    everybody = (lead.member(), one.member(Role.WRITES), two.member(Role.WRITES))
    both = lead.record(case, everybody, alone)
    assert error(lead.put(case, both, guests=[guest_of(one), guest_of(two)])) == ""
    root = third.directory.root
    assert believed(visiting.get(SignedDirectory, "GET", path), root)
    assert error(one.ask("GET", path)) == "not-here"  # at home, they are no partners

    left = lead.record(case, (lead.member(), two.member(Role.WRITES)), both, epoch=2)
    assert error(lead.put(case, left)) == ""
    assert believed(visiting.get(SignedDirectory, "GET", path), root)  # until it is erased
    body = pack(m.Erasure(office.org, case, one.device.id, left.record.version, bytes(32), 1))
    signature = one.device.signing.sign(to_sign(Purpose.ERASURE, body))
    assert error(visiting.ask("POST", "erased", m.SignedErasure(body, signature))) == ""
    assert error(visiting.ask("GET", path)) == "not-here"


def test_a_guest_is_taken_only_as_their_directory_says(office, theirs, friends, laptop):
    lead, invited, spare = laptop(), laptop(at=theirs), laptop(at=theirs)
    case, first = lead.start()
    record = lead.record(case, (lead.member(), invited.member(Role.WRITES)), first)
    good = guest_of(invited)
    wrong = [
        replace(good, signing=os.urandom(32)),
        replace(good, device=uuid4()),
        replace(good, org=uuid4()),
        replace(good, user=spare.user),
        guest_of(spare),  # no member
    ]
    for one in wrong:
        assert error(lead.put(case, record, guests=[one])) == "not-here"
    theirs.revoke(invited.device.id)
    theirs.publish()
    assert error(lead.put(case, record, guests=[good])) == "not-here"
    assert lead.members(case).records == (first,)


def test_a_laptop_that_its_organisation_revokes_is_no_guest_any_more(
    office, theirs, friends, laptop
):
    lead, invited = laptop(), laptop(at=theirs)
    case, first = lead.start()
    record = lead.record(case, (lead.member(), invited.member(Role.WRITES)), first)
    lead.put(case, record, guests=[guest_of(invited)])
    visiting = invited.at(office.handle).sign_in()
    visiting.push(visiting.write(case))
    theirs.revoke(invited.device.id)
    theirs.publish()
    assert error(visiting.ask("POST", "heads")) == "sign-in"
    assert error(visiting.ask("POST", "token", visiting.signing_in())) == "sign-in"
    assert lead.push(visiting.write(case))[0].refused == "closed"


def test_nobody_who_is_no_partner_can_be_invited(theirs, laptop):
    lead, invited = laptop(), laptop(at=theirs)
    case, first = lead.start()
    record = lead.record(case, (lead.member(), invited.member(Role.WRITES)), first)
    assert error(lead.put(case, record, guests=[guest_of(invited)])) == "not-here"
    assert error(lead.put(case, record)) == ""
    assert invited.get(m.Heads, "POST", "heads").elsewhere == ()


def test_nothing_is_written_at_a_partner_about_somebody_invented(office, theirs, friends, laptop):
    lead, invited = laptop(), laptop(at=theirs)
    invented = Member(theirs.org, uuid4(), Role.READS)
    case, first = lead.start()
    record = lead.record(case, (lead.member(), invited.member(Role.READS), invented), first)
    assert error(lead.put(case, record)) == ""
    with transaction(theirs.owner, theirs.org) as db:
        there = db.execute(select(t.elsewhere.c.user_id).where(t.elsewhere.c.org_id == theirs.org))
        assert there.scalars().all() == [invited.user]
