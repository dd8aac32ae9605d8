"""Joining two branches of records: one record that goes on from both, with a key of its own.

Who leads by both does it, with whichever laptop is there first. See `branches` for what it says.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from caseworker_app.services.exchange import branches, keeping_members, noticed, putting, records
from caseworker_app.services.exchange.records import Fetched
from caseworker_app.services.exchange.way import milliseconds
from caseworker_app.store.store import Store
from caseworker_app.store.streams import Stream
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import MembersApart
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.membership import (
    MOST_RECORD_BYTES,
    Membership,
    body_of,
    latest_ends,
    next_epoch,
)


def fetch(
    store: Store, link: Link, case: UUID, now: datetime, new: Stream | None = None
) -> m.Members:
    """New records and keys of a case; two branches are joined where this laptop may do it.

    MembersApart when somebody else has to. `new` is the stream that begins with them.
    """
    return _fetched(store, link, case, now, new).said


def go_on(store: Store, link: Link, case: UUID, now: datetime) -> m.Members:
    """The same, after the central store has not taken back the records that it lost.

    Where nobody went on in another way, somebody wrote on whom a lost record had closed off: that
    is a branch without a record, and is joined like any other.
    """
    fetched = _fetched(store, link, case, now)
    if fetched.parted.own and not fetched.parted.theirs:
        if not _join(store, link, fetched, case, now):
            raise MembersApart
        fetched = _fetched(store, link, case, now)
    return fetched.said


def _fetched(
    store: Store, link: Link, case: UUID, now: datetime, new: Stream | None = None
) -> Fetched:
    fetched = records.fetch(store, link, case, now, new)
    if not fetched.is_believed and _join(store, link, fetched, case, now):
        fetched = records.fetch(store, link, case, now)
    if not fetched.is_believed:
        raise MembersApart
    return fetched


def _join(store: Store, link: Link, fetched: Fetched, case: UUID, now: datetime) -> bool:
    with store.reading() as reading:
        me = keeping_members.me_of(reading)
        if not branches.leads_both(reading, fetched.parted, (me.org, me.user)):
            return False
        record = _record(reading, fetched, now)
    if len(body_of(record)) > MOST_RECORD_BYTES:
        return False
    with store.changing(now) as changing:
        records.keep_keys_of_both(changing, case, fetched)
        if fetched.parted.own:  # otherwise a lost laptop wrote on, and nothing was put back
            noticed.gone_back(changing, now)
    return putting.send(store, link, record, fetched.said)


def _record(reading: Reading, fetched: Fetched, now: datetime) -> Membership:
    """What goes on from both branches: on top of what the central store has."""
    at, said = fetched.parted, fetched.said
    mine, other = at.mine, at.other
    wanted = keeping_members.led_by_me(reading, branches.together(reading, at))
    moment, own = milliseconds(now), reading.place.keys.device_id
    last = at.last.hash
    before = replace(other, closed=latest_ends((*other.closed, *mine.closed)))
    return replace(
        other,
        version=other.version + 1,
        previous=last,
        epoch=next_epoch(max(mine.epoch, other.epoch), last, own, moment),
        members=wanted,
        closed=keeping_members.ends(reading, wanted, said, before),
        at=moment,
        author=own,
        joined=at.own,
    )
