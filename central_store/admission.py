"""Who may come in: connecting a laptop with a code, and signing in with a challenge.

A nonce is not kept when it is given away: it carries the moment and a mark that only this server
can make, so that asking for millions of them fills nothing. It is kept once it was used.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, or_, select, update
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
from central_store.call import OF_DEVICE, Call, Device, Refused, State, device_of, not_here
from central_store.kept_directory import latest
from central_store.prepared import DEVICE, NOW, ORG, Prepared, given

NONCE_SECONDS = 60
_STAMP, _RANDOM, _MARK = 8, 16, 16
d, k, s, o = t.device.c, t.token.c, t.spent.c, t.organisation.c
_SERVER = Prepared(select(t.server.c.epoch, t.server.c.secret))
_DEVICE = Prepared(
    select(*OF_DEVICE, t.server.c.secret).where(d.org_id == ORG, d.device_id == DEVICE)
)
_WITH_TOKEN = Prepared(
    select(*OF_DEVICE)
    .join(t.token, (k.org_id == d.org_id) & (k.device_id == d.device_id))
    .join(t.organisation, o.org_id == d.org_id)
    .where(o.org_id == ORG, o.handle == bindparam("handle"))
    .where(k.org_id == ORG, k.token_hash == bindparam("hash"), k.until > NOW)
)
_old_nonces = delete(t.spent).where(s.org_id == ORG, s.until < NOW)
_SPEND = Prepared(
    upsert(t.spent)
    .values(given("org_id", "nonce", "until"))
    .on_conflict_do_nothing()
    .add_cte(_old_nonces.cte("old"))
)
_old_tokens = delete(t.token).where(k.org_id == ORG, k.device_id == DEVICE, k.until < NOW)
_is_here = update(t.device).where(d.org_id == ORG, d.device_id == DEVICE).values(last_seen=NOW)
_NEW_TOKEN = Prepared(
    insert(t.token)
    .values(given("org_id", "token_hash", "device_id", "until"))
    .add_cte(_old_tokens.cte("old"), _is_here.cte("here"))
)


def hello(call: Call, _: object) -> Hello:
    """Say which protocol is spoken here, what time it is, and since which restore."""
    return Hello(PROTOCOL, OLDEST_PROTOCOL, server(call).epoch, call.milliseconds)


def server(call: Call) -> Any:
    """The one row about the server itself: its epoch and its secret."""
    return call.first(_SERVER)


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
    found = call.db.execute(
        select(d.user_id, d.signing, d.receiving).where(
            d.org_id == call.org, d.device_id == asked.device
        )
    ).one()
    return tuple(found) == (user, asked.signing, asked.receiving)


def nonce(call: Call, asked: AskNonce) -> Nonce:
    """Give something to sign, whether or not there is such a device."""
    stamp = call.milliseconds.to_bytes(_STAMP, "big") + call.randoms(_RANDOM)
    return Nonce(stamp + _mark(call, asked.device, stamp, server(call).secret))


def sign_in(call: Call, asked: SignIn) -> Token:
    """Give a token for a signed nonce; a revoked laptop is given the directory that says so."""
    row = call.first(_DEVICE, device=asked.device)
    device = device_of(row) if row else None
    signed = call.org.bytes + asked.device.bytes + asked.nonce
    if row is None or device is None or not _is_fresh(call, asked, row.secret):
        raise Refused("sign-in")
    if not verify(device.signing, asked.signature, to_sign(Purpose.SIGN_IN, signed)):
        raise Refused("sign-in")
    if device.state is State.REVOKED:
        order = latest(call.db, call.org) if device.home == call.org else None
        raise Refused("revoked", body=order) if order else Refused("sign-in")
    _spend(call, asked.nonce)
    return _token(call, device)


def with_token(call: Call, token: bytes) -> Device | None:
    """The device with this token; None when there is no such organisation, or the token is none.

    A token that was good is so no more when its time is over, or its device was revoked.
    """
    found = call.first(_WITH_TOKEN, handle=call.handle, hash=hashed(token))
    device = device_of(found) if found else None
    return None if device and device.state is State.REVOKED else device


def hashed(secret: bytes) -> bytes:
    """How codes and tokens are kept: they are random, so that one SHA-256 is enough."""
    return hashlib.sha256(secret).digest()


def _mark(call: Call, device: UUID, stamp: bytes, secret: bytes) -> bytes:
    said = call.org.bytes + device.bytes + stamp
    return hmac.digest(secret, said, "sha256")[:_MARK]


def _is_fresh(call: Call, asked: SignIn, secret: bytes) -> bool:
    """Whether this nonce was given to this device less than a minute ago."""
    stamp, mark = asked.nonce[: _STAMP + _RANDOM], asked.nonce[_STAMP + _RANDOM :]
    age = call.milliseconds - int.from_bytes(stamp[:_STAMP], "big")
    return 0 <= age <= NONCE_SECONDS * 1000 and hmac.compare_digest(
        mark, _mark(call, asked.device, stamp, secret)
    )


def _spend(call: Call, used: bytes) -> None:
    until = call.now + timedelta(seconds=2 * NONCE_SECONDS)
    if not call.run(_SPEND, org_id=call.org, nonce=used, until=until):
        raise Refused("sign-in")


def _token(call: Call, device: Device) -> Token:
    secret = call.randoms(32)
    life = timedelta(minutes=TOKEN_MINUTES)
    kept = {"org_id": call.org, "token_hash": hashed(secret), "device_id": device.id}
    call.run(_NEW_TOKEN, **kept, until=call.now + life, device=device.id)
    return Token(secret, int(life.total_seconds()))
