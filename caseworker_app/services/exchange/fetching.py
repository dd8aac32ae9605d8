"""Fetching what others wrote: page after page, each one transaction, the cursor with it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseworker_app.domain.changes import Header
from caseworker_app.services.exchange import noticed, withheld
from caseworker_app.store import members, organisations, receiving, rechaining, streams
from caseworker_app.store.receiving import Admits, NoKey, NotAdmitted, NotTaken, OwnFork, Taken
from caseworker_app.store.store import Store
from caseworker_app.store.streams import State, Stream
from caseworker_app.store.transactions import Changing
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import NotBelieved, Unreadable
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import Batch, unpack_batch
from caseworker_app.sync.wire.packing import Malformed


def fetch(store: Store, link: Link, case: UUID, now: datetime) -> list[Header]:
    """All pages that are there; the headers of what is new here and not from this device.

    The stream is PAUSED where a key or a record is missing that somebody else has to give.
    NotBelieved when a page is not what it should be, or in the second round that waits for what a
    laptop wrote that stands in no directory here: a new directory would have come by then. What
    came before it is kept.
    """
    new: list[Header] = []
    again = True
    while True:
        with store.reading() as reading:
            here = streams.stream(reading, case)
        assert here is not None
        page = link.ask(m.Page, "pull", m.Pull(case, here.cursor))
        batch = _batch(page, case)
        end = here.cursor + len(batch.changes)
        if batch.changes and end < page.seq:
            link.ask_ahead(m.Page, "pull", m.Pull(case, end))
        try:
            if batch.changes or not _is_all(store, page, case):
                new += _take(store, here, batch, now)
            if _is_all(store, page, case):
                return new
        except (NoKey, NotAdmitted):
            _pause(store, here, batch, now)
            return new
        except NotTaken as problem:
            # put back without saying so, it may have others under the numbers that are known here
            if not again or not here.cursor:
                raise NotBelieved(rule=str(problem)) from problem
            again = _begin_again(store, here, now)


def _all_are_known(store: Store, batch: Batch, home: UUID) -> bool:
    """Whether a directory says of each change whose laptop wrote it."""
    devices = {sealed.header.device for sealed in batch.changes}
    with store.reading() as reading:
        return all(organisations.owner(reading, device, home) for device in devices)


def _is_all(store: Store, page: m.Page, case: UUID) -> bool:
    """Whether nothing was left behind this page: another one would be empty."""
    with store.reading() as reading:
        here = streams.stream(reading, case)
    return here is not None and (here.cursor, here.digest) == (page.seq, page.digest)


def _batch(page: m.Page, case: UUID) -> Batch:
    try:
        batch = unpack_batch(page.batch)
    except Malformed:
        raise Unreadable from None
    if batch.case != case:
        raise NotBelieved(rule="changes of another case")
    return batch


def _take(store: Store, here: Stream, batch: Batch, now: datetime) -> list[Header]:
    if not batch.changes:
        raise NotTaken("what the stream holds")
    with store.reading() as reading:
        ready = receiving.made_ready(reading, batch)
    with store.changing(now) as changing:
        latest = members.latest(changing, here.case)
        assert latest is not None
        admits = members.admitting(changing, latest.record)
        try:
            with changing.savepoint():
                _moved, taken = streams.take_page(changing, here, batch, admits, ready)
        except OwnFork as fork:
            taken = _behind(changing, here, batch, admits, fork.sequence)
        withheld.look_at(changing, batch, here.cursor)
        if here.state is State.PAUSED:
            _keep_state(changing, here.case, State.OPEN)
    own = store.keys.device_id
    return [header for header in taken.new if header.device != own]


def _behind(
    changing: Changing,
    here: Stream,
    batch: Batch,
    admits: Admits,
    sequence: int,
) -> Taken:
    """Take in changes of this device that it had lost; what it wrote since goes behind them."""
    lifted = rechaining.lift(changing, here.case, sequence)
    _moved, taken = streams.take_page(changing, here, batch, admits)
    rechaining.lay_back(changing, here.case, lifted)
    return taken


def _begin_again(store: Store, here: Stream, now: datetime) -> bool:
    with store.changing(now) as changing:
        noticed.gone_back(changing, now)
        streams.begin_again(changing, here, here.epoch)
    return False


def _pause(store: Store, here: Stream, batch: Batch, now: datetime) -> None:
    with store.changing(now) as changing:
        _keep_state(changing, here.case, State.PAUSED)
    if here.state is State.PAUSED and not _all_are_known(store, batch, here.org):
        raise NotBelieved(rule="a laptop that is not known here")


def _keep_state(changing: Changing, case: UUID, state: State) -> None:
    current = streams.stream(changing, case)
    assert current is not None
    streams.keep(changing, streams.in_state(current, state))
