"""Handing over what has no number yet. Only a number in the answer makes a change "handed over"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.changes import Header
from caseworker_app.store import blob_references, chains, members, organisations, streams
from caseworker_app.store.remembered import recall, remember
from caseworker_app.store.store import Store
from caseworker_app.store.streams import State
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import NotBelieved, Refused
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import MOST_CHANGES, MOST_PUSH_BYTES, Batch

TOO_LARGE = "too-large"


def hand_over(store: Store, link: Link, cases: Iterable[UUID], now: datetime) -> frozenset[UUID]:
    """Push all that waits in these cases. Gives those whose stream must be looked at anew."""
    unclear: set[UUID] = set()
    listed = list(cases)
    batches = _from(store, listed)
    pushing = link.pushing(batches) if batches else None
    while pushing is not None:
        under_way = {batch.case for batch in batches}
        others = [case for case in listed if case not in under_way]
        following = _from(store, others)  # while those are on their way, where the way can do that
        said = pushing()
        pushing = link.pushing(following) if following else None
        unclear |= _receipts(store, batches, said, now)
        listed = [case for case in listed if case not in unclear]
        batches = following or _from(store, listed)
        if batches and pushing is None:
            pushing = link.pushing(batches)
    return frozenset(unclear)


def name_what_stays(store: Store, cases: Iterable[UUID]) -> None:
    """Refused where something of these cases is too large to be handed over, ever.

    It stays here, and what was written behind it; the coach is to hear of it in each round.
    """
    with store.reading() as reading:
        if any(chains.too_large(reading, case) for case in cases):
            raise Refused(TOO_LARGE)


def _from(store: Store, cases: list[UUID]) -> list[Batch]:
    with store.reading() as reading:
        return _gathered(reading, cases)


def _receipts(store: Store, batches: list[Batch], said: m.Pushed, now: datetime) -> set[UUID]:
    """Keep the numbers that came back; the cases of what was refused."""
    if len(said.outcomes) != len(batches):
        raise NotBelieved(rule="receipts")
    refused: set[UUID] = set()
    with store.changing(now) as changing:
        for batch, outcome in zip(batches, said.outcomes, strict=True):
            if outcome.refused:
                refused.add(batch.case)
            else:
                _keep_receipt(changing, batch, outcome)
    return refused


def hand_in(store: Store, link: Link, case: UUID, now: datetime, *, again: bool = False) -> None:
    """Hand in what was written here by somebody who may only read by now, or ever.

    It lies aside at the central store until somebody who leads lets it in, and waits here as well.
    Where other work of this laptop lies there, because it was put back, it only waits: it goes
    behind that once it is let in. What lies there as far as is known here goes there again once a
    day, for a central store that was put back need not say so; with `again`, in each round.
    """
    with store.reading() as reading:
        stream, latest = streams.stream(reading, case), members.latest(reading, case)
        own = reading.place.keys.device_id
        owner = organisations.owner(reading, own)
        if stream is None or latest is None or owner is None:
            return
        first = chains.too_large(reading, case).get(own)
        pieces = chains.waiting(reading, case, own)
        if first is not None:
            pieces = [one for one in pieces if one.changes[-1].header.sequence < first]
        last = pieces[-1].changes[-1].header.sequence if pieces else 0
        lies_there = recall(reading, _aside(case), [])
    state = [stream.epoch.bytes, last, now.date().isoformat()]
    if not last or latest.record.admits(owner.org, owner.user, own, last):
        return
    if state == lies_there and not again:
        return
    if taken(link, pieces):
        with store.changing(now) as changing:
            remember(changing, _aside(case), state)


def taken(link: Link, pieces: Iterable[Batch]) -> bool:
    """Hand in these pieces of a chain; False where they do not go on where it ends there.

    Refused, too, for one that is too large; what comes before it has been handed in by then.
    """
    for batch in chains.packed(pieces):
        if not chains.may_travel(batch):
            raise Refused(TOO_LARGE)
        try:
            link.hand_in(batch)
        except Refused as refused:
            if refused.error != "moved-on":
                raise
            return False
    return True


def _aside(case: UUID) -> str:
    return f"aside.{case}"


def _gathered(reading: Reading, cases: Iterable[UUID]) -> list[Batch]:
    """Batches of as many cases as go into one push."""
    found: list[Batch] = []
    changes, room = MOST_CHANGES, MOST_PUSH_BYTES
    for case in cases:
        if not streams.waits(reading, case):
            continue
        batch = _batch(reading, case, changes, room)
        if batch is None or not batch.changes:
            continue
        size = sum(map(chains.travelling, batch.changes))
        if size > room and found:
            break
        found.append(batch)
        changes, room = changes - len(batch.changes), room - size
        if changes <= 0 or room <= 0:
            break
    return found


def _batch(reading: Reading, case: UUID, changes: int, room: int) -> Batch | None:
    stream, latest = streams.stream(reading, case), members.latest(reading, case)
    if stream is None or latest is None or stream.state is State.TAKEN:
        return None
    admits = members.admitting(reading, latest.record)
    may_go, stays = blob_references.may_go(reading, case), chains.too_large(reading, case)

    def goes(header: Header) -> bool:
        is_behind = header.sequence >= stays.get(header.device, header.sequence + 1)
        return admits(header) and may_go(header) and not is_behind

    return streams.outbox(reading, case, goes, changes, room)


def _keep_receipt(changing: Reading, batch: Batch, outcome: m.Outcome) -> None:
    if outcome.case != batch.case or len(outcome.seqs) != len(batch.changes):
        raise NotBelieved(rule="receipts")
    stream = streams.stream(changing, batch.case)
    assert stream is not None
    new = {seq for seq in outcome.seqs if seq > stream.cursor}  # those up to there are given away
    if len(new) != len(batch.changes):
        raise NotBelieved(rule="receipts")
    streams.number(changing, stream, batch, outcome.seqs)
