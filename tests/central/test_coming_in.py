"""Connecting and signing in: what is good once, for whom, and for how long."""

from dataclasses import replace
from uuid import uuid4

import pytest

from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import pack_batch
from caseworker_app.sync.wire.directory import SignedDirectory, believed
from caseworker_app.sync.wire.packing import pack, unpack
from caseworker_app.sync.wire.signing import Purpose, to_sign
from tests.central.laptop import Laptop
from tests.central.replays import replayed

NOT_HERE = pack(m.Refusal("not-here"))
SIGN_IN = pack(m.Refusal("sign-in"))


def refused(answer) -> str:
    return unpack(m.Refusal, answer.content).error


@pytest.fixture
def stranger(client, office) -> Laptop:
    return Laptop(client, office, office.user())


def enrol(laptop, code, **changed):
    return laptop.ask("POST", "enrol", replace(laptop.enrolment(code), **changed))


def test_a_code_is_good_for_one_laptop_and_that_one_may_ask_again(client, office, stranger):
    code = office.code(stranger.user)
    assert enrol(stranger, code).status_code == 200
    assert enrol(stranger, code).status_code == 200
    other = Laptop(client, office, stranger.user)
    assert (enrol(other, code).status_code, enrol(other, code).content) == (404, NOT_HERE)


def test_a_code_is_good_for_a_quarter_of_an_hour(office, clock, stranger):
    code = office.code(stranger.user)
    clock.passes(minutes=15)
    assert enrol(stranger, code).content == NOT_HERE


def test_all_that_can_be_wrong_with_a_code_looks_the_same(client, office, laptop, stranger):
    code = office.code(stranger.user)
    known = laptop()
    answers = [
        enrol(stranger, bytes(16)),
        enrol(stranger, code, proof=bytes(64)),
        enrol(stranger, code, device=known.device.id),
        enrol(stranger, code, signing=b"short"),
        enrol(stranger.at("nobody"), code),
    ]
    again = replace(stranger, device=replace(stranger.device, id=known.device.id))
    answers.append(enrol(again, code))  # a good proof, but the id is another laptop's
    assert {(one.status_code, one.content) for one in answers} == {(404, NOT_HERE)}
    assert enrol(stranger, code).status_code == 200


def test_a_pending_laptop_gets_the_directory_and_nothing_else(office, laptop, stranger):
    case, _ = laptop().start()
    enrol(stranger, office.code(stranger.user))
    stranger.sign_in()
    assert stranger.ask("GET", "directory").status_code == 200
    for name, message in (("heads", None), ("pull", m.Pull(case, 0)), ("push", m.Push([]))):
        assert stranger.ask("POST", name, message).content == NOT_HERE


def test_a_nonce_is_given_to_anybody_and_good_once_for_a_minute(clock, laptop, stranger):
    known = laptop()
    assert stranger.signing_in().nonce  # of a laptop that nobody knows
    signed = known.signing_in()
    assert known.ask("POST", "token", signed).status_code == 200
    assert known.ask("POST", "token", signed).content == SIGN_IN
    late = known.signing_in()
    clock.passes(seconds=61)
    assert known.ask("POST", "token", late).content == SIGN_IN


def test_a_nonce_is_good_only_for_the_laptop_and_the_organisation_it_was_given_to(
    office, laptop, stranger
):
    known, other = laptop(), laptop()
    nonce = other.signing_in().nonce
    said = office.org.bytes + known.device.id.bytes + nonce
    borrowed = known.device.signing.sign(to_sign(Purpose.SIGN_IN, said))
    assert refused(known.ask("POST", "token", m.SignIn(known.device.id, nonce, borrowed)))
    assert refused(known.ask("POST", "token", known.signing_in(uuid4()))) == "sign-in"
    made_up = replace(known.signing_in(), nonce=bytes(40))
    assert refused(known.ask("POST", "token", made_up)) == "sign-in"
    assert stranger.ask("POST", "token", stranger.signing_in()).content == SIGN_IN


def test_a_token_is_good_for_ten_minutes(clock, laptop):
    known = laptop()
    assert known.ask("POST", "heads").status_code == 200
    clock.passes(minutes=10)
    assert known.ask("POST", "heads").content == SIGN_IN


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer zz", "Basic 00", "Bearer 00"])
def test_what_is_no_token_is_refused(laptop, said):
    assert laptop().raw("POST", "heads", authorization=said).content == SIGN_IN


def test_a_revoked_laptop_gets_its_order_and_its_tokens_are_gone_at_once(office, laptop):
    lost = laptop()
    office.revoke(lost.device.id)
    signed = office.publish()
    assert lost.ask("POST", "heads").content == SIGN_IN
    answer = lost.ask("POST", "token", lost.signing_in())
    assert answer.status_code == 410
    order = unpack(SignedDirectory, answer.content)
    assert order == signed
    assert believed(order, office.directory.root).device(lost.device.id).revoked


def test_who_left_is_signed_out_with_all_laptops(office, laptop):
    one = laptop()
    users = tuple(replace(user, left=user.id == one.user) for user in office.directory.users)
    office.directory = replace(office.directory, users=users)
    office.publish()
    assert one.ask("POST", "heads").content == SIGN_IN
    assert one.ask("POST", "token", one.signing_in()).status_code == 410


def test_a_program_that_is_too_old_may_hand_in_and_nothing_else(laptop):
    one = laptop()
    case, _ = one.start()
    old = {m.PROTOCOL_HEADER: "0"}
    assert one.raw("POST", "heads", **old).status_code == 426
    assert one.raw("GET", "directory", **old).status_code == 426
    batch = one.write(case, 2)
    assert hand_in_raw(one, batch, **old).status_code == 200
    assert one.pull(case)[1].seq == 2  # it is still in the case: nothing has to lie aside


def hand_in_raw(laptop, *batches, **headers):
    message = m.HandIn(laptop.device.id, [pack_batch(one) for one in batches])
    return laptop.raw("POST", "handin", pack(message), **headers)


def test_nothing_is_good_again(client, office, clock, laptop):
    tried = list(replayed(laptop, client, office, clock))
    assert len(tried) == 14
    assert [what for what, status in tried if status == 200] == []
