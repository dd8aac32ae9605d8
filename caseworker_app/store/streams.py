"""How far this laptop and the central store have come with each case.

A change waits until the central store has given it a number: that is the receipt. `cursor` is the
number up to which this laptop has everything, `digest` the sum of what that is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from caseworker_app.domain.changes import Header
from caseworker_app.store import blob_moves, chains, log, receiving
from caseworker_app.store.connection import driver
from caseworker_app.store.receiving import NONE_READY, Admits, Ready, Taken
from caseworker_app.store.remembered import recall, remember
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.changes import (
    MOST_CHANGES,
    MOST_PUSH_BYTES,
    NOTHING,
    Batch,
    Sealed,
    added,
)


class State(StrEnum):
    """What this laptop does with the stream of a case."""

    OPEN = "open"
    PAUSED = "paused"  # waits for a key, or for somebody who leads to close a chain
    TAKEN = "taken"  # this laptop's user is no longer in the case: hand in, then erase


@dataclass(frozen=True, slots=True)
class Stream:
    """One case at the central store of an organisation, as far as this laptop knows it.

    `checked` is the sum of the versions of all directories and of the record for which it is known
    that nobody lacks a key.
    """

    case: UUID
    org: UUID
    cursor: int
    digest: bytes
    epoch: UUID
    state: State
    checked: int = 0


@dataclass(frozen=True, slots=True)
class Unsent:
    """How much of a case has no receipt yet, of which kinds of clock readings."""

    case: UUID
    changes: int
    first: int
    last: int


def stream(reading: Reading, case: UUID) -> Stream | None:
    """The stream of this case; None as long as it has none."""
    found = _streams(reading, "WHERE case_id = ?", (case.bytes,))
    return found[0] if found else None


def streams(reading: Reading, org: UUID | None = None) -> list[Stream]:
    """All streams, or those that lie with one organisation."""
    return _streams(reading, "WHERE org = ?", (org.bytes,)) if org else _streams(reading, "", ())


def _streams(reading: Reading, where: str, values: Sequence[object]) -> list[Stream]:
    select = "SELECT case_id, org, cursor, digest, epoch, state, checked FROM stream"
    query = f"{select} {where} ORDER BY case_id"
    rows = driver(reading.connection).execute(query, tuple(values))
    return [
        Stream(
            UUID(bytes=case), UUID(bytes=org), cursor, digest, UUID(bytes=epoch), State(state), seen
        )
        for case, org, cursor, digest, epoch, state, seen in rows
    ]


def without_stream(reading: Reading) -> list[UUID]:
    """The cases that have changes and no stream. The store's own log is no case."""
    rows = reading.connection.exec_driver_sql(
        "SELECT DISTINCT case_id FROM case_key WHERE case_id != ?"
        " AND case_id NOT IN (SELECT case_id FROM stream) ORDER BY case_id",
        (reading.place.store.bytes,),
    )
    return [UUID(bytes=case) for (case,) in rows]


def keep(reading: Reading, kept: Stream) -> None:
    """Remember how far a stream is."""
    reading.connection.exec_driver_sql(
        "INSERT OR REPLACE INTO stream (case_id, org, cursor, digest, epoch, state, checked)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            kept.case.bytes,
            kept.org.bytes,
            kept.cursor,
            kept.digest,
            kept.epoch.bytes,
            kept.state.value,
            kept.checked,
        ),
    )


def begin(case: UUID, org: UUID, epoch: UUID) -> Stream:
    """A stream of which nothing is here yet."""
    return Stream(case, org, 0, NOTHING, epoch, State.OPEN)


def begin_again(reading: Reading, old: Stream, epoch: UUID) -> Stream:
    """Believe no receipt of this stream any more: the central store stands elsewhere.

    Nothing is taken away here. What the central store has gets its receipts anew; what it has lost
    waits from now on.
    """
    reading.connection.exec_driver_sql(
        "INSERT OR IGNORE INTO waiting SELECT case_id, device, sequence FROM change"
        " WHERE case_id = ?",
        (old.case.bytes,),
    )
    blob_moves.forget_receipts(reading, old.case)
    remember(reading, _ahead(old.case), 0)
    fresh = begin(old.case, old.org, epoch)
    keep(reading, fresh)
    return fresh


def take_page(
    reading: Reading, of: Stream, batch: Batch, admits: Admits, ready: Ready = NONE_READY
) -> tuple[Stream, Taken]:
    """Take in the page that follows the cursor; the cursor moves with it. Raises as `take_in`."""
    numbers = range(of.cursor + 1, of.cursor + 1 + len(batch.changes))
    taken = receiving.take_in(reading, batch, admits, ready)
    if len(taken.new) < len(batch.changes):
        _confirm(reading, batch)
    return _moved(reading, of, batch, numbers), taken


