"""Nothing that is not what its author signed is taken. The long form is `make faults`."""

import random
from dataclasses import replace

import pytest

from caseworker_app.sync.wire.changes import pack_batch
from caseworker_app.sync.wire.messages import Push, Pushed
from caseworker_app.sync.wire.packing import unpack
from caseworker_app.sync.wire.signing import Purpose, to_sign
from tests.central.forgery import KINDS, forge, scene_of

COUNT = 600


@pytest.fixture
def scene(laptop):
    return scene_of(laptop)


def test_no_forgery_is_taken(scene):
    counted = forge(scene, COUNT, seed=4)
    assert (counted.sent, counted.taken) == (COUNT, 0), counted
    assert set(counted.answers) >= {"400", "fork", "gap", "unsigned", "not-here"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_by_itself_is_refused(scene, kind):
    chance = random.Random(1)
    for _ in range(5):
        batch = kind(scene, chance)
        answer = scene.writer.ask("POST", "push", Push([pack_batch(batch)]))
        if answer.status_code != 400:  # else it could not even be read
            assert unpack(Pushed, answer.content).outcomes[0].refused


def test_a_removed_member_and_a_stranger_cannot_bring_even_what_is_good(scene):
    for one in (scene.removed, scene.stranger):
        assert one.push(scene.good)[0].refused == "not-here"


def test_a_signature_for_something_else_is_none(scene):
    """A device that is talked into signing a nonce has signed no change."""
    hash_ = scene.good.changes[-1].hash
    said = scene.writer.office.org.bytes + scene.writer.device.id.bytes + hash_
    for purpose in Purpose:
        signature = scene.writer.device.signing.sign(to_sign(purpose, said))
        batch = replace(scene.good, signatures=((scene.writer.device.id, signature),))
        assert scene.writer.push(batch)[0].refused == "unsigned"
