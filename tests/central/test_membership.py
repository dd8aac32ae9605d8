"""Who is in a case: records on top of each other, who is let go, and what comes late."""

import os
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import delete

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import pack_batch
from caseworker_app.sync.wire.directory import ESCROW, Released, Successor
from caseworker_app.sync.wire.membership import Closed, Member
from caseworker_app.sync.wire.packing import pack, unpack
from caseworker_app.sync.wire.signing import Purpose, to_sign
from central_store import aside, organisations
from central_store import tables as t
from central_store.database import transaction

WRITES, READS, LEADS = Role.WRITES, Role.READS, Role.LEADS


def error(answer) -> str:
    return "" if answer.status_code == 200 else unpack(m.Refusal, answer.content).error


def end_of(laptop, case) -> Closed:
    sequence, hash_ = laptop.chains[case]
    return Closed(laptop.device.id, sequence, hash_)


def key(laptop, epoch=1) -> m.WrappedKey:
    return m.WrappedKey(epoch, laptop.device.id, os.urandom(80))


def hand_in(laptop, *batches):
    token, laptop.token = laptop.token, b""
    message = m.HandIn(laptop.device.id, [pack_batch(one) for one in batches])
    answer = laptop.ask("POST", "handin", message)
    laptop.token = token
    return answer


@pytest.fixture
def two(laptop):
    """A leader, a colleague who writes, their case and its first record."""
    lead, colleague = laptop(), laptop()
    case, record = lead.start(colleague.member(WRITES))
    return lead, colleague, case, record


def remove(lead, case, record, *ends):
    """The next record, in which the leader is alone."""
    return lead.record(case, (lead.member(),), record, ends, epoch=record.record.epoch + 1)


def test_a_record_is_taken_once_and_only_on_top_of_the_latest(two):
    lead, colleague, case, first = two
    members = (lead.member(), colleague.member(LEADS))
    second = lead.record(case, members, first)
    assert error(lead.put(case, first)) == ""  # it is here already
    assert error(lead.put(case, second)) == ""
    assert error(lead.put(case, second)) == ""
    rival = colleague.record(case, members, first)
    assert error(colleague.put(case, rival)) == "moved-on"
    third = colleague.record(case, members, second)
    assert error(colleague.put(case, third)) == ""
    assert lead.members(case).records == (first, second, third)
    assert lead.members(case, 2).records == (third,)


def test_nobody_but_who_leads_writes_a_record(two, laptop):
    lead, colleague, case, first = two
    outside = laptop()
    mine = (lead.member(), colleague.member(LEADS))
    assert error(colleague.put(case, colleague.record(case, mine, first))) == "malformed"
    forged = replace(lead.record(case, mine, first), signature=bytes(64))
    assert error(lead.put(case, forged)) == "malformed"
    theirs = lead.record(case, (*mine, outside.member(READS)), first)
    assert error(outside.put(case, replace(theirs, signature=bytes(64)))) == "not-here"
    assert error(outside.put(case, outside.record(case))) == "not-here"
    assert error(outside.put(case)) == "not-here"
    assert lead.members(case).records == (first,)


def test_a_record_of_another_case_or_organisation_is_none(two):
    lead, _, case, _ = two
    assert error(lead.put(uuid4(), lead.record(case))) == "malformed"
    unborn = uuid4()
    assert error(lead.put(unborn, lead.record(unborn, before=lead.record(unborn)))) == "not-here"
    assert error(lead.put(uuid4())) == "not-here"


def test_who_leaves_must_be_closed_where_the_server_stands(two):
    lead, colleague, case, first = two
    colleague.push(colleague.write(case, 3))
    seen = end_of(colleague, case)
    colleague.push(colleague.write(case))
    assert error(lead.put(case, remove(lead, case, first))) == "moved-on"
    assert error(lead.put(case, remove(lead, case, first, seen))) == "moved-on"
    wrong = replace(end_of(colleague, case), hash=bytes(32))
    assert error(lead.put(case, remove(lead, case, first, wrong))) == "moved-on"
    assert error(lead.put(case, remove(lead, case, first, end_of(colleague, case)))) == ""


