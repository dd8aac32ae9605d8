"""What the organisation decides now and then: late work, escrow, erasing, putting a backup back."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import pack_batch
from caseworker_app.sync.wire.directory import ESCROW
from caseworker_app.sync.wire.membership import Member
from caseworker_app.vault.device import Device
from central_store import tables as t
from central_store.call import Refused
from central_store.office import papers, quarantine
from central_store.office.counting import numbers
from central_store.office.enrolment import enrolment_code
from central_store.office.erasing import erase_case, written_down
from central_store.office.errors import NotTaken, OfficeError
from central_store.office.escrow import escrow_keys, put_keys, rewrap
from central_store.office.keys import new_keys, rotated
from central_store.office.papers import EscrowKeys
from central_store.office.people import user_left
from central_store.office.restoring import restored
from tests.central.an_organisation import SERVER, an_organisation
from tests.central.laptop import Laptop
from tests.central.test_documents import begin, bring, named, state


@pytest.fixture
def ours(owner, clock):
    return an_organisation(owner, "Ine Voorbeeld", "Tom Beispiel", now=clock())


@pytest.fixture
def ine(ours, client):
    coach = ours.coaches[0]
    return Laptop(client, ours, coach.user, coach.device).sign_in()


def sealed_key(ours, laptop, case, epoch=1):
    """A case key as a laptop makes it: wrapped for itself and for the escrow key."""
    key, info = secrets.token_bytes(32), hpke.case_key_info(case, epoch)
    mine = hpke.wrap(laptop.device.public.receiving, key, info)
    escrow = hpke.wrap(ours.directory.escrow, key, info)
    answer = laptop.put(
        case,
        keys=[m.WrappedKey(epoch, laptop.device.id, mine), m.WrappedKey(epoch, ESCROW, escrow)],
    )
    assert answer.status_code == 200
    return key


# --- quarantine -------------------------------------------------------------------------------


def handed_in(ours, laptop, cases):
    """A laptop is revoked, and hands in what it had not sent."""
    batches = [laptop.write(case, 3) for case in cases]
    ours.revoke(laptop.device.id)
    message = m.HandIn(laptop.device.id, [pack_batch(one) for one in batches])
    return laptop.get(m.HandedIn, "POST", "handin", message).changes


def test_late_work_of_a_revoked_laptop_waits_for_the_office(ours, ine):
    first, second = ine.start()[0], ine.start()[0]
    ine.push(ine.write(first))
    assert handed_in(ours, ine, [first, second]) == 6
    aside = quarantine.lying_aside(ours.office)
    assert {(one.device, one.case, one.changes) for one in aside} == {
        (ine.device.id, first, 3),
        (ine.device.id, second, 3),
    }
    assert all(one.revoked and not one.waits for one in aside)


def test_what_is_released_comes_into_the_case_with_the_next_directory(ours, ine):
    first, second = ine.start()[0], ine.start()[0]
    handed_in(ours, ine, [first, second])
    quarantine.release(ours.office, str(ine.device.id), str(first), ours.now)
    assert numbers(ours.office).changes == 0  # nothing yet: nobody has signed it
    assert [one.waits for one in quarantine.lying_aside(ours.office) if one.case == first] == [True]
    directory = ours.sign()
    assert [(end.case, end.sequence) for end in directory.released] == [(first, 3)]
    assert numbers(ours.office).changes == 3
    assert [one.case for one in quarantine.lying_aside(ours.office)] == [second]


def test_what_is_discarded_is_gone(ours, ine):
    case = ine.start()[0]
    handed_in(ours, ine, [case])
    quarantine.release(ours.office, ine.device.id.hex[:8], None, ours.now)
    assert len(quarantine.discard(ours.office, ine.device.id.hex[:8], None)) == 1
    assert quarantine.lying_aside(ours.office) == []
    assert ours.sign().released == ()
    with pytest.raises(OfficeError):
        quarantine.discard(ours.office, str(ine.device.id), None)


# --- escrow -----------------------------------------------------------------------------------


def through_files(tmp_path, paper):
    papers.write(tmp_path / "keys", paper)
    return papers.read(tmp_path / "keys", EscrowKeys)


@pytest.mark.parametrize("rotations", [0, 2])
def test_a_coach_who_lost_the_laptop_gets_the_very_same_keys(
    ours, ine, client, tmp_path, rotations
):
    cases = [ine.start()[0] for _ in range(3)]
    keys = {case: sealed_key(ours, ine, case) for case in cases}
    for _ in range(rotations):
        ours.keys = rotated(ours.keys, escrow=True)
        ours.sign()
    ours.revoke(ine.device.id)
    new = Laptop(client, ours, ine.user, ours.new_laptop(ine.user)).sign_in()
    assert new.members(cases[0]).keys == ()
    done = rewrap(ours.keys, through_files(tmp_path, escrow_keys(ours.office, str(ine.user))))
    assert (done.unproven, done.unopened) == ((), ())
    assert [laptop.id for laptop in done.laptops] == [new.device.id]
    assert done.paper.keys == ()  # nobody else vouches for somebody who works alone
    assert put_keys(ours.office, through_files(tmp_path, done.with_own())) == 3
    for case in cases:
        (wrapped,) = new.members(case).keys
        info = hpke.case_key_info(case, wrapped.epoch)
        assert hpke.unwrap(new.device.receiving, wrapped.wrapped, info) == keys[case]


def test_nobody_gets_keys_of_a_case_they_are_not_in(ours, ine, client):
    """Not even when the central store puts such a case into the file."""
    tom = ours.coaches[1]
    case, record = ine.start()
    sealed_key(ours, ine, case)
    assert escrow_keys(ours.office, str(tom.user)).keys == ()
    smuggled = replace(escrow_keys(ours.office, str(ine.user)), user=tom.user)
    done = rewrap(ours.keys, smuggled)
    assert (done.with_own().keys, done.unproven) == ((), (case,))
    stranger = Device.generate(ine.device.id)
    forged = Laptop(client, ours, tom.user, stranger).record(case)
    done = rewrap(ours.keys, replace(smuggled, records=(record, forged)))
    assert (done.with_own().keys, done.unproven) == ((), (case,))


def test_a_member_by_a_later_record_gets_the_keys(ours, ine):
    tom = ours.coaches[1]
    case, record = ine.start()
    sealed_key(ours, ine, case)
    members = (ine.member(), Member(ours.org, tom.user, Role.READS))
    assert ine.put(case, ine.record(case, members, record)).status_code == 200
    done = rewrap(ours.keys, escrow_keys(ours.office, str(tom.user)))
    assert [key.case for key in done.paper.keys] == [case]


def test_no_key_goes_to_a_laptop_that_the_root_has_not_signed(ours, ine):
    case, _record = ine.start()
    sealed_key(ours, ine, case)
    ours.connect(ine.user)  # waits, unconfirmed
    paper = escrow_keys(ours.office, str(ine.user))
    assert [laptop.id for laptop in rewrap(ours.keys, paper).laptops] == [ine.device.id]
    other = new_keys(ours.handle, "Probe")
    entry = replace(ours.directory.devices[0], receiving=secrets.token_bytes(32))
    forged = other.sign(replace(ours.directory, devices=(entry,), root=other.public_root))
    for directory in (forged, replace(forged, body=b""), replace(forged, signature=bytes(64))):
        with pytest.raises(NotTaken):
            rewrap(ours.keys, replace(paper, directory=directory))


def test_without_a_new_laptop_no_key_is_opened(ours, ine):
    ours.revoke(ine.device.id)
    with pytest.raises(OfficeError, match="no laptop"):
        rewrap(ours.keys, escrow_keys(ours.office, str(ine.user)))
    user_left(ours.office, str(ours.coaches[1].user), ours.now)
    ours.sign()
    with pytest.raises(OfficeError, match="no laptop"):
        rewrap(ours.keys, escrow_keys(ours.office, str(ours.coaches[1].user)))


def test_a_key_that_was_not_wrapped_for_us_is_named(ours, ine):
    case, _record = ine.start()
    sealed_key(ours, ine, case)
    paper = escrow_keys(ours.office, str(ine.user))
    broken = replace(paper, keys=(replace(paper.keys[0], wrapped=bytes(80)),))
    done = rewrap(ours.keys, broken)
    assert (done.with_own().keys, done.unopened) == ((), (case,))


def test_only_wrapped_keys_for_laptops_of_that_user_are_laid_down(ours, ine):
    case, _record = ine.start()
    sealed_key(ours, ine, case)
    paper = rewrap(ours.keys, escrow_keys(ours.office, str(ine.user))).with_own()
    tom = ours.coaches[1].device.id
    assert put_keys(ours.office, replace(paper, keys=(replace(paper.keys[0], device=tom),))) == 0
    assert put_keys(ours.office, replace(paper, keys=(replace(paper.keys[0], case=uuid4()),))) == 0
    with pytest.raises(OfficeError):
        put_keys(ours.office, escrow_keys(ours.office, str(ine.user)))


# --- erasing and putting a backup back ----------------------------------------------------------


def rows(ours, table, case):
    with ours.office.work() as db:
        return db.execute(select(table).where(table.c.case_id == case)).all()


def test_an_erased_case_leaves_headers_and_hashes(ours, ine, tmp_path):
    case, other = ine.start()[0], ine.start()[0]
    for one in (case, other):
        sealed_key(ours, ine, one)
        ine.push(ine.write(one, 4))
    before, _page = ine.pull(case)
    log = tmp_path / "erasures.jsonl"
    assert erase_case(ours.office, case, log, ours.now) == 4
    after, page = ine.pull(case)
    assert [change.hash for change in after.changes] == [change.hash for change in before.changes]
    assert all(change.sealed is None for change in after.changes)
    assert page.seq == 4
    assert rows(ours, t.wrap, case) == []
    assert len(rows(ours, t.wrap, other)) == 2
    assert all(change.sealed for change in ine.pull(other)[0].changes)
    assert [(one.org, one.case) for one in written_down(log)] == [(ours.org, case)]


def test_after_a_restore_what_was_erased_is_erased_again(owner, ours, ine, tmp_path):
    case = ine.start()[0]
    ine.push(ine.write(case, 4))
    log = tmp_path / "erasures.jsonl"
    kept = rows(ours, t.change, case)
    erase_case(ours.office, case, log, ours.now)
    with ours.office.work() as db:  # the backup knows the bodies
        for row in kept:
            here = (t.change.c.org_id == ours.org, t.change.c.case_id == case)
            db.execute(
                t.change.update()
                .where(*here, t.change.c.seq == row.seq)
                .values(body=row.body, body_hash=None)
            )
    assert all(change.sealed for change in ine.pull(case)[0].changes)
    done = restored(owner, log)
    assert done.erased == 1
    ine.sign_in()
    assert all(change.sealed is None for change in ine.pull(case)[0].changes)


def test_documents_of_an_erased_case_are_gone_and_do_not_come_again(ours, ine, tmp_path):
    case, content = ine.start()[0], secrets.token_bytes(5_000)
    bring(ine, case, content)
    begin(ine, case, unfinished := secrets.token_bytes(2_000))
    before = numbers(ours.office)
    erase_case(ours.office, case, tmp_path / "erasures.jsonl", ours.now)
    after = numbers(ours.office)
    assert (before.documents, before.document_bytes) == (1, 5_000)
    assert (after.documents, after.document_bytes) == (0, 0)
    assert ine.raw("GET", named(content)).status_code == 404
    assert rows(ours, t.blob_part, case) == []
    said = ine.get(m.Members, "POST", "members", m.AskMembers(case, 0))
    assert said.papers == hashlib.sha256(content).digest()  # so no laptop offers it
    assert state(begin(ine, case, content)) == (5_000, 5_000)  # nor is it taken from one that does
    assert rows(ours, t.blob_part, case) == []
    assert ine.raw("HEAD", named(unfinished)).status_code == 404


def test_without_the_file_of_erasures_nothing_is_said_to_be_restored(owner, ours, ine, tmp_path):
    before = ine.get(m.Heads, "POST", "heads").epoch
    with pytest.raises(OfficeError, match="not here"):
        restored(owner, tmp_path / "erasures.jsonl")
    assert ine.get(m.Heads, "POST", "heads").epoch == before


def test_what_cannot_be_written_down_is_not_erased(ours, ine, tmp_path):
    case = ine.start()[0]
    ine.push(ine.write(case, 4))
    with pytest.raises(OfficeError, match="written down"):
        erase_case(ours.office, case, tmp_path / "no folder" / "erasures.jsonl", ours.now)
    assert all(change.sealed for change in ine.pull(case)[0].changes)


def test_after_a_restore_there_is_a_new_epoch_and_old_codes_are_void(owner, ours, ine, tmp_path):
    code = enrolment_code(ours.office, str(ine.user), SERVER, ours.now).code
    before = ine.get(m.Heads, "POST", "heads").epoch
    (tmp_path / "erasures.jsonl").touch()
    restored(owner, tmp_path / "erasures.jsonl")
    assert ine.ask("POST", "heads").status_code == 401
    assert ine.sign_in().get(m.Heads, "POST", "heads").epoch != before
    with pytest.raises(Refused):
        ours.enrol(code, Device.generate(uuid4()))


def test_a_broken_line_in_the_log_of_erasures_is_named(owner, ours, tmp_path):
    log = tmp_path / "erasures.jsonl"
    log.write_text("not a line\n", "utf-8")
    with pytest.raises(OfficeError, match="Line 1"):
        restored(owner, log)
    with pytest.raises(OfficeError, match="no case"):
        erase_case(ours.office, uuid4(), tmp_path / "new", ours.now)
    assert not (tmp_path / "new").exists()


def test_numbers_alone(ours, ine):
    case = ine.start()[0]
    ine.push(ine.write(case, 4))
    ours.connect(ine.user)
    ours.now += timedelta(minutes=1)
    found = numbers(ours.office)
    assert (found.users, found.active, found.pending, found.revoked) == (2, 2, 1, 0)
    assert (found.cases, found.changes, found.wishes, found.directory) == (1, 4, 0, 2)
