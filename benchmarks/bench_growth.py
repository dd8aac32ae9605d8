"""What a change costs when the central store has a million of them, beside ten thousand.

Two central stores side by side, one small, one large, each filled with rows of the size and spread
of real ones; then pushes and pulls over HTTP by turns, so that whatever else the machine does
disturbs both alike. A ratio of about 1 says that growing costs nothing.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from benchmarks.central import SEALED_BYTES, Central, Laptop, Stream, central
from caseworker_app.sync.http import Https
from caseworker_app.sync.link import Link
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import HASH_BYTES

SMALL = 10_000
LARGE = int(os.environ.get("BENCH_STORE_CHANGES", "1000000"))
CASES = 10
"""Of each laptop."""

IN_A_CASE = 200
AT_ONCE = 20
"""Changes that were pushed together."""

TURNS = 40
MEASURED = 100
"""Changes in each push and pull that is measured."""

HANDLE = "wachsen"
HEADER_BYTES = 112
SEED = 4711

# Pushes of all cases come one after another, as in life: the rows of a case lie far apart.
_FILL = """
INSERT INTO change (org_id, case_id, seq, change_id, device_id, push_end, header, body)
SELECT tail.org_id, tail.case_id, number, gen_random_uuid(), tail.device_id, %(end)s,
       decode(repeat(md5(random()::text), %(header)s), 'hex'),
       decode(repeat(md5(random()::text), %(body)s), 'hex')
FROM tail CROSS JOIN generate_series(%(start)s::bigint, %(end)s) AS number
WHERE tail.org_id = %(org)s
"""
_TAILS = "COPY tail (org_id, case_id, device_id, sequence, hash) FROM STDIN"
_MD5_BYTES = 16


@dataclass(slots=True)
class Grown:
    """A central store with so many changes, and what pushing and pulling took there."""

    server: Central
    org: UUID
    laptops: list[Laptop]
    pushes: list[float] = field(default_factory=list)
    pulls: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs in as this laptop."""

    laptop: Laptop

    @property
    def device_id(self) -> UUID:
        """The device."""
        return self.laptop.id

    def sign(self, message: bytes) -> bytes:
        """Its signature."""
        return self.laptop.signing.sign(message)


def run() -> list[dict[str, Any]]:
    """All figures of this file."""
    chance = random.Random(SEED)  # noqa: S311
    with ExitStack() as stack:
        small, large = (
            _grown(stack.enter_context(central(Path(folder))), changes)
            for changes in (SMALL, LARGE)
            for folder in [stack.enter_context(tempfile.TemporaryDirectory(prefix="central-"))]
        )
        os.sync()  # nobody shall wait for what filling has left to be written
        for _ in range(TURNS):
            for one in (small, large):
                _measure(one, chance)
    return [
        _row("pushed", large.pushes, small.pushes),
        _row("pulled", large.pulls, small.pulls),
    ]


def _row(what: str, large: Iterable[float], small: Iterable[float]) -> dict[str, Any]:
    mine, other = (statistics.median(times) / MEASURED * 1000 for times in (large, small))
    return {
        "name": f"a change {what}, store of {LARGE}",
        "ours": round(mine, 4),
        "peer": round(other, 4),
        "peer_name": f"ours with {SMALL}",
        "ratio": round(mine / other, 2),
        "unit": "ms",
        "runs": TURNS,
    }


def _grown(server: Central, changes: int) -> Grown:
    laptops = [
        Laptop(streams=[Stream(uuid4(), IN_A_CASE, os.urandom(HASH_BYTES)) for _ in range(CASES)])
        for _ in range(changes // (CASES * IN_A_CASE))
    ]
    org = server.organisation(HANDLE, laptops)
    with psycopg.connect(server.database.admin, autocommit=True) as db:
        with db.cursor().copy(_TAILS) as copy:
            for one in laptops:
                for stream in one.streams:
                    copy.write_row((org, stream.case, one.id, stream.sequence, stream.tail))
        sizes = {"header": HEADER_BYTES // _MD5_BYTES, "body": SEALED_BYTES // _MD5_BYTES}
        for start in range(1, IN_A_CASE, AT_ONCE):
            pushed = {"org": org, "start": start, "end": start + AT_ONCE - 1}
            db.execute(_FILL, {**pushed, **sizes})
        db.execute("UPDATE stream SET seq = %s WHERE org_id = %s", (IN_A_CASE, org))
        db.execute("VACUUM ANALYZE")
        db.execute("CHECKPOINT")
    return Grown(server, org, laptops)


def _measure(one: Grown, chance: random.Random) -> None:
    """One push into a case of chance, and the pull of what was pushed."""
    laptop = chance.choice(one.laptops)
    stream = chance.choice(laptop.streams)
    before, batch = stream.sequence, laptop.batch(stream, MEASURED)
    with closing(Https(f"http://127.0.0.1:{one.server.port}")) as transport:
        link = Link(transport, HANDLE, one.org, Signer(laptop))
        link.ask(m.Heads, "heads", m.AskHeads())  # signs in, before the clock starts
        start = time.perf_counter()
        pushed = link.push([batch])
        middle = time.perf_counter()
        page = link.ask(m.Page, "pull", m.Pull(stream.case, before))
        end = time.perf_counter()
    if len(pushed.outcomes[0].seqs) != MEASURED or len(page.batch[1]) != MEASURED:
        raise RuntimeError("the changes were not taken, or did not come back")
    one.pushes.append(middle - start)
    one.pulls.append(end - middle)


if __name__ == "__main__":
    for figure in run():
        print(figure)