def test_who_left_sees_the_record_that_says_so_and_no_more_of_the_case(two):
    lead, colleague, case, first = two
    lead.push(lead.write(case, 2))
    colleague.push(colleague.write(case))
    gone = remove(lead, case, first, end_of(colleague, case))
    lead.put(case, gone, keys=[key(lead, 2)])
    later = lead.record(case, (lead.member(),), gone, gone.record.closed)
    lead.put(case, later)
    assert colleague.ask("POST", "pull", m.Pull(case, 0)).status_code == 404
    assert colleague.push(colleague.write(case))[0].refused == "not-here"
    shown = colleague.members(case)
    assert shown == m.Members(
        (first, gone), (), (), (Closed(colleague.device.id, 1, gone.record.closed[0].hash),), ()
    )
    assert colleague.get(m.Heads, "POST", "heads").streams == ()


def test_keys_are_kept_for_devices_of_members_and_for_escrow(two, laptop):
    lead, colleague, case, _ = two
    outside = laptop()
    mine, yours, nobodys = key(lead), key(colleague), key(outside)
    escrow = m.WrappedKey(1, ESCROW, os.urandom(80))
    short = m.WrappedKey(1, colleague.device.id, b"short")
    future = key(lead, 2)
    assert error(colleague.put(case, keys=[mine, yours, nobodys, escrow, future])) == ""
    assert error(colleague.put(case, keys=[short])) == ""
    assert lead.members(case).keys == (mine,)
    assert colleague.members(case).keys == (yours,)
    have = {(1, one) for one in (lead.device.id, ESCROW)}
    assert set(colleague.members(case).has_key) == have
    assert error(outside.put(case, keys=[nobodys])) == "not-here"


def test_a_key_that_no_record_speaks_of_is_not_kept(two):
    """Whoever is in a case could fill it with keys of invented numbers, for themselves to begin."""
    lead, colleague, case, first = two
    second = lead.record(case, first.record.members, first, epoch=60_000)
    assert error(lead.put(case, second, keys=[key(lead, 60_000)])) == ""
    invented = [key(colleague, epoch) for epoch in range(2, 7_000)]
    assert error(colleague.put(case, keys=invented)) == ""
    assert error(colleague.put(case, keys=[key(colleague, 1), key(colleague, 60_000)])) == ""
    assert [one.epoch for one in colleague.members(case).keys] == [1, 60_000]
    assert lead.members(case).has_key == ((1, colleague.device.id), (60_000, colleague.device.id))


def test_a_case_has_only_so_much_of_records(office, two):
    lead, colleague, case, latest = two
    everybody, taken, answer = latest.record.members, [latest], ""
    ends = [Closed(uuid4(), 1, os.urandom(32)) for _ in range(2_500)]
    while not answer:
        next_ = lead.record(case, everybody, taken[-1], ends)
        answer = error(lead.put(case, next_))
        taken += [] if answer else [next_]
        assert sum(len(one.body) for one in taken) < 4 * 1024 * 1024
    assert answer == "too-large"
    assert colleague.members(case).records == tuple(taken)
    forget(office, case)
    assert error(colleague.put(case, *taken)) == ""
    office.succeed(Successor(case, colleague.user, taken[-1].record.version + 10))
    office.publish()
    named = colleague.record(case, (colleague.member(LEADS),), taken[-1], ends, epoch=2)
    assert error(colleague.put(case, named)) == ""


def test_a_revoked_device_must_be_closed_and_cannot_sign_the_next_record(office, two, laptop):
    lead, colleague, case, first = two
    spare = laptop(lead.user)
    lead.push(lead.write(case, 2))
    office.revoke(lead.device.id)
    office.publish()
    by_lost = lead.record(case, first.record.members, first)
    assert error(spare.put(case, by_lost)) == "not-here"
    open_ = spare.record(case, first.record.members, first, epoch=2)
    assert error(spare.put(case, open_)) == "moved-on"
    closed = spare.record(case, first.record.members, first, [end_of(lead, case)], epoch=2)
    assert error(spare.put(case, closed)) == ""
    assert colleague.push(lead.write(case))[0].refused == "closed"


def test_the_proof_of_erasure_is_kept_and_shown(office, two, laptop):
    lead, colleague, case, first = two
    lead.put(case, remove(lead, case, first))

    def proof(of, **changed):
        said = m.Erasure(office.org, case, of.device.id, 0, bytes(32), 1)
        body = pack(replace(said, **changed))
        return m.SignedErasure(body, of.device.signing.sign(to_sign(Purpose.ERASURE, body)))

    good = proof(colleague)
    assert colleague.ask("POST", "erased", good).status_code == 200
    assert colleague.ask("POST", "erased", good).status_code == 200
    bad = [
        (colleague, replace(good, signature=bytes(64))),
        (lead, good),
        (colleague, proof(colleague, org=uuid4())),
        (colleague, proof(colleague, case=uuid4())),
        (laptop(), proof(colleague)),
    ]
    assert {error(one.ask("POST", "erased", said)) for one, said in bad} == {"not-here"}
    assert (
        error(colleague.ask("POST", "erased", proof(colleague, digest=bytes(1024)))) == "malformed"
    )
    assert lead.members(case).erased == (good,)