def number(reading: Reading, of: Stream, batch: Batch, numbers: Sequence[int]) -> Stream:
    """The central store gave these changes numbers: they wait no longer.

    The cursor moves over those that follow it at once; what stands between comes with a page. No
    digest speaks for such a receipt before that, so the last one is remembered: see `ahead`.
    """
    _confirm(reading, batch)
    moved = _moved(reading, of, batch, numbers)
    if numbers and numbers[-1] > moved.cursor:
        remember(reading, _ahead(of.case), numbers[-1])
    return moved


def ahead(reading: Reading, case: UUID) -> int:
    """The last receipt that was given beyond the cursor, until it is seen that it holds; or 0."""
    return int(recall(reading, _ahead(case), 0))


def receipts_hold(reading: Reading, of: Stream) -> bool:
    """Whether nothing has a receipt but what the digest speaks for, once the cursor is `ahead`.

    Put back in between, the central store may have given the same numbers to others.
    """
    query = f"SELECT count(*) FROM change WHERE case_id = ? AND {log.CONFIRMED}"  # noqa: S608
    row = reading.connection.exec_driver_sql(query, (of.case.bytes,))
    return bool(row.scalar_one() == of.cursor)


def seen_to_hold(reading: Reading, of: Stream) -> None:
    """From now on the cursor speaks for all receipts."""
    remember(reading, _ahead(of.case), 0)


def _ahead(case: UUID) -> str:
    return f"ahead.{case}"


def _confirm(reading: Reading, batch: Batch) -> None:
    headers = [sealed.header for sealed in batch.changes]
    driver(reading.connection).executemany(
        "DELETE FROM waiting WHERE case_id = ? AND device = ? AND sequence = ?",
        [(batch.case.bytes, header.device.bytes, header.sequence) for header in headers],
    )


def _moved(reading: Reading, of: Stream, batch: Batch, numbers: Sequence[int]) -> Stream:
    cursor, digest = of.cursor, of.digest
    for sealed, seq in zip(batch.changes, numbers, strict=True):
        if seq == cursor + 1:
            cursor, digest = seq, added(digest, sealed.hash)
    moved = replace(of, cursor=cursor, digest=digest)
    if moved != of:
        keep(reading, moved)
    return moved


def waits(reading: Reading, case: UUID) -> bool:
    """Whether something of this case has no receipt yet."""
    query = "SELECT 1 FROM waiting WHERE case_id = ? LIMIT 1"
    return reading.connection.exec_driver_sql(query, (case.bytes,)).first() is not None


def unsent(reading: Reading) -> list[Unsent]:
    """What of each case has no receipt yet, the store's own log left out."""
    rows = reading.connection.exec_driver_sql(
        "SELECT case_id, count(*), min(clock), max(clock)"
        " FROM waiting JOIN change USING (case_id, device, sequence)"
        " WHERE case_id != ? GROUP BY case_id ORDER BY min(clock)",
        (reading.place.store.bytes,),
    )
    return [Unsent(UUID(bytes=case), *rest) for case, *rest in rows]


def outbox(
    reading: Reading,
    case: UUID,
    admits: Callable[[Header], bool],
    most: int = MOST_CHANGES,
    most_bytes: int = MOST_PUSH_BYTES,
) -> Batch:
    """What has no receipt yet, each device's in the order of its chain, up to these limits.

    Ends for each device in a change whose signature is here: those of others, which only a central
    store that was put back may lack, carry one at the end of what came together.
    """
    rows = reading.connection.exec_driver_sql(
        f"{log.SELECT_WAITING} WHERE case_id = ? ORDER BY device, sequence LIMIT ?",
        (case.bytes, most),
    )
    changes: list[Sealed] = []
    signatures: dict[UUID, bytes] = {}
    size, signed = 0, 0
    for found in map(log.entry, rows):
        if not admits(found.header):
            continue
        sealed = log.sealed_of(found)
        size += chains.travelling(sealed)
        if size > most_bytes and changes:
            break
        changes.append(sealed)
        if found.signature:
            signatures[found.header.device] = found.signature
            signed = len(changes)
    return Batch(case, tuple(changes[:signed]), tuple(sorted(signatures.items())))


def in_state(of: Stream, state: State) -> Stream:
    """The same stream, treated in another way from now on."""
    return replace(of, state=state)


def checked(of: Stream, state: int) -> Stream:
    """The same stream; nobody lacks a key in it as long as the state of its members is this one."""
    return replace(of, checked=state)
