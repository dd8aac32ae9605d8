"""Taking changes in: each batch is judged by itself, and a repeated one gets the same numbers.

A change is taken for what it is, not for who brings it: any member may hand on the changes of
others that the latest record admits, which is how a store put back from a backup is filled again.
"""

from __future__ import annotations

from caseworker_app.sync.wire.changes import (
    MOST_CHANGES,
    MOST_PUSH_BYTES,
    Batch,
    Sealed,
    unpack_batch,
)
from caseworker_app.sync.wire.messages import Outcome, Push, Pushed
from caseworker_app.sync.wire.packing import Malformed
from central_store.call import Call, Refused
from central_store.judging import (
    NotTaken,
    attempt,
    chains_of,
    follows,
    have_keys,
    is_signed,
    known_numbers,
    may_come,
)
from central_store.stream_rows import append, authors, locked


def push(call: Call, asked: Push) -> Pushed:
    """Take batches of several cases, in the order of cases so that no two pushes wait in a ring."""
    if len(asked.batches) > MOST_CHANGES:
        raise Refused("too-large")
    batches = [unpack_batch(raw) for raw in asked.batches]
    if not all(batch.changes for batch in batches):
        raise Malformed  # no program sends an empty one, and each takes its time
    changes = [change for batch in batches for change in batch.changes]
    if len(changes) > MOST_CHANGES or sum(_size(one) for one in changes) > MOST_PUSH_BYTES:
        raise Refused("too-large")
    outcomes: dict[int, Outcome] = {}
    for number, batch in sorted(enumerate(batches), key=lambda item: item[1].case):
        outcomes[number] = taken(call, batch)
    return Pushed(tuple(outcomes[number] for number in range(len(batches))))


def taken(call: Call, batch: Batch) -> Outcome:
    """Take one batch, or leave no trace of it."""
    try:
        with attempt(call.db):
            return Outcome(batch.case, "", _numbers(call, batch))
    except NotTaken as why:
        return Outcome(batch.case, str(why))


def _numbers(call: Call, batch: Batch) -> tuple[int, ...]:
    stream = locked(call, batch.case)
    if stream is None or not call.is_in(stream.record):
        raise NotTaken("not-here")
    chains = chains_of(batch.changes)
    known_authors = authors(call, batch.case, chains)
    known = known_numbers(call, batch.case, chains, known_authors)
    fresh = batch.changes
    if known:
        fresh = tuple(one for one in batch.changes if one.header.change not in known)
    if fresh:
        have_keys(call, stream.record, fresh)
        ends = follows(chains_of(fresh) if known else chains, known_authors)
        may_come(call, stream.record, ends, known_authors)
        if any(one.sealed is None for one in fresh) and not stream.record.leads(*call.caller.who):
            raise NotTaken("not-here")  # else any member could make others' words disappear
        signatures = dict(batch.signatures)
        is_signed(ends, known_authors, signatures)
        if append(call, stream, fresh, ends, signatures) is None:
            raise NotTaken("fork")
    numbers = iter(range(stream.seq + 1, stream.seq + len(fresh) + 1))
    return tuple(
        known[one.header.change] if known and one.header.change in known else next(numbers)
        for one in batch.changes
    )


def _size(change: Sealed) -> int:
    return len(change.header_bytes) + len(change.sealed or change.sealed_hash)
