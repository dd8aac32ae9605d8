"""People known twice: whom to ask, and nothing more."""

import os

import pytest
from starlette.testclient import TestClient

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.packing import unpack
from central_store.application import create_application
from central_store.limits import Allowance, Limits
from tests.central.laptop import Laptop


def known(laptop, *tags) -> tuple:
    return laptop.get(m.Known, "POST", "known", m.AskTags(tags)).users


def put(laptop, case, *tags) -> int:
    return laptop.ask("POST", "tags", m.PutTags(case, tags)).status_code


def test_a_colleague_who_leads_a_case_of_the_same_person_is_named(laptop):
    one, other, reader = laptop(), laptop(), laptop()
    same, another = os.urandom(32), os.urandom(32)
    case, _ = one.start(reader.member(Role.READS))
    assert put(one, case, same, another) == 200
    assert known(other, same) == (one.user,)
    assert known(other, another, os.urandom(32)) == (one.user,)
    assert known(one, same) == ()
    assert put(one, case, another) == 200
    assert known(other, same) == ()
    assert put(one, case) == 200
    assert known(other, another) == ()


def test_who_only_reads_or_is_not_in_the_case_gives_it_no_tags(laptop):
    one, reader, outside = laptop(), laptop(), laptop()
    case, _ = one.start(reader.member(Role.READS))
    assert put(reader, case, os.urandom(32)) == 404
    assert put(outside, case, os.urandom(32)) == 404


@pytest.mark.parametrize("tags", [(b"short",), (bytes(32),) * 65])
def test_tags_must_be_tags(laptop, tags):
    one = laptop()
    case, _ = one.start()
    assert put(one, case, *tags) == 400
    assert one.ask("POST", "known", m.AskTags(tags)).status_code == 400


def test_nobody_may_try_all_the_names_of_a_town(app_engine, clock, laptop):
    one = laptop()
    with TestClient(create_application(app_engine, clock, os.urandom, Limits())) as client:
        one.client = client
        answers = [one.ask("POST", "known", m.AskTags((bytes(32),))) for _ in range(62)]
        assert [answer.status_code for answer in answers] == [200] * 60 + [429] * 2
        refusal = unpack(m.Refusal, answers[-1].content)
        assert (refusal.error, refusal.seconds) == ("slow-down", 61)
        clock.passes(seconds=refusal.seconds)
        assert one.ask("POST", "known", m.AskTags((bytes(32),))).status_code == 200
        assert one.ask("POST", "heads").status_code == 200


def test_nobody_may_try_codes(app_engine, clock, office, laptop):
    one = laptop()
    with TestClient(create_application(app_engine, clock, os.urandom, Limits())) as client:
        one.client = client
        said = one.enrolment(bytes(16))
        answers = [one.ask("POST", "enrol", said).status_code for _ in range(7)]
        assert answers == [404] * 5 + [429] * 2
        clock.passes(minutes=13)
        assert one.ask("POST", "enrol", said).status_code == 404


def test_a_whole_office_may_connect_its_laptops_from_one_address(app_engine, clock, office):
    user = office.user()
    with TestClient(create_application(app_engine, clock, os.urandom, Limits())) as client:
        for _ in range(20):
            laptop = Laptop(client, office, user)
            said = laptop.ask("POST", "enrol", laptop.enrolment(office.code(user)))
            assert said.status_code == 200


def test_a_laptop_that_asks_without_end_is_slowed_down(app_engine, clock, laptop):
    one = laptop()
    limits = Limits(requests=Allowance(5, 60), bytes=Allowance(10_000, 10_000))
    with TestClient(create_application(app_engine, clock, os.urandom, limits)) as client:
        one.client = client
        answers = [one.ask("POST", "heads").status_code for _ in range(6)]
        assert answers == [200] * 5 + [429]
        clock.passes(minutes=5)
        one.start()
        assert one.raw("POST", "push", os.urandom(9_000)).status_code == 400
        assert one.raw("POST", "push", os.urandom(9_000)).status_code == 429
    limits = Limits(requests=Allowance(5, 60), bytes=Allowance(100_000, 100_000))
    with TestClient(create_application(app_engine, clock, os.urandom, limits)) as client:
        one.client = client
        assert one.raw("POST", "push", os.urandom(90_000)).status_code == 400
        assert one.raw("POST", "push", os.urandom(90_000)).status_code == 429
