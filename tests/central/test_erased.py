"""A case that was erased at the central store stays erased, whoever brings some of it again."""

from __future__ import annotations

import os
import secrets
import threading

import pytest
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import pack_batch
from caseworker_app.sync.wire.directory import ESCROW
from caseworker_app.sync.wire.packing import unpack
from central_store import tables as t
from central_store.database import engine_of, transaction
from central_store.office.erasing import erase_case
from central_store.office.escrow import put_keys
from central_store.office.papers import EscrowKey, EscrowKeys
from central_store.office.restoring import restored
from tests.central.an_organisation import an_organisation
from tests.central.laptop import Laptop
from tests.central.test_documents import append, begin, bring, named, state
from tests.central.test_membership import end_of, hand_in, remove
from tests.central.waiting import until

CONTENT = (t.wrap, t.tag, t.aside, t.blob_part)
"""What must be empty of an erased case. Of changes and documents, ids and hashes stay."""


@pytest.fixture
def ours(owner, clock):
    return an_organisation(owner, "Ine Voorbeeld", "Tom Beispiel", now=clock())


@pytest.fixture
def laptops(ours, client):
    return [Laptop(client, ours, one.user, one.device).sign_in() for one in ours.coaches]


@pytest.fixture
def log(tmp_path):
    return tmp_path / "erasures.jsonl"


def keys_for(*devices):
    return [m.WrappedKey(1, device, os.urandom(80)) for device in (*devices, ESCROW)]


def left(ours, case) -> dict[str, int]:
    """How many rows with content there are of a case."""
    with ours.office.work() as db:

        def count(table, *more):
            here = (table.c.org_id == ours.org, table.c.case_id == case)
            return db.execute(select(func.count()).select_from(table).where(*here, *more)).scalar()

        found = {table.name: count(table) for table in CONTENT}
        found["body"] = count(t.change, t.change.c.body.is_not(None))
        found["document"] = count(t.blob, t.blob.c.size != t.ERASED)
    return {name: rows for name, rows in found.items() if rows}


def fill(laptop, case) -> None:
    """One of everything that a laptop brings."""
    assert laptop.put(case, keys=keys_for(laptop.device.id)).status_code == 200
    assert laptop.push(laptop.write(case, 3))[0].refused == ""
    assert laptop.ask("POST", "tags", m.PutTags(case, (os.urandom(32),))).status_code == 200
    content = secrets.token_bytes(5_000)
    there, size = state(begin(laptop, case, content))
    while there < size:
        there, size = state(append(laptop, content, there, size))


def test_what_laptops_bring_of_it_again_is_taken_and_let_fall(ours, laptops, log):
    ine, _tom = laptops
    case = ine.start()[0]
    fill(ine, case)
    assert set(left(ours, case)) == {"wrap", "tag", "blob_part", "body", "document"}
    erase_case(ours.office, case, log, ours.now)
    assert left(ours, case) == {}
    fill(ine, case)
    assert left(ours, case) == {}
    batch, page = ine.pull(case)
    assert (page.seq, [one.sealed for one in batch.changes]) == (6, [None] * 6)
    assert batch.changes[-1].hash == ine.chains[case][1]  # so the chain goes on
    papers = ine.members(case).papers
    assert len(papers) == 2 * 32  # both documents: nobody offers them again


def test_a_change_that_comes_twice_has_the_same_number(ours, laptops, log):
    ine, _tom = laptops
    case = ine.start()[0]
    erase_case(ours.office, case, log, ours.now)
    batch = ine.write(case, 3)
    assert ine.push(batch)[0].seqs == (1, 2, 3)
    assert ine.push(batch)[0].seqs == (1, 2, 3)


def test_other_cases_go_on(ours, laptops, log):
    ine, _tom = laptops
    case, other = ine.start()[0], ine.start()[0]
    erase_case(ours.office, case, log, ours.now)
    fill(ine, other)
    assert set(left(ours, other)) == {"wrap", "tag", "blob_part", "body", "document"}


def test_what_is_handed_in_of_it_is_taken_and_let_fall(ours, laptops, log):
    """All pieces of a chain, so that the laptop that has to erase it can go on."""
    ine, tom = laptops
    case, first = ine.start(tom.member())
    tom.push(tom.write(case))
    ine.put(case, remove(ine, case, first, end_of(tom, case)))
    late = [tom.write(case, 2), tom.write(case, 3)]
    assert hand_in(tom, late[0]).status_code == 200
    assert set(left(ours, case)) == {"aside", "body"}
    erase_case(ours.office, case, log, ours.now)
    for one in late:
        assert unpack(m.HandedIn, hand_in(tom, one).content).changes == 0
    assert left(ours, case) == {}
    forged = tom.write(case)
    tom.device, real = type(tom.device).generate(tom.device.id), tom.device
    unsigned = m.HandIn(real.id, [pack_batch(tom.signed(case, forged.changes))])
    tom.device = real
    assert tom.ask("POST", "handin", unsigned).status_code == 404  # nobody learns that it is erased


