"""Codes, challenges and tokens used again: later, by another laptop, after they were taken back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

from caseworker_app.sync.wire import messages as m
from tests.central.laptop import Laptop
from tests.central.moments import Clock
from tests.central.office import Office

Tried = tuple[str, int]
"""What was tried, and the status that came back: 200 would be wrong."""


def replayed(make: Callable[..., Laptop], client, office: Office, clock: Clock) -> Iterator[Tried]:
    """One of each."""
    yield from _codes(client, office, clock)
    yield from _challenges(make, clock)
    yield from _tokens(make, office, clock)


def _codes(client, office: Office, clock: Clock) -> Iterator[Tried]:
    user = office.user()
    first, second = Laptop(client, office, user), Laptop(client, office, user)
    code, late = office.code(user), office.code(user)
    said = first.enrolment(code)
    assert first.ask("POST", "enrol", said).status_code == 200
    yield "a code by another laptop", _status(second, "enrol", second.enrolment(code))
    yield (
        "a code with other keys",
        _status(second, "enrol", replace(second.enrolment(code), device=first.device.id)),
    )
    yield "another's enrolment", _status(second, "enrol", replace(said, device=second.device.id))
    clock.passes(minutes=15)
    yield "a code too late", _status(second, "enrol", second.enrolment(late))
    yield "a used code too late", _status(first, "enrol", said)


def _challenges(make: Callable[..., Laptop], clock: Clock) -> Iterator[Tried]:
    one, other = make(), make()
    signed = one.signing_in()
    assert one.ask("POST", "token", signed).status_code == 200
    yield "an answer again", _status(one, "token", signed)
    yield "an answer by another", _status(other, "token", replace(signed, device=other.device.id))
    late = one.signing_in()
    clock.passes(seconds=61)
    yield "an answer too late", _status(one, "token", late)
    stamp = os.urandom(40)
    yield "a nonce of one's own", _status(one, "token", replace(late, nonce=stamp))


def _tokens(make: Callable[..., Laptop], office: Office, clock: Clock) -> Iterator[Tried]:
    one, lost = make(), make()
    clock.passes(minutes=10)
    yield "a token too late", _status(one, "heads")
    for laptop in (one, lost):
        laptop.sign_in()
    office.revoke(lost.device.id)
    office.publish()
    yield "a token of a revoked laptop", _status(lost, "heads")
    yield "a revoked laptop that signs in", _status(lost, "token", lost.signing_in())
    one.token, token = bytes(32), one.token
    yield "a made-up token", _status(one, "heads")
    one.token = token[:-1] + bytes([token[-1] ^ 1])
    yield "a token with one bit turned", _status(one, "heads")


def _status(laptop: Laptop, name: str, message: m.Enrol | m.SignIn | None = None) -> int:
    return laptop.ask("POST", name, message).status_code