# --- what comes late -----------------------------------------------------------------------------


def test_who_left_hands_in_and_who_leads_lets_it_in(two):
    lead, colleague, case, first = two
    colleague.push(colleague.write(case, 2))
    gone = remove(lead, case, first, end_of(colleague, case))
    lead.put(case, gone)
    late = [colleague.write(case, 2), colleague.write(case, 3)]
    assert unpack(m.HandedIn, hand_in(colleague, late[0]).content).changes == 2
    assert unpack(m.HandedIn, hand_in(colleague, *late).content).changes == 5
    assert lead.pull(case)[1].seq == 2
    assert lead.members(case).late == (end_of(colleague, case),)

    taken = lead.record(case, (lead.member(),), gone, lead.members(case).late)
    assert error(lead.put(case, taken)) == ""
    batch, page = lead.pull(case)
    assert page.seq == 7
    assert batch.changes[2:] == late[0].changes + late[1].changes
    assert lead.members(case).late == ()
    assert unpack(m.HandedIn, hand_in(colleague, *late).content).changes == 0


def test_a_part_of_what_lies_aside_can_be_let_in(two):
    lead, colleague, case, first = two
    gone = remove(lead, case, first)
    lead.put(case, gone)
    early = colleague.write(case, 2)
    end = end_of(colleague, case)
    hand_in(colleague, early, colleague.write(case, 2))
    assert error(lead.put(case, lead.record(case, (lead.member(),), gone, [end]))) == ""
    assert lead.pull(case)[0].changes == early.changes
    assert lead.members(case).late == (end_of(colleague, case),)


def test_a_record_lets_in_what_lies_aside_of_whom_it_makes_write_again(two):
    lead, colleague, case, first = two
    reads = replace(colleague.member(), role="reads")
    gone = lead.record(case, (lead.member(), reads), first)
    assert error(lead.put(case, gone)) == ""
    late = colleague.write(case, 2)
    hand_in(colleague, late)
    assert lead.members(case).late == (end_of(colleague, case),)
    assert error(lead.put(case, lead.record(case, first.record.members, gone))) == ""
    assert lead.pull(case)[0].changes == late.changes
    assert lead.members(case).late == ()


def test_what_is_handed_in_is_the_devices_own_and_goes_on_where_its_chain_ends(two, laptop):
    lead, colleague, case, first = two
    colleague.push(colleague.write(case))
    lead.put(case, remove(lead, case, first, end_of(colleague, case)))
    other = laptop()
    good, skipped = colleague.write(case), colleague.write(case)
    unsigned = replace(good, signatures=((colleague.device.id, bytes(64)),))
    assert error(hand_in(colleague, unsigned)) == "not-here"
    assert error(hand_in(colleague, skipped)) == "moved-on"
    assert error(hand_in(other, good)) == "malformed"
    stranger = replace(other, device=type(other.device).generate(uuid4()))
    assert error(hand_in(stranger, good)) == "not-here"
    assert error(hand_in(colleague, good, skipped)) == ""


def test_no_id_that_stands_somewhere_is_laid_aside(two, laptop):
    lead, colleague, case, first = two
    lead.push(lead.write(case))
    taken = lead.pull(case)[0].changes[0].header.change
    lead.put(case, remove(lead, case, first))
    before = dict(colleague.chains)
    for ids in ((None, taken), (other := uuid4(), other)):
        colleague.chains = dict(before)
        late = colleague.signed(case, [colleague.change(case, id_=one) for one in ids])
        assert error(hand_in(colleague, late)) == "moved-on"


def test_late_work_that_cannot_go_in_leaves_no_trace_in_the_stream(two):
    """Its id came to stand in the stream after it was laid aside."""
    lead, colleague, case, first = two
    gone = remove(lead, case, first)
    lead.put(case, gone)
    late = colleague.write(case, 2)
    assert error(hand_in(colleague, late)) == ""
    stolen = late.changes[1].header.change
    assert lead.push(lead.signed(case, [lead.change(case, epoch=2, id_=stolen)]))[0].refused == ""
    lets_in = lead.record(case, (lead.member(),), gone, [end_of(colleague, case)])
    lead.put(case, lets_in)
    assert lead.pull(case)[1].seq == 1
    assert lead.push(lead.write(case, epoch=2))[0].refused == ""
    assert lead.pull(case)[1].seq == 2
    assert lead.members(case).late == (end_of(colleague, case),)  # it lies there as before


