"""What anybody may hand in without a token: it costs little, and freezes nobody's case."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import MOST_CHANGES, Batch
from caseworker_app.sync.wire.packing import pack
from central_store import tables as t
from central_store.aside import MOST_BATCHES
from central_store.database import transaction
from tests.central.laptop import Laptop
from tests.central.test_membership import error, hand_in
from tests.central.waiting import until

READS, WRITES = Role.READS, Role.WRITES


def unsigned(batch: Batch) -> Batch:
    return replace(batch, signatures=tuple((device, bytes(64)) for device, _ in batch.signatures))


def waits_for_a_lock(db) -> bool:
    return db.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one() > 0


def stream_of(case):
    return select(t.stream.c.seq).where(t.stream.c.case_id == case).with_for_update()


# --- what it costs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "refused"), [(1, "malformed"), (MOST_BATCHES + 1, "too-large"), (3_000, "too-large")]
)
def test_empty_batches_are_not_handed_in(laptop, count, refused):
    one = laptop()
    case, _ = one.start()
    assert error(hand_in(one, *[Batch(case, (), ())] * count)) == refused


@pytest.mark.parametrize(("count", "refused"), [(1, "malformed"), (3_000, "too-large")])
def test_empty_batches_are_not_pushed(laptop, count, refused):
    one = laptop()
    case, _ = one.start()
    message = m.Push([[case.bytes, [], []]] * count)
    assert error(one.ask("POST", "push", message)) == refused


def test_as_many_cases_as_changes_may_be_pushed_at_once(laptop):
    one = laptop()
    batches = [one.write(uuid4()) for _ in range(MOST_CHANGES)]
    assert {outcome.refused for outcome in one.push(*batches)} == {"not-here"}


def test_nobody_waits_for_a_case_who_cannot_sign(laptop, office, owner):
    one = laptop()
    case, _ = one.start()
    forged = unsigned(one.write(case))
    with transaction(owner, office.org) as db:  # somebody is at work in this case
        db.execute(stream_of(case))
        assert error(hand_in(one, forged)) == "not-here"


def test_a_laptop_signs_in_while_its_work_is_handed_in(laptop, office, owner):
    one = laptop()
    case, _ = one.start()
    batch, answers = one.write(case), []
    bringing = Thread(target=lambda: answers.append(hand_in(replace(one), batch)))
    with transaction(owner, office.org) as db:
        db.execute(stream_of(case))
        bringing.start()
        until(lambda: waits_for_a_lock(db), "the hand-in that comes behind")
        one.sign_in()
    bringing.join()
    assert error(answers[0]) == ""
    assert one.pull(case)[1].seq == 1


def test_two_may_bring_the_same_at_once(laptop, office, owner):
    one, lead = laptop(), laptop()
    case, _ = lead.start(one.member(READS))
    batch, answers = one.write(case), []
    hands = [Thread(target=lambda: answers.append(hand_in(replace(one), batch))) for _ in range(2)]
    with transaction(owner, office.org) as db:
        db.execute(stream_of(case))
        for bringing in hands:
            bringing.start()
        until(lambda: waits_for_a_lock(db), "both of them")
    for bringing in hands:
        bringing.join()
    assert [error(answer) for answer in answers] == ["", ""]


# --- laptops that the organisation has not signed -----------------------------------------------


def unconfirmed(client, office, user) -> Laptop:
    """A laptop that somebody connected with a code of this user; nobody compared its number."""
    made = Laptop(client, office, user)
    made.get(m.Enrolled, "POST", "enrol", made.enrolment(office.code(user)))
    return made


def test_a_laptop_that_nobody_confirmed_brings_nothing_into_a_case(client, office, laptop):
    lead, colleague = laptop(), laptop()
    case, first = lead.start(colleague.member(WRITES))
    rogue = unconfirmed(client, office, colleague.user)
    assert error(hand_in(rogue, rogue.write(case))) == "not-here"
    assert lead.members(case).late == ()
    assert error(lead.put(case, lead.record(case, first.record.members, first))) == ""
    assert (lead.pull(case)[1].seq, lead.members(case).tails) == (0, ())


def test_neither_does_one_that_was_revoked_before_it_was_confirmed(client, office, owner, laptop):
    lead, colleague = laptop(), laptop()
    case, _ = lead.start(colleague.member(WRITES))
    rogue = unconfirmed(client, office, colleague.user)
    set_state(owner, rogue, "revoked")
    assert error(hand_in(rogue, rogue.write(case))) == "not-here"


def test_what_such_a_laptop_handed_in_earlier_is_let_in_by_no_record(office, owner, laptop):
    lead, colleague = laptop(), laptop()
    case, first = lead.start(colleague.member(READS))
    assert error(hand_in(colleague, colleague.write(case))) == ""
    set_state(owner, colleague, "pending")
    members = (lead.member(), colleague.member(WRITES))
    assert lead.members(case).late == ()
    assert error(lead.put(case, lead.record(case, members, first))) == ""
    assert lead.pull(case)[1].seq == 0


def set_state(owner, laptop, state: str) -> None:
    with transaction(owner, laptop.office.org) as db:
        here = t.device.c.device_id == laptop.device.id
        db.execute(update(t.device).where(here).values(state=state))


def test_a_laptop_that_was_signed_off_still_hands_in(office, laptop):
    lead, colleague = laptop(), laptop()
    case, _ = lead.start(colleague.member(WRITES))
    office.revoke(colleague.device.id)
    office.publish()
    assert error(hand_in(colleague, colleague.write(case))) == ""


# --- directories from before a laptop was revoked -----------------------------------------------


def test_a_directory_from_before_a_laptop_was_revoked_does_not_bring_it_back(office, owner, laptop):
    """Somebody puts back a newer one that was signed before `device revoke`."""
    one, lost = laptop(), laptop()
    signed = office.signed()
    set_state(owner, lost, "revoked")
    assert error(one.ask("PUT", "directory", signed)) == ""
    assert lost.ask("POST", "heads").status_code == 401
    assert lost.ask("POST", "token", lost.signing_in()).status_code == 410
    assert pack(one.get(type(signed), "GET", "directory")) == pack(signed)
