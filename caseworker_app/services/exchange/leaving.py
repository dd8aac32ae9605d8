"""A case that was taken away: locked at once, handed in, then erased with proof.

The order matters: first what nobody has a receipt for is kept aside at the central store, then one
transaction erases everything and leaves a signed proof, then the proof is handed over. Each step
may be the last for today.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseworker_app.services.exchange import noticed
from caseworker_app.services.exchange.way import milliseconds
from caseworker_app.store import erasing, members, streams
from caseworker_app.store.store import Store
from caseworker_app.store.streams import State, Stream
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import Refused
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import Batch
from caseworker_app.sync.wire.packing import pack
from caseworker_app.sync.wire.signing import Purpose, to_sign


def is_taken(reading: Reading, case: UUID) -> bool:
    """Whether the latest record leaves this laptop's user out."""
    latest = members.latest(reading, case)
    owner = members.owner(reading, reading.place.keys.device_id)
    if latest is None or owner is None:
        return False
    return latest.record.role_of(owner.org, owner.user) is None


def lock(store: Store, case: UUID, now: datetime) -> None:
    """From now on nothing of this case is shown, pulled or pushed."""
    with store.changing(now) as changing:
        stream = streams.stream(changing, case)
        if stream is not None and stream.state is not State.TAKEN:
            streams.keep(changing, streams.in_state(stream, State.TAKEN))


def leave(store: Store, link: Link, said: m.Members, case: UUID, now: datetime) -> None:
    """Hand in, erase, and keep the proof for handing it over. `said` names the own chain's end."""
    with store.reading() as reading:
        stream = streams.stream(reading, case)
        lost = _has_lost(reading, said, case)
    assert stream is not None
    if lost:
        _believe_no_receipt(store, stream, now)
    _hand_in(store, link, stream, now)
    with store.changing(now) as changing:
        proof = m.Erasure(
            stream.org,
            case,
            store.keys.device_id,
            stream.cursor,
            stream.digest,
            milliseconds(now),
        )
        body = pack(proof)
        signature = store.keys.sign(to_sign(Purpose.ERASURE, body))
        erasing.erase(changing, case)
        noticed.forget(changing, case)
        erasing.keep_proof(changing, stream.org, case, m.SignedErasure(body, signature))
    store.keys.forget(case)
    erasing.leave_no_trace(store)


def _hand_in(store: Store, link: Link, of: Stream, now: datetime) -> None:
    """Hand in what has no receipt; from the first change on where one of the two was put back."""
    try:
        _hand_in_unsent(store, link, of.case)
    except Refused as refused:
        if refused.error != "moved-on":
            raise
        _believe_no_receipt(store, of, now)
        _hand_in_unsent(store, link, of.case)


def _has_lost(reading: Reading, said: m.Members, case: UUID) -> bool:
    """Whether the central store was put back to before what it had confirmed to this laptop."""
    own = reading.place.keys.device_id
    there = max((end.sequence for end in said.tails if end.device == own), default=0)
    return streams.confirmed(reading, case, own) > there


def _believe_no_receipt(store: Store, of: Stream, now: datetime) -> None:
    with store.changing(now) as changing:
        fresh = streams.begin_again(changing, of, of.epoch)
        streams.keep(changing, streams.in_state(fresh, State.TAKEN))


def _hand_in_unsent(store: Store, link: Link, case: UUID) -> None:
    with store.reading() as reading:
        batches = unsent(reading, case)
    for batch in batches:
        link.hand_in([batch])


def give_proofs(store: Store, link: Link, now: datetime) -> None:
    """Hand over the proofs that this organisation does not have yet.

    What they prove is made sure of first: the power may have gone before it was done.
    """
    with store.reading() as reading:
        proofs = erasing.proofs(reading, link.org)
    if proofs:
        erasing.leave_no_trace(store)
    for case, proof in proofs:
        link.ask(m.Done, "erased", proof)
        with store.changing(now) as changing:
            erasing.proof_given(changing, case)


def unsent(reading: Reading, case: UUID) -> list[Batch]:
    """All own changes of a case without a number, in as many batches as it takes."""
    own = reading.place.keys.device_id
    found: list[Batch] = []
    after = 0
    while True:
        batch = streams.outbox(
            reading,
            case,
            lambda h, past=after: h.device == own and h.sequence > past,  # type: ignore[misc]
        )
        if not batch.changes:
            return found
        found.append(batch)
        after = batch.changes[-1].header.sequence
