"""Who is in a case, as the central store says it and as this laptop believes it.

Each record is checked against the one before and against the directories; each key against the
record of its epoch. Nothing the central store says by itself is believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from caseworker_app import errors
from caseworker_app.services.exchange import branches, seen
from caseworker_app.services.exchange.branches import Parted
from caseworker_app.store import blob_moves, log, members, streams
from caseworker_app.store.store import Store
from caseworker_app.store.streams import Stream
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import NotBelieved
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.membership import Membership, SignedMembership, key_checks
from caseworker_app.sync.wire.signing import Purpose, to_sign


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the central store said, and where that parts from what is believed here."""

    said: m.Members
    parted: Parted
    is_believed: bool


def fetch(
    store: Store, link: Link, case: UUID, now: datetime, new: Stream | None = None
) -> Fetched:
    """New records and keys of a case, checked and kept. NotBelieved keeps nothing.

    What is signed but is not believed by itself is no error yet: `joining` may settle it. `new` is
    the stream that begins with them.
    """
    with store.reading() as reading:
        known = members.records(reading, case)
    said = _asked(link, case, known)
    with store.changing(now) as changing:
        parted = _parted(known, said)
        _verify(changing, (link.org, case), parted.common, parted.theirs)
        chain = branches.believed(changing, parted) if known else parted.theirs
        if chain:
            members.go_on(changing, case, _version(parted.common), chain)
        false = _keep_keys(changing, case, said.keys, members.records(changing, case))
        seen.keep(changing, case, said)
        if said.papers is not None:
            blob_moves.missed(changing, case, said.papers)
        if new is not None:
            streams.keep(changing, new)
    if false:
        link.put_members(m.PutMembers(case, (), false))
    return Fetched(said, parted, len(chain) == len(parted.theirs))


def question(case: UUID, here: SignedMembership | None) -> m.AskMembers:
    """What is asked for first, when this is the latest record here.

    That one included: there may be another one of its version.
    """
    return m.AskMembers(case, here.record.version - 1 if here else 0)


def _asked(link: Link, case: UUID, known: tuple[SignedMembership, ...]) -> m.Members:
    """What is there since the latest record here; all of them, where the two have parted."""
    latest = known[-1] if known else None
    said = link.ask(m.Members, "members", question(case, latest))
    if latest is None:
        return said
    if said.records and said.records[0].body == latest.body:
        return replace(said, records=(*known[:-1], *said.records))
    return link.ask(m.Members, "members", m.AskMembers(case, 0))


def all_verified(
    reading: Reading, org: UUID, case: UUID, said: m.Members
) -> tuple[SignedMembership, ...]:
    """The records of a case of which nothing is known here; all of them are verified."""
    if not said.records:
        raise NotBelieved(rule="members")
    _verify(reading, (org, case), None, said.records)
    return said.records


def _verify(
    reading: Reading,
    place: tuple[UUID, UUID],
    before: SignedMembership | None,
    chain: Iterable[SignedMembership],
) -> None:
    for signed in chain:
        branches.verified(reading, before, signed)
        record = signed.record
        if (record.org, record.case) != place:
            raise NotBelieved(rule="members of another case")
        before = signed


def _parted(known: tuple[SignedMembership, ...], said: m.Members) -> Parted:
    found = branches.parted(known, said.records)
    if known and found.theirs and found.common is None:
        raise NotBelieved(rule="how the members began")
    return found


def _version(signed: SignedMembership | None) -> int:
    return signed.record.version if signed else 0


def _keep_keys(
    changing: Reading, case: UUID, keys: Iterable[m.WrappedKey], chain: Iterable[SignedMembership]
) -> tuple[m.WrappedKey, ...]:
    """Keys for this device that are the ones these records speak of; gives back the others, empty.

    Any member can hand over a false one. It is never kept: whoever has the right one works on, and
    whoever has none says so to the central store, and waits for somebody who leads.
    """
    here = log.wrapped_keys(changing.connection, case)
    false = []
    checks = _checks(chain)
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
        elif (case, key.epoch) not in here:
            false.append(replace(key, wrapped=b""))
    return tuple(false)


def _checks(chain: Iterable[SignedMembership]) -> dict[int, bytes]:
    """What the key of each epoch gives; what a record says of its own key goes before the rest."""
    records = [signed.record for signed in chain]
    checks: dict[int, bytes] = {}
    for record in records:
        checks |= key_checks(record)
    return checks | {record.epoch: record.key_check for record in records}


def keep_keys_of_both(changing: Reading, case: UUID, fetched: Fetched) -> None:
    """Keep the keys of two branches that are about to be joined: whoever is in both reads both."""
    known = members.records(changing, case)
    _keep_keys(changing, case, fetched.said.keys, (*fetched.parted.theirs, *known))


def signed(store: Store, record: Membership, body: bytes) -> SignedMembership:
    """The record with this device's signature."""
    assert record.author == store.keys.device_id
    return SignedMembership(body, store.keys.sign(to_sign(Purpose.MEMBERSHIP, body)))
