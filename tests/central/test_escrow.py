"""Case keys for a new laptop: only what signed records give the user, whatever the server says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.directory import SignedDirectory
from caseworker_app.sync.wire.membership import Member, SignedMembership
from caseworker_app.sync.wire.packing import pack
from caseworker_app.sync.wire.passphrases import FLOOR
from central_store.office import key_file, papers
from central_store.office.escrow import escrow_keys, rewrap
from central_store.office.papers import EscrowKey, EscrowKeys
from tests.central.an_organisation import an_organisation
from tests.central.laptop import Laptop
from tests.central.test_office_commands import FIRST, SECOND, it
from tests.central.test_office_decides import sealed_key

__all__ = ("it",)


@pytest.fixture
def ours(owner, clock):
    return an_organisation(owner, "Ine Voorbeeld", "Tom Beispiel", "Mia Muster", now=clock())


@pytest.fixture
def laptops(ours, client):
    return [Laptop(client, ours, one.user, one.device).sign_in() for one in ours.coaches]


def member(laptop, role=Role.LEADS):
    return Member(laptop.office.org, laptop.user, role)


def cases_of(keys) -> set[UUID]:
    return {key.case for key in keys}


def as_told(ours, laptop, *records, user=None):
    """What the two people would hand over of one case, if the server told of it so."""
    case = records[0].record.case
    mine = escrow_keys(ours.office, str(laptop.user))
    keys = tuple(key for key in mine.keys if key.case == case)
    told = replace(mine, user=user or laptop.user, keys=keys, records=records)
    done = rewrap(ours.keys, told)
    assert done.unopened == ()
    said = {"colleague": done.paper.keys, "own": done.own, "nothing": done.unproven}
    return [name for name, found in said.items() if found]


def test_nobody_gets_a_case_of_somebody_else_by_signing_a_first_record(ours, laptops):
    """A coach and whoever runs the central store: it has all ids and all wrapped keys."""
    ine, tom, mia = laptops
    case, _record = mia.start()
    sealed_key(ours, mia, case)
    claimed = ine.record(case)
    assert as_told(ours, mia, claimed, user=ine.user) == ["own"]
    with_tom = ine.record(case, (member(ine), member(tom)))
    assert as_told(ours, mia, with_tom, user=ine.user) == ["own"]
    # Tom's laptop believes that it leads the case, and closes the chain of a lost laptop by itself
    gone_on = tom.record(case, with_tom.record.members, with_tom, epoch=2)
    assert as_told(ours, mia, with_tom, gone_on, user=ine.user) == ["own"]


def test_a_record_counts_only_with_all_before_it(ours, laptops):
    ine, tom, mia = laptops
    case, first = mia.start()
    sealed_key(ours, mia, case)
    asked_in = mia.record(case, (member(mia), member(ine, Role.WRITES)), first)
    assert as_told(ours, mia, first, asked_in, user=ine.user) == ["colleague"]
    assert as_told(ours, mia, asked_in, user=ine.user) == ["nothing"]
    assert as_told(ours, mia, first, user=ine.user) == ["nothing"]
    by_nobody = tom.record(case, asked_in.record.members, first)
    assert as_told(ours, mia, first, by_nobody, user=ine.user) == ["nothing"]
    by_herself = ine.record(case, asked_in.record.members, first)
    assert as_told(ours, mia, first, by_herself, user=ine.user) == ["nothing"]
    forged = replace(asked_in, signature=bytes(64))
    assert as_told(ours, mia, first, forged, user=ine.user) == ["nothing"]
    senseless = SignedMembership(b"\x00", bytes(64))
    assert as_told(ours, mia, first, senseless, asked_in, user=ine.user) == ["colleague"]


def test_who_was_taken_out_gets_no_later_key(ours, laptops):
    """Also when the server puts the record out of sight that says so."""
    ine, _tom, mia = laptops
    case, first = mia.start()
    asked_in = mia.record(case, (member(mia), member(ine, Role.WRITES)), first)
    out = mia.record(case, (member(mia),), asked_in, epoch=5)
    assert mia.put(case, asked_in, out).status_code == 200
    sealed_key(ours, mia, case, epoch=5)
    assert as_told(ours, mia, first, asked_in, out, user=ine.user) == ["nothing"]
    assert as_told(ours, mia, first, asked_in, user=ine.user) == ["nothing"]
    assert as_told(ours, mia, first, asked_in, out) == ["own"]


def test_a_laptop_that_was_signed_off_vouches_for_nobody(ours, laptops):
    ine, tom, mia = laptops
    case, first = mia.start()
    sealed_key(ours, mia, case)
    both = (member(mia), member(ine))
    asked_in = mia.record(case, both, first)
    by_ine = ine.record(case, (*both, member(tom)), asked_in)
    ours.revoke(mia.device.id)
    ours.new_laptop(mia.user)
    assert as_told(ours, mia, first, asked_in, by_ine, user=ine.user) == ["own"]
    assert as_told(ours, mia, first, asked_in, by_ine, user=tom.user) == ["colleague"]


def test_a_guest_who_leads_vouches_with_the_directory_of_their_organisation(
    owner, ours, clock, client, laptops
):
    theirs = an_organisation(owner, "Sam Gast", now=clock())
    ours.befriend(theirs)
    guest = Laptop(client, theirs, theirs.coaches[0].user, theirs.coaches[0].device)
    ine, tom, _mia = laptops
    case, first = ine.start()
    sealed_key(ours, ine, case)
    handed_over = ine.record(case, (member(ine), member(guest)), first)
    public = guest.device.public
    known = m.Guest(theirs.org, theirs.handle, guest.user, public.id, public.signing)
    assert ine.put(case, handed_over, guests=[known]).status_code == 200
    visiting = guest.at(ours.handle).sign_in()
    with_tom = visiting.record(case, (*handed_over.record.members, member(tom)), handed_over)
    assert visiting.put(case, with_tom).status_code == 200
    paper = escrow_keys(ours.office, str(tom.user))
    assert cases_of(rewrap(ours.keys, paper).paper.keys) == {case}
    assert rewrap(ours.keys, replace(paper, partners=())).unproven == (case,)
    lies = tuple(replace(one, signature=bytes(64)) for one in paper.partners)
    assert rewrap(ours.keys, replace(paper, partners=lies)).unproven == (case,)


def test_no_key_goes_to_a_laptop_that_was_lost_since(ours, laptops):
    """The server shows a directory from before; the key file remembers the one signed last."""
    ine, _tom, _mia = laptops
    sealed_key(ours, ine, ine.start()[0])
    before = escrow_keys(ours.office, str(ine.user))
    ours.revoke(ine.device.id)
    new = ours.new_laptop(ine.user)
    assert [laptop.id for laptop in rewrap(ours.keys, before).laptops] == [new.id]


@dataclass(frozen=True, slots=True)
class OlderPaper:
    """As it was written before there were directories of partners in it."""

    handle: str
    user: UUID
    directory: SignedDirectory
    keys: tuple[EscrowKey, ...]
    records: tuple[SignedMembership, ...]


def test_a_file_of_an_older_program_can_be_read(ours, laptops, tmp_path):
    ine = laptops[0]
    sealed_key(ours, ine, ine.start()[0])
    now = escrow_keys(ours.office, str(ine.user))
    older = OlderPaper(now.handle, now.user, now.directory, now.keys, now.records)
    papers.write(tmp_path / "now", now)
    line = (tmp_path / "now").read_bytes().partition(b"\n")[0]
    (tmp_path / "older").write_bytes(line + b"\n" + pack(older))
    done = rewrap(ours.keys, papers.read(tmp_path / "older", EscrowKeys))
    assert cases_of(done.own) == cases_of(now.keys)


def test_two_people_say_yes_to_cases_that_nobody_else_vouches_for(ours, laptops, it):
    ine, _tom, mia = laptops
    alone, first = ine.start()
    sealed_key(ours, ine, alone)
    shared, first = mia.start()
    sealed_key(ours, mia, shared)
    both = (member(mia), member(ine, Role.WRITES))
    assert mia.put(shared, mia.record(shared, both, first)).status_code == 200
    key_file.create(it.folder / "keys", ours.keys, (FIRST, SECOND), FLOOR)
    here = ("--organisation", ours.handle)
    it.done("escrow", "prepare", "--user", str(ine.user), "--out", "sealed", *here)

    def handed_over(typed: str) -> set[UUID]:
        wrap = ("escrow", "rewrap", "--key", "keys", "sealed", "--out", "done", *here)
        said = it.done(*wrap, passphrases=it.both(), typed=typed)
        assert f"No colleague vouches for 1 of these cases:\n  case {alone}\n" in said
        return cases_of(papers.read(it.folder / "done", EscrowKeys).keys)

    assert handed_over("yes\nyes\n") == {alone, shared}
    assert handed_over("no\nyes\n") == {shared}
    assert it.done("escrow", "publish", "done", *here).endswith(": 1 key.\n")