def test_no_key_from_the_escrow_key_is_laid_down_for_it(ours, laptops, log):
    ine, _tom = laptops
    case = ine.start()[0]
    key = EscrowKey(case, 1, os.urandom(80), ine.device.id)
    paper = EscrowKeys(ours.handle, ine.user, None, (key,))
    assert put_keys(ours.office, paper) == 1
    erase_case(ours.office, case, log, ours.now)
    assert put_keys(ours.office, paper) == 0
    assert left(ours, case) == {}


# --- after a restore ------------------------------------------------------------------------------


def forget(ours, case) -> None:
    """What a backup from before the case began looks like."""
    tables = (t.erased_case, *CONTENT, t.blob, t.change, t.tail, t.record, t.seat, t.seen, t.stream)
    with ours.office.work() as db:
        for table in tables:
            db.execute(delete(table).where(table.c.org_id == ours.org, table.c.case_id == case))


def test_a_case_that_the_backup_does_not_know_comes_back_without_content(owner, ours, laptops, log):
    ine, tom = laptops
    case, first = ine.start(tom.member())
    ine.push(before := ine.write(case, 3))
    erase_case(ours.office, case, log, ours.now)
    forget(ours, case)
    assert restored(owner, log).erased == 1
    for one in laptops:
        one.sign_in()
    assert hand_in(ine, before).status_code == 200  # of a case without any record there
    assert left(ours, case) == {}
    assert ine.put(case, first, keys=keys_for(ine.device.id, tom.device.id)).status_code == 200
    assert ine.push(before)[0].seqs == (1, 2, 3)
    fill(tom, case)
    assert left(ours, case) == {}


def test_what_came_after_the_backup_comes_back_without_content(owner, ours, laptops, log):
    ine, _tom = laptops
    case, _first = ine.start()
    bring(ine, case, old := secrets.token_bytes(3_000))
    erase_case(ours.office, case, log, ours.now)
    with ours.office.work() as db:  # the backup knows the case, and of no erasure
        db.execute(delete(t.erased_case).where(t.erased_case.c.org_id == ours.org))
    restored(owner, log)
    ine.sign_in()
    fill(ine, case)
    assert left(ours, case) == {}
    assert ine.raw("GET", named(old)).status_code == 404


# --- at the same moment ---------------------------------------------------------------------------


def test_what_is_pushed_at_the_same_moment_has_no_body(postgres, ours, laptops, log):
    """It waits for the stream while the case is erased, or the erasure waits for it."""
    ine, _tom = laptops
    case = ine.start()[0]
    ine.push(ine.write(case))
    admin = engine_of(postgres.admin, 1)
    batch, outcomes = ine.write(case, 3), []
    erasing = threading.Thread(target=lambda: erase_case(ours.office, case, log, ours.now))
    pushing = threading.Thread(target=lambda: outcomes.extend(ine.push(batch)))

    def waiting(count: int) -> bool:
        query = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        with admin.connect() as db:
            return db.execute(query).scalar() == count

    s = t.stream.c
    with transaction(ours.office.engine, ours.org) as db:
        db.execute(select(s.seq).where(s.case_id == case).with_for_update())
        erasing.start()
        until(lambda: waiting(1), "the erasure to wait for who pushes")
        pushing.start()
        until(lambda: waiting(2), "the push to wait behind it")
    erasing.join()
    pushing.join()
    admin.dispose()
    assert [one.refused for one in outcomes] == [""]
    assert left(ours, case) == {}


def test_who_serves_may_read_what_is_erased_and_not_change_it(app_engine, ours, laptops, log):
    case = laptops[0].start()[0]
    erase_case(ours.office, case, log, ours.now)
    with transaction(app_engine, ours.org) as db:
        assert db.execute(select(t.erased_case.c.case_id)).scalars().all() == [case]
    for forbidden in (delete(t.erased_case), insert(t.erased_case)):
        with (
            pytest.raises(DBAPIError, match="permission denied"),
            transaction(app_engine, ours.org) as db,
        ):
            db.execute(forbidden, {"org_id": ours.org, "case_id": case})
