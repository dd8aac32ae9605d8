"""The only person who leads a case has left: the organisation names who does from now on."""

from __future__ import annotations

from uuid import uuid4

import pytest

from caseworker_app.domain.sharing import Role
from caseworker_app.services import goals
from caseworker_app.services.exchange import sharing
from caseworker_app.services.exchange.revoked import LaptopRevoked
from caseworker_app.store import members
from central_store.office import escrow
from central_store.office.errors import OfficeError
from central_store.office.people import user_left
from central_store.office.succession import name_successor, unled
from tests.builders import NOW, a_case
from tests.sync.office_and_laptops import Laptop, Team
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
    assert unled(team.ours.office) == []
    leaves(team, ine)
    assert unled(team.ours.office) == [case]
    tom.exchange()
    goals.add_goal(tom.store, case, "weiter", "", NOW)
    name_successor(team.ours.office, case, str(tom.colleague.user), NOW)
    team.ours.sign()
    tom.exchange()
    assert sharing.view(tom.store, case).my_role is Role.LEADS
    assert unled(team.ours.office) == []
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
