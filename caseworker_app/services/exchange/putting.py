"""Putting a record at the central store, with the keys that go with it.

A record is kept here once the central store has it, and a new key with it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from caseworker_app.services.exchange import case_keys, records
from caseworker_app.store import members
from caseworker_app.store.store import Store
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import Refused
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.membership import Membership, SignedMembership, body_of


def carry_out(
    store: Store,
    link: Link,
    new: Membership,
    said: m.Members,
    now: datetime,
    *,
    new_key: bool,
    lost: tuple[SignedMembership, ...] = (),
) -> bool:
    """Put the next record with its keys. A new key is kept only once its record is there.

    `lost` are those right below it that the central store does not have any more.
    """
    new, keys, guests, fresh = _with_keys(store, new, said, new_key=new_key)
    if not put(store, link, new, keys, guests, now, lost):
        return False
    with store.changing(now) as changing:
        for (case, epoch), wrapped in fresh.items():
            members.keep_key(changing, case, epoch, wrapped)
    return True


def send(
    store: Store, link: Link, new: Membership, said: m.Members, *, new_key: bool = True
) -> bool:
    """Put a record that goes on from what is not believed here yet; False: somebody was faster.

    Record and key are kept here once they are fetched again, as on every other laptop.
    """
    new, keys, guests, _fresh = _with_keys(store, new, said, new_key=new_key)
    return _sent(store, link, new, keys, guests) is not None


def _with_keys(
    store: Store, new: Membership, said: m.Members, *, new_key: bool
) -> tuple[Membership, tuple[m.WrappedKey, ...], tuple[m.Guest, ...], case_keys.Wrapped]:
    """The record, with what the key of its epoch gives, and who gets which key."""
    fresh: case_keys.Wrapped = {}
    if new_key:
        wrapped = store.keys.new_case_key(new.case, new.epoch)
        fresh[new.case, new.epoch] = wrapped
        new = replace(new, key_check=store.keys.key_check(new.case, new.epoch, wrapped))
    with store.reading() as reading:
        keys = case_keys.for_all(reading, new, having(said), fresh)
        guests = case_keys.guests(reading, new)
    return new, keys, guests, fresh


def put(
    store: Store,
    link: Link,
    record: Membership,
    keys: tuple[m.WrappedKey, ...],
    guests: tuple[m.Guest, ...],
    now: datetime,
    lost: tuple[SignedMembership, ...] = (),
) -> bool:
    """Put one record. It is kept here once the central store has it; False: it was not taken."""
    signed = _sent(store, link, record, keys, guests, lost)
    if signed is None:
        return False
    with store.changing(now) as changing:
        members.keep_record(changing, record, signed)
    return True


def _sent(
    store: Store,
    link: Link,
    record: Membership,
    keys: tuple[m.WrappedKey, ...],
    guests: tuple[m.Guest, ...],
    lost: tuple[SignedMembership, ...] = (),
) -> SignedMembership | None:
    signed = records.signed(store, record, body_of(record))
    try:
        link.put_members(m.PutMembers(record.case, (*lost, signed), keys, guests))
    except Refused as refused:
        if refused.error in ("moved-on", "not-here"):
            return None
        raise
    return signed


def having(said: m.Members) -> set[tuple[int, UUID]]:
    """Which device has the key of which epoch, this one included."""
    return {*said.has_key, *((key.epoch, key.device) for key in said.keys)}