def test_a_revoked_laptops_work_waits_for_the_organisation(office, two):
    lead, colleague, case, first = two
    colleague.push(colleague.write(case))
    before = end_of(colleague, case)
    office.revoke(colleague.device.id)
    office.publish()
    late = colleague.write(case, 3)
    end = end_of(colleague, case)
    assert error(hand_in(colleague, late)) == ""
    assert lead.members(case).late == ()  # nobody who leads can let this in
    closed = lead.record(case, first.record.members, first, [before], epoch=2)
    assert error(lead.put(case, closed)) == ""
    further = lead.record(case, first.record.members, closed, [end])
    assert error(lead.put(case, further)) == ""
    assert lead.pull(case)[1].seq == 1

    office.release(Released(colleague.device.id, case, end.sequence, end.hash))
    office.publish()
    assert lead.pull(case)[1].seq == 4
    assert lead.pull(case, 1)[0].changes == late.changes


def test_a_device_may_lay_aside_only_so_much(two, monkeypatch):
    lead, colleague, case, first = two
    lead.put(case, remove(lead, case, first))
    monkeypatch.setattr(aside, "MOST_ASIDE", 5)
    assert error(hand_in(colleague, colleague.write(case, 5))) == ""
    assert error(hand_in(colleague, colleague.write(case, 1))) == "no-room"


# --- a store that was put back --------------------------------------------------------------------


def test_a_case_that_a_backup_does_not_have_is_brought_back_whole(office, two, laptop):
    """Records first, although one of them closes a chain that is not here yet, then the changes."""
    lead, colleague, case, first = two
    colleague.push(colleague.write(case, 3))
    lead.push(lead.write(case, 2))
    gone = remove(lead, case, first, end_of(colleague, case))
    lead.put(case, gone)
    batch, page = lead.pull(case)
    forget(office, case)

    assert error(lead.put(case, first, gone)) == ""
    assert lead.push(batch)[0].seqs == (1, 2, 3, 4, 5)
    again, page_again = lead.pull(case)
    assert (again.changes, page_again.digest) == (batch.changes, page.digest)


def test_an_earlier_author_may_have_been_revoked_since(office, two, laptop):
    lead, _, case, first = two
    spare = laptop(lead.user)
    second = lead.record(case, first.record.members, first)
    office.revoke(lead.device.id)
    office.publish()
    forget(office, case)
    third = spare.record(case, first.record.members, second, epoch=2)
    assert error(spare.put(case, first, second)) == "not-here"
    assert error(spare.put(case, first, second, third)) == ""


def test_a_directory_that_a_backup_does_not_have_is_put_back_by_a_laptop(office, laptop):
    one = laptop()
    old = office.publish()
    other = laptop()
    newest = office.publish()
    with transaction(office.owner, office.org) as db:
        for table in (t.token, t.directory):
            db.execute(delete(table).where(table.c.org_id == office.org))
        db.execute(delete(t.device).where(t.device.c.device_id == other.device.id))
    organisations.publish(office.owner, office.handle, old, office.clock(), os.urandom)
    one.sign_in()
    assert one.ask("POST", "token", other.signing_in()).status_code == 401
    assert error(one.ask("PUT", "directory", replace(newest, signature=bytes(64)))) == "malformed"
    assert error(one.ask("PUT", "directory", newest)) == ""
    assert error(one.ask("PUT", "directory", newest)) == ""
    assert error(one.ask("PUT", "directory", old)) == "moved-on"
    assert other.sign_in().ask("POST", "heads").status_code == 200


def forget(office, case) -> None:
    """What a backup from before the case began looks like."""
    with transaction(office.owner, office.org) as db:
        for table in (t.change, t.tail, t.record, t.seat, t.wrap, t.seen, t.erasure, t.stream):
            db.execute(delete(table).where(table.c.case_id == case))


def test_a_member_who_joined_after_the_backup_may_bring_the_record_that_says_so(two, laptop):
    lead, _, case, first = two
    new = laptop()
    second = lead.record(case, (*first.record.members, new.member(READS)), first)
    assert error(new.put(case, second)) == ""
    assert new.pull(case)[1].seq == 0
    unknown = Member(uuid4(), uuid4(), READS)
    third = lead.record(case, (*second.record.members, unknown), second)
    assert error(lead.put(case, third)) == ""  # nobody has a device for them: harmless
