"""Monday morning: 500 laptops hand over what they wrote since Friday, 200 changes each.

First at the pace of life, as they would come within a quarter of an hour; then all of them at the
same moment. What they send is made and signed before the clock starts; what they send is what a
round sends: they sign in, ask how far all streams are, and push all of it at once.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

from benchmarks.central import Central, Laptop, Stream, central
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import pack_batch
from caseworker_app.sync.wire.packing import pack, unpack

T = TypeVar("T")

LAPTOPS = int(os.environ.get("BENCH_LAPTOPS", "500"))
CASES = 8
CHANGES = 25
"""In each case: 200 for a laptop."""

PACE = 111
"""Changes a second: 500 laptops within a quarter of an hour."""

WINDOW = 20
"""Seconds of that pace that are measured."""

BUDGET_P95 = 200
AT_ONCE = 10
"""Times the pace of life that must go well, too."""

HANDLE = "montag"


@dataclass(slots=True)
class Visit:
    """What one laptop has to say, and how it was received."""

    laptop: Laptop
    org: UUID
    push: bytes
    milliseconds: list[float] = field(default_factory=list)
    taken: int = 0
    errors: int = 0


def run() -> list[dict[str, Any]]:
    """All figures of this file."""
    with tempfile.TemporaryDirectory(prefix="central-") as folder, central(Path(folder)) as server:
        visits = _prepared(server)
        early = max(1, PACE * WINDOW // (CASES * CHANGES))
        calm, rest = visits[:early], visits[early:]
        asyncio.run(_come(server.port, calm, pause=CASES * CHANGES / PACE))
        start = time.perf_counter()
        asyncio.run(_come(server.port, rest, pause=0))
        seconds = time.perf_counter() - start
    changes = sum(visit.taken for visit in rest)
    due = len(rest) * CASES * CHANGES / (AT_ONCE * PACE)
    times = [taken for visit in calm for taken in visit.milliseconds]
    return [
        _row(
            f"Monday, {PACE} changes/s: p95, {_faults(calm)} errors", _p95(times), BUDGET_P95, "ms"
        ),
        _row(f"Monday, {len(rest)} laptops at once, {_faults(rest)} errors", seconds, due, "s")
        | {"peer_name": f"budget, {AT_ONCE} x pace; {changes / seconds:.0f} changes/s"},
    ]


def _row(name: str, ours: float, budget: float, unit: str) -> dict[str, Any]:
    return {
        "name": name,
        "ours": round(ours, 3),
        "peer": round(budget, 3),
        "peer_name": "budget",
        "ratio": round(ours / budget, 3),
        "unit": unit,
        "runs": 1,
    }


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _faults(visits: Iterable[Visit]) -> int:
    """Requests that failed, and changes that got no number."""
    return sum(visit.errors + CASES * CHANGES - visit.taken for visit in visits)


def _prepared(server: Central) -> list[Visit]:
    laptops = [Laptop(streams=[Stream(uuid4()) for _ in range(CASES)]) for _ in range(LAPTOPS)]
    org = server.organisation(HANDLE, laptops)
    visits = []
    for one in laptops:
        batches = [pack_batch(one.batch(case, CHANGES)) for case in one.streams]
        visits.append(Visit(one, org, pack(m.Push(batches))))
    return visits


async def _come(port: int, visits: Iterable[Visit], pause: float) -> None:
    coming = []
    for visit in visits:
        coming.append(asyncio.create_task(_come_in(port, visit)))
        await asyncio.sleep(pause)
    await asyncio.gather(*coming)


async def _come_in(port: int, visit: Visit) -> None:
    """One round of a laptop, over one connection."""
    line = Line(*await asyncio.open_connection("127.0.0.1", port), visit)
    try:
        nonce = unpack(m.Nonce, await line.ask("nonce", pack(m.AskNonce(visit.laptop.id))))
        proof = visit.laptop.proof(visit.org, nonce.nonce)
        line.token = unpack(m.Token, await line.ask("token", pack(proof))).token.hex()
        await line.ask("heads", pack(m.AskHeads()))
        pushed = unpack(m.Pushed, await line.ask("push", visit.push))
        visit.taken = sum(len(outcome.seqs) for outcome in pushed.outcomes)
    except (OSError, ValueError, asyncio.IncompleteReadError):
        visit.errors += 1
    finally:
        line.writer.close()


@dataclass(slots=True)
class Line:
    """One connection, as small as it can be: laptops must not take the server's processor."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    visit: Visit
    token: str = ""

    async def ask(self, name: str, body: bytes) -> bytes:
        """The body of the answer. ValueError when it is a refusal."""
        start = time.perf_counter()
        token = f"Authorization: Bearer {self.token}\r\n" if self.token else ""
        head = (
            f"POST /{HANDLE}/v1/{name} HTTP/1.1\r\nHost: localhost\r\n{token}"
            f"{m.PROTOCOL_HEADER}: {m.PROTOCOL}\r\nContent-Type: {m.MEDIA_TYPE}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        answer = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = int(answer.partition(b"content-length:")[2].partition(b"\r\n")[0])
        said = await self.reader.readexactly(length)
        self.visit.milliseconds.append((time.perf_counter() - start) * 1000)
        if not answer.startswith(b"http/1.1 200"):
            raise ValueError(name)
        return said


if __name__ == "__main__":
    for figure in run():
        print(figure)
