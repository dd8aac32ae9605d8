"""A case that was taken away: locked at once, handed in, then erased with proof.

The order matters: first the central store gets what it lacks of the case, whoever wrote it, then
one transaction erases everything and leaves a signed proof, then the proof is handed over. Each
step may be the last for today. What is saved in between, by a coach who has not heard of it yet, is
handed in before anything is erased; once it is, nothing can be saved there any more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from caseworker_app.services.exchange import noticed
from caseworker_app.services.exchange.handing_over import taken
from caseworker_app.services.exchange.way import milliseconds
from caseworker_app.store import chains, erasing, log, members, organisations, rechaining, streams
from caseworker_app.store.store import Store
from caseworker_app.store.streams import State, Stream
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import Refused
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import Batch
from caseworker_app.sync.wire.membership import Closed
from caseworker_app.sync.wire.packing import pack
from caseworker_app.sync.wire.signing import Purpose, to_sign

End = tuple[int, bytes]
"""(number, hash) of the last change of a chain."""


def is_taken(reading: Reading, case: UUID) -> bool:
    """Whether the latest record leaves this laptop's user out."""
    latest = members.latest(reading, case)
    owner = organisations.owner(reading, reading.place.keys.device_id)
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
        devices = chains.devices(reading, case)
    assert stream is not None
    own = store.keys.device_id
    own_end = next((end for end in said.tails if end.device == own), None)
    handed_in = _hand_in_own(store, link, case, own_end, now)
    for device in devices:
        if device != own:
            _hand_in_of_others(store, link, case, device)
    while not _erased(store, stream, handed_in, now):
        handed_in = _hand_in_own(store, link, case, own_end, now)
    store.keys.forget(case)
    erasing.leave_no_trace(store)


def _erased(store: Store, stream: Stream, handed_in: End, now: datetime) -> bool:
    """Erase a case and keep the proof; False where something was saved since it was handed in."""
    case = stream.case
    with store.changing(now) as changing:
        if _own_end(changing, case) != handed_in:
            return False
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
    return True


def _own_end(reading: Reading, case: UUID) -> End:
    sequence, last, _clock = log.tail(reading.connection, case, reading.place.keys.device_id)
    return sequence, last


def hand_in(link: Link, confirmed: Sequence[Batch], waiting: Sequence[Batch]) -> bool:
    """Hand in what the central store lacks of a chain; False where it has another one.

    It is asked with what waits, or with the last that it had confirmed. Only where it does not have
    what comes before, because it was put back, it gets the chain from the first change on.
    """
    if taken(link, waiting or confirmed[-1:]):
        return True
    return taken(link, confirmed) and taken(link, waiting)


def _chain(store: Store, case: UUID, device: UUID) -> tuple[list[Batch], list[Batch]]:
    with store.reading() as reading:
        confirmed = chains.confirmed(reading, case, device)
        return confirmed, chains.waiting(reading, case, device)


def _hand_in_own(store: Store, link: Link, case: UUID, end: Closed | None, now: datetime) -> End:
    """Hand in what this laptop wrote; where it ended here. `end` is where it does over there."""
    own = store.keys.device_id
    with store.reading() as reading:
        read = _own_end(reading, case)
    if not read[0] or hand_in(link, *_chain(store, case, own)):
        return read
    _lay_behind(store, link, case, end, now)
    with store.reading() as reading:
        read = _own_end(reading, case)
    if not hand_in(link, *_chain(store, case, own)):
        raise Refused("moved-on")
    return read


def _hand_in_of_others(store: Store, link: Link, case: UUID, device: UUID) -> None:
    """What others wrote may be nowhere else by now. It carries their signatures."""
    try:
        hand_in(link, *_chain(store, case, device))
    except Refused as refused:
        if refused.error != "not-here":  # it knows no such device
            raise


def _lay_behind(store: Store, link: Link, case: UUID, end: Closed | None, now: datetime) -> None:
    """This laptop was put back: what it wrote since goes behind what the central store has."""
    own = store.keys.device_id
    confirmed, waiting = _chain(store, case, own)
    pieces = [*confirmed, *waiting]
    fork = bisect_left(pieces, True, key=lambda one: not taken(link, [one]))  # noqa: FBT003
    if end is None or fork == len(pieces):
        raise Refused("moved-on")
    with store.changing(now) as changing:
        sequence = pieces[fork].changes[0].header.sequence
        rechaining.lay_behind(changing, case, sequence, (end.sequence, end.hash))


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
