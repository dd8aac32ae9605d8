"""What each member of a case has last fetched, as the central store says, remembered here."""

from __future__ import annotations

from uuid import UUID

from caseworker_app.store import members, streams
from caseworker_app.store.remembered import recall, remember
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire import messages as m


def keep(changing: Reading, case: UUID, said: m.Members) -> None:
    """Remember who has fetched how much, who has erased, and what lies aside."""
    seen = [[one.device.bytes, one.seq, one.at] for one in said.seen]
    remember(changing, _name(case), [seen, len(said.late)])


def last(reading: Reading, case: UUID, who: tuple[UUID, UUID]) -> tuple[int, bool]:
    """(when in milliseconds, whether that was all) one of their laptops fetched the case last."""
    stream = streams.stream(reading, case)
    seen, _late = recall(reading, _name(case), [[], 0])
    at, seq = 0, 0
    for device, one_seq, one_at in seen:
        owner = members.owner(reading, UUID(bytes=device))
        if owner is not None and (owner.org, owner.user) == who:
            at, seq = max(at, one_at), max(seq, one_seq)
    return at, stream is not None and bool(at) and seq >= stream.cursor


def late(reading: Reading, case: UUID) -> int:
    """How many chains of people who left go on at the central store, waiting to be let in."""
    return int(recall(reading, _name(case), [[], 0])[1])


def _name(case: UUID) -> str:
    return f"seen.{case}"
