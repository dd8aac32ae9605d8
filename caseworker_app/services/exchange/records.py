"""Who is in a case, as the central store says it and as this laptop believes it.

Each record is checked against the one before and against the directories; each key against the
record of its epoch. Nothing the central store says by itself is believed.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseworker_app import errors
from caseworker_app.services.exchange import seen
from caseworker_app.store import members, streams
from caseworker_app.store.store import Store
from caseworker_app.store.streams import Stream
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import NotBelieved
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.membership import Membership, SignedMembership, may_follow
from caseworker_app.sync.wire.packing import Malformed
from caseworker_app.sync.wire.signing import Purpose, to_sign


def fetch(
    store: Store, link: Link, case: UUID, now: datetime, new: Stream | None = None
) -> m.Members:
    """New records and keys of a case, checked and kept. NotBelieved keeps nothing.

    `new` is the stream that begins with them.
    """
    with store.reading() as reading:
        here = members.latest(reading, case)
    said = link.ask(m.Members, "members", question(case, here))
    with store.changing(now) as changing:
        latest = _keep_records(changing, link.org, case, here, said.records)
        if latest is not None:
            _keep_keys(changing, case, said.keys)
        seen.keep(changing, case, said)
        if new is not None:
            streams.keep(changing, new)
    return said


def question(case: UUID, here: SignedMembership | None) -> m.AskMembers:
    """What is asked for, when these are the records that are here."""
    return m.AskMembers(case, here.record.version if here else 0)


def _keep_records(
    changing: Reading,
    org: UUID,
    case: UUID,
    here: SignedMembership | None,
    offered: tuple[SignedMembership, ...],
) -> SignedMembership | None:
    before = here
    for signed in offered:
        is_new_end = here is not None and signed is offered[-1]
        record = _believed(changing, before, signed, is_new_end=is_new_end)
        if (record.org, record.case) != (org, case):
            raise NotBelieved(rule="members of another case")
        members.keep_record(changing, record, signed)
        before = signed
    return before


def _believed(
    reading: Reading, before: SignedMembership | None, signed: SignedMembership, *, is_new_end: bool
) -> Membership:
    """The record, if its author may write it and wrote it.

    One by a revoked device is not believed as the new end of a chain that is known here: it may
    have been written after the device was lost. One that somebody else has gone on from is.
    """
    try:
        record = signed.record
    except Malformed:
        raise NotBelieved(rule="members") from None
    author = members.owner(reading, record.author)
    if author is None or (author.revoked and is_new_end):
        raise NotBelieved(rule="who signed the members")
    key = members.signing_key(reading, record.author)
    message = to_sign(Purpose.MEMBERSHIP, signed.body)
    if not reading.place.keys.verify(key, signed.signature, message):
        raise NotBelieved(rule="signature of the members")
    if not may_follow(before, record, (author.org, author.user)):
        raise NotBelieved(rule="who may change the members")
    return record


def _keep_keys(changing: Reading, case: UUID, keys: tuple[m.WrappedKey, ...]) -> None:
    """Keys for this device that are the ones the records speak of.

    Any member can hand over another one. It is let fall: whoever has the right one works on, and
    whoever has none waits for it, as if nothing had come.
    """
    checks = {r.epoch: r.key_check for r in (s.record for s in members.records(changing, case))}
    vault = changing.place.keys
    for key in keys:
        if key.device != vault.device_id or key.epoch not in checks:
            continue
        try:
            fits = vault.key_check(case, key.epoch, key.wrapped) == checks[key.epoch]
        except errors.StoreDamaged:
            fits = False
        if fits:
            members.keep_key(changing, case, key.epoch, key.wrapped)


def signed(store: Store, record: Membership, body: bytes) -> SignedMembership:
    """The record with this device's signature."""
    assert record.author == store.keys.device_id
    return SignedMembership(body, store.keys.sign(to_sign(Purpose.MEMBERSHIP, body)))
