"""What becomes of a batch, and how a stream is read."""

import os
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, update

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import (
    MOST_CHANGES,
    NOTHING,
    Batch,
    Sealed,
    added,
    pack_batch,
    packed_header,
)
from caseworker_app.sync.wire.packing import pack, unpack
from central_store import tables as t
from central_store.database import transaction


def refusal(laptop, batch) -> str:
    return laptop.push(batch)[0].refused


def test_batches_are_judged_apart_and_answered_in_their_order(laptop):
    one = laptop()
    cases = [one.start()[0] for _ in range(3)]
    good = [one.write(case, 2) for case in cases]
    foreign = one.write(uuid4())
    outcomes = one.push(good[2], foreign, good[0], good[1])
    assert [outcome.refused for outcome in outcomes] == ["", "not-here", "", ""]
    assert [outcome.seqs for outcome in outcomes] == [(1, 2), (), (1, 2), (1, 2)]


def test_a_gap_and_a_fork_are_told_apart(laptop):
    one = laptop()
    case, _ = one.start()
    first, second = one.write(case), one.write(case)
    assert refusal(one, second) == "gap"
    assert refusal(one, first) == ""
    assert refusal(one, second) == ""
    one.chains[case] = (1, first.changes[0].hash)
    assert refusal(one, one.write(case)) == "fork"
    one.chains[case] = (2, os.urandom(32))
    assert refusal(one, one.write(case)) == "fork"


def test_a_batch_that_fails_leaves_no_trace(laptop):
    one = laptop()
    case, _ = one.start()
    good, bad = one.change(case), one.change(case)
    forged = replace(one.signed(case, [good, bad]), signatures=((one.device.id, bytes(64)),))
    assert refusal(one, forged) == "unsigned"
    assert one.pull(case)[1].seq == 0
    assert one.members(case).tails == ()
    assert refusal(one, one.signed(case, [good, bad])) == ""


def test_an_id_that_is_taken_by_another_device_is_a_fork(laptop):
    one, other = laptop(), laptop()
    case, _ = one.start(other.member(Role.WRITES))
    taken = one.write(case)
    one.push(taken)
    mine = other.change(case)
    header = replace(mine.header, change=taken.changes[0].header.change)
    stolen = Sealed.of(packed_header(header), os.urandom(300))
    assert refusal(other, other.signed(case, [stolen])) == "fork"
    assert one.pull(case)[1].seq == 1


def test_who_only_reads_may_not_write_but_may_hand_on(laptop):
    one, reader = laptop(), laptop()
    case, _ = one.start(reader.member(Role.READS))
    assert refusal(reader, reader.write(case)) == "not-here"
    assert refusal(reader, one.write(case)) == ""  # a store that was put back is filled like this


def test_nobody_from_outside_may_hand_on(laptop):
    one, outside = laptop(), laptop()
    case, _ = one.start()
    assert refusal(outside, one.write(case)) == "not-here"
    assert one.pull(case)[1].seq == 0


def test_changes_of_several_devices_come_in_one_batch(laptop):
    one, other, third = laptop(), laptop(), laptop()
    case, _ = one.start(other.member(Role.WRITES), third.member(Role.READS))
    mine, yours = one.write(case, 2), other.write(case, 2)
    mixed = [mine.changes[0], yours.changes[0], mine.changes[1], yours.changes[1]]
    both = Batch(case, tuple(mixed), mine.signatures + yours.signatures)
    assert refusal(third, replace(both, signatures=mine.signatures)) == "unsigned"
    assert third.push(both)[0].seqs == (1, 2, 3, 4)
    batch, _ = third.pull(case)
    assert batch == replace(both, signatures=batch.signatures)
    assert dict(batch.signatures) == dict(both.signatures)


def test_a_revoked_device_writes_no_more_whoever_brings_it(office, laptop):
    one, lost = laptop(), laptop()
    case, _ = one.start(lost.member(Role.WRITES))
    one.push(lost.write(case))
    office.revoke(lost.device.id)
    office.publish()
    assert refusal(one, lost.write(case)) == "closed"


def test_a_page_never_parts_what_was_pushed_together(laptop):
    one = laptop()
    case, _ = one.start()
    for count in (300, 300, 300, 1):
        one.push(one.write(case, count))
    ends, after = [], 0
    while True:
        batch, page = one.pull(case, after)
        if not batch.changes:
            break
        assert page.seq == 901
        assert [device for device, _ in batch.signatures] == [one.device.id]
        assert len(batch.changes) <= MOST_CHANGES
        after += len(batch.changes)
        ends.append(after)
    assert ends == [300, 600, 901]
    assert len(one.pull(case, 450)[0].changes) == 451
    assert one.pull(case, 10_000)[0].changes == ()


def test_a_page_of_large_changes_is_no_larger_than_a_push(laptop):
    one = laptop()
    case, _ = one.start()
    for _ in range(4):
        one.push(one.signed(case, [one.change(case, 1_500_000)]))
    batch, page = one.pull(case)
    assert (len(batch.changes), page.seq) == (2, 4)


def test_the_digest_is_the_sum_of_all_hashes(laptop):
    one = laptop()
    case, _ = one.start()
    one.push(one.write(case, 7), one.write(case, 4))
    batch, page = one.pull(case)
    digest = NOTHING
    for change in reversed(batch.changes):
        digest = added(digest, change.hash)
    assert page.digest == digest


def test_a_body_that_was_erased_travels_as_its_hash(laptop, app_engine, office):
    one, other = laptop(), laptop()
    case, _ = one.start(other.member(Role.WRITES))
    one.push(one.write(case, 3))
    before, _ = one.pull(case)
    with transaction(app_engine, office.org) as db:
        db.execute(
            update(t.change)
            .where(t.change.c.seq == 2)
            .values(body=None, body_hash=func.sha256(t.change.c.body))
        )
    batch, _ = other.pull(case)
    assert [change.sealed is None for change in batch.changes] == [False, True, False]
    assert [change.hash for change in batch.changes] == [change.hash for change in before.changes]
    assert other.push(batch)[0].seqs == (1, 2, 3)
    assert other.push(before)[0].seqs == (1, 2, 3)


def test_only_who_leads_may_hand_on_a_change_without_its_body(laptop):
    one, other = laptop(), laptop()
    case, _ = one.start(other.member(Role.WRITES))
    batch = one.write(case, 2)
    bare = [replace(change, sealed=None) for change in batch.changes[:1]]
    stripped = replace(batch, changes=(*bare, *batch.changes[1:]))
    assert refusal(other, stripped) == "not-here"
    assert refusal(one, stripped) == ""


@pytest.mark.parametrize("size", [MOST_CHANGES + 1])
def test_too_many_changes_are_refused_as_a_whole(laptop, size):
    one = laptop()
    case, _ = one.start()
    message = m.Push([pack_batch(one.write(case, size))])
    answer = one.raw("POST", "push", pack(message))
    assert (answer.status_code, unpack(m.Refusal, answer.content).error) == (413, "too-large")


def test_a_key_that_nobody_knows_of_yet_is_a_gap(laptop):
    one = laptop()
    case, _ = one.start()
    assert refusal(one, one.write(case, epoch=2)) == "gap"
