"""Twenty-four writers with delays against one reader: whatever was written must be delivered.

The delays lie between the work and the commit, where they hurt: a cursor over a plain sequence
loses there what commits late. `naive` is that cursor, to show that this test would notice.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Engine, text

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.changes import pack_batch, unpack_batch
from caseworker_app.sync.wire.messages import Pull, Push
from central_store import pushing, streams
from central_store.call import Call, Device, State
from central_store.database import engine_of, repeated, transaction
from central_store.embedded import Embedded
from tests.central.laptop import Laptop

WRITERS = 24
STREAMS = 8
MOST_AT_ONCE = 40
LONGEST_DELAY = 0.004
"""Seconds, drawn anew for each transaction."""


@dataclass
class Delivered:
    """What was acknowledged to writers, and what came to the reader."""

    acknowledged: set[tuple[UUID, int, UUID]] = field(default_factory=set)
    delivered: set[tuple[UUID, int, UUID]] = field(default_factory=set)
    gaps: int = 0

    @property
    def lost(self) -> int:
        return len(self.acknowledged - self.delivered)


def run(engine_dsn: Embedded, make: Callable[..., Laptop], changes: int, seed: int) -> Delivered:
    """Write so many changes and read them meanwhile."""
    engine = engine_of(engine_dsn.app, WRITERS + 1)
    laptops = [make() for _ in range(WRITERS)]
    others = [one.member(Role.WRITES) for one in laptops[1:]]
    cases = [laptops[0].start(*others)[0] for _ in range(STREAMS)]
    found, left = Delivered(), _Countdown(changes)
    threads = [
        threading.Thread(target=_write, args=(engine, one, cases, left, found, seed + number))
        for number, one in enumerate(laptops)
    ]
    for thread in threads:
        thread.start()
    cursors = dict.fromkeys(cases, 0)
    while any(thread.is_alive() for thread in threads):
        _read(engine, laptops[0], cursors, found)
    while _read(engine, laptops[0], cursors, found):
        pass
    engine.dispose()
    return found


@dataclass
class _Countdown:
    left: int
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, wanted: int) -> int:
        with self.lock:
            given = min(wanted, self.left)
            self.left -= given
            return given


@contextmanager
def _calls(engine: Engine, laptop: Laptop):
    office, public = laptop.office, laptop.device.public
    caller = Device(public.id, office.org, laptop.user, public.signing, State.ACTIVE)
    with transaction(engine, office.org) as db:
        yield Call(db, office.org, office.handle, office.clock(), os.urandom, caller)


def _write(engine, laptop, cases, left: _Countdown, found: Delivered, seed: int) -> None:
    chance = random.Random(seed)
    while count := left.take(chance.randint(1, MOST_AT_ONCE)):
        case = chance.choice(cases)
        batch = laptop.write(case, count)
        message = Push([pack_batch(batch)])

        def work(message: Push = message):
            with _calls(engine, laptop) as call:
                answer = pushing.push(call, message)
                time.sleep(chance.random() * LONGEST_DELAY)  # the fault that is injected
            return answer

        outcome = repeated(work).outcomes[0]
        assert not outcome.refused, outcome
        ids = (change.header.change for change in batch.changes)
        found.acknowledged.update((case, *pair) for pair in zip(outcome.seqs, ids, strict=True))


def _read(engine, laptop, cursors: dict[UUID, int], found: Delivered) -> int:
    came = 0
    for case, after in cursors.items():
        with _calls(engine, laptop) as call:
            page = streams.pull(call, Pull(case, after))
        changes = unpack_batch(page.batch).changes
        ids = [change.header.change for change in changes]
        found.delivered.update((case, after + n, id_) for n, id_ in enumerate(ids, 1))
        found.gaps += after + len(changes) > page.seq
        cursors[case] = after + len(changes)
        came += len(changes)
    return came


def naive(engine_dsn: Embedded, rows: int, seed: int) -> int:
    """How many rows a cursor over a sequence never delivers: the planted bug."""
    engine = engine_of(engine_dsn.owner, WRITERS + 1)
    with engine.begin() as db:
        db.execute(text("DROP TABLE IF EXISTS plain"))
        db.execute(text("CREATE TABLE plain (id bigserial PRIMARY KEY)"))
    left, lock, written = _Countdown(rows), threading.Lock(), set()

    def write(seed: int) -> None:
        chance = random.Random(seed)
        while left.take(1):
            with engine.begin() as db:
                one = db.execute(text("INSERT INTO plain DEFAULT VALUES RETURNING id")).scalar()
                time.sleep(chance.random() * LONGEST_DELAY)
            with lock:
                written.add(one)

    threads = [threading.Thread(target=write, args=(seed + n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    delivered, cursor, alive = set(), 0, True
    while alive:
        alive = any(thread.is_alive() for thread in threads)
        with engine.begin() as db:
            query = text("SELECT id FROM plain WHERE id > :cursor ORDER BY id")
            rows_ = list(db.execute(query, {"cursor": cursor}).scalars())
        delivered.update(rows_)
        cursor = max(rows_, default=cursor)
    with engine.begin() as db:
        db.execute(text("DROP TABLE plain"))
    engine.dispose()
    return len(written - delivered)
