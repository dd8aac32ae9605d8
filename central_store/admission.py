"""Who may come in: connecting a laptop with a code, and signing in with a challenge.

A nonce is not kept when it is given away: it carries the moment and a mark that only this server
can make, so that asking for millions of them fills nothing. It is kept once it was used.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.sync.wire.directory import KEY_BYTES
from caseworker_app.sync.wire.messages import (
    OLDEST_PROTOCOL,
    PROTOCOL,
    TOKEN_MINUTES,
    AskNonce,
    Enrol,
    Enrolled,
    Hello,
    Nonce,
    SignIn,
    Token,
)
from caseworker_app.sync.wire.signing import Purpose, to_sign, verify
from central_store import tables as t
from central_store.call import Call, Device, Refused, State, device_of, not_here
from central_store.kept_directory import latest

NONCE_SECONDS = 60
_STAMP, _RANDOM, _MARK = 8, 16, 16


def hello(call: Call, _: object) -> Hello:
    """Say which protocol is spoken here, what time it is, and since which restore."""
    epoch = call.db.execute(select(t.server.c.epoch)).scalar_one()
    return Hello(PROTOCOL, OLDEST_PROTOCOL, epoch, call.milliseconds)


def enrol(call: Call, asked: Enrol) -> Enrolled:
    """Take a laptop in that has a one-time code: from then on it waits to be signed.

    All that can be wrong with a code looks the same. The same laptop may ask again with its code,
    for the answer may have been lost.
    """
    proof = asked.code + asked.device.bytes + asked.signing + asked.receiving
    if len(asked.signing) != KEY_BYTES or len(asked.receiving) != KEY_BYTES:
        raise not_here()
    if not verify(asked.signing, asked.proof, to_sign(Purpose.ENROLMENT, proof)):
        raise not_here()
    c = t.code.c
    user = call.db.execute(
        update(t.code)
        .where(c.org_id == call.org, c.code_hash == hashed(asked.code), c.until > call.now)
        .where(or_(c.used_by.is_(None), c.used_by == asked.device))
        .values(used_by=asked.device)
        .returning(c.user_id)
    ).scalar_one_or_none()
    if user is None or not _taken_in(call, asked, user):
        raise not_here()
    signed = latest(call.db, call.org)
    first = select(t.organisation.c.root).where(t.organisation.c.org_id == call.org)
    root = signed.directory.root if signed else bytes(call.db.execute(first).scalar_one())
    return Enrolled(user, root)


def _taken_in(call: Call, asked: Enrol, user: UUID) -> bool:
    """Whether the id is free, or is this very laptop's."""
    row = {
        "org_id": call.org,
        "device_id": asked.device,
        "home_org": call.org,
        "user_id": user,
        "signing": asked.signing,
        "receiving": asked.receiving,
        "state": State.PENDING.value,
        "since": call.now,
    }
    call.db.execute(upsert(t.device).values(row).on_conflict_do_nothing())
    d = t.device.c
    found = call.db.execute(
        select(d.user_id, d.signing, d.receiving).where(
            d.org_id == call.org, d.device_id == asked.device
        )
    ).one()
    return tuple(found) == (user, asked.signing, asked.receiving)


def nonce(call: Call, asked: AskNonce) -> Nonce:
    """Give something to sign, whether or not there is such a device."""
    stamp = call.milliseconds.to_bytes(_STAMP, "big") + call.randoms(_RANDOM)
    return Nonce(stamp + _mark(call, asked.device, stamp))


def sign_in(call: Call, asked: SignIn) -> Token:
    """Give a token for a signed nonce; a revoked laptop is given the directory that says so."""
    device = _device(call, asked.device)
    signed = call.org.bytes + asked.device.bytes + asked.nonce
    if device is None or not _is_fresh(call, asked):
        raise Refused("sign-in")
    if not verify(device.signing, asked.signature, to_sign(Purpose.SIGN_IN, signed)):
        raise Refused("sign-in")
    if device.state is State.REVOKED:
        order = latest(call.db, call.org) if device.home == call.org else None
        raise Refused("revoked", body=order) if order else Refused("sign-in")
    _spend(call, asked.nonce)
    return _token(call, device)


def authorised(call: Call, token: bytes) -> Device:
    """The device with this token. Refused when the token is none or is not good any more."""
    found = call.db.execute(
        select(t.device)
        .join(
            t.token,
            (t.token.c.org_id == t.device.c.org_id) & (t.token.c.device_id == t.device.c.device_id),
        )
        .where(t.token.c.org_id == call.org, t.token.c.token_hash == hashed(token))
        .where(t.token.c.until > call.now)
    ).one_or_none()
    if found is None:
        raise Refused("sign-in")
    device = device_of(found)
    if device.state is State.REVOKED:
        raise Refused("sign-in")
    return device


def hashed(secret: bytes) -> bytes:
    """How codes and tokens are kept: they are random, so that one SHA-256 is enough."""
    return hashlib.sha256(secret).digest()


def _device(call: Call, device: UUID) -> Device | None:
    d = t.device.c
    found = call.db.execute(select(t.device).where(d.org_id == call.org, d.device_id == device))
    row = found.one_or_none()
    return device_of(row) if row else None


def _mark(call: Call, device: UUID, stamp: bytes) -> bytes:
    secret = call.db.execute(select(t.server.c.secret)).scalar_one()
    said = call.org.bytes + device.bytes + stamp
    return hmac.digest(bytes(secret), said, "sha256")[:_MARK]


def _is_fresh(call: Call, asked: SignIn) -> bool:
    """Whether this nonce was given to this device less than a minute ago."""
    stamp, mark = asked.nonce[: _STAMP + _RANDOM], asked.nonce[_STAMP + _RANDOM :]
    age = call.milliseconds - int.from_bytes(stamp[:_STAMP], "big")
    return 0 <= age <= NONCE_SECONDS * 1000 and hmac.compare_digest(
        mark, _mark(call, asked.device, stamp)
    )


def _spend(call: Call, used: bytes) -> None:
    s = t.spent.c
    call.db.execute(delete(t.spent).where(s.org_id == call.org, s.until < call.now))
    until = call.now + timedelta(seconds=2 * NONCE_SECONDS)
    row = upsert(t.spent).values(org_id=call.org, nonce=used, until=until)
    once = row.on_conflict_do_nothing().returning(s.nonce)
    if call.db.execute(once).first() is None:
        raise Refused("sign-in")


def _token(call: Call, device: Device) -> Token:
    secret = call.randoms(32)
    life = timedelta(minutes=TOKEN_MINUTES)
    k, d = t.token.c, t.device.c
    call.db.execute(
        delete(t.token).where(k.org_id == call.org, k.device_id == device.id, k.until < call.now)
    )
    call.db.execute(
        insert(t.token).values(
            org_id=call.org,
            token_hash=hashed(secret),
            device_id=device.id,
            until=call.now + life,
        )
    )
    call.db.execute(
        update(t.device)
        .where(d.org_id == call.org, d.device_id == device.id)
        .values(last_seen=call.now)
    )
    return Token(secret, int(life.total_seconds()))
