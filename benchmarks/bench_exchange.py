"""10 000 changes of 300 bytes: pushed by one laptop and pulled by a fresh one, beside others.

Ours is the whole way: two real stores (SQLCipher, full-text index and all), a real round of the
exchange on each, real HTTP to uvicorn in a process of its own, real PostgreSQL. The changes lie
sealed and signed on the first laptop when the clock starts, as after a day without a network, and
can be read and found on the fresh one when it stops. All get the same texts, and take turns.

Ours twice: each change a new note, which is most work for us, and five saves of a note while it is
typed, which is what a day consists of. Each is measured until all can be read, and until the index
knows every word as well; a search in between waits for it. Peers write new ones only, and have no
index of words.

Jazz twice: all texts of a case as edits of one value, and each text a value of its own, which is
what a new note is here.
"""

from __future__ import annotations

import gc
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cbor2
import httpx2

from benchmarks.central import Central, central, free_port, wait_for
from benchmarks.laptops import Texts, Written, exchanged, saved_meanwhile, written
from benchmarks.peers import node
from benchmarks.peers.plain_http import AT_ONCE
from caseworker_app import i18n

CASES = 20
CHANGES = int(os.environ.get("BENCH_CHANGES", "10000"))
BYTES = 300
RUNS = 3
SAVES = 5
MOST_WAIT = 50
"""Milliseconds: what the design allows a save while something comes in."""
SEED = 4711
_WORDS = (
    "ich möchte wieder arbeiten draußen garten hand kinder schule sprache kurs bus wohnung geld"
    " ruhe freunde nachbarin werkstatt holz küche lernen prüfung termin amt brief hilfe mut"
    " morgen abends ziekenhuis fiets buurt samen koffie werken taal leren moeder thuis rustig"
).split()

FOUND = ", until every word is found"

Way = Callable[[], tuple[float, ...]]
"""Pushes and pulls once; the seconds of both, and of the index of words where there is one."""

Took = list[float] | str
"""The seconds of each run, push and pull together; or why there are none."""


def run() -> list[dict[str, Any]]:
    """All figures of this file."""
    i18n.use("de")
    gc.disable()  # as in the running program, which collects on a timer
    texts = _texts()
    with tempfile.TemporaryDirectory(prefix="central-") as name, central(Path(name)) as server:
        folder = Path(name)
        file = folder / "texts.json"
        file.write_text(json.dumps(texts), "utf-8")
        few = folder / "few.json"  # all of them take longer than its own patience of a minute
        few.write_text(json.dumps(texts[: len(texts) // 10]), "utf-8")
        notes, typed = written(folder / "n", texts, 1), written(folder / "t", texts, SAVES)
        with _plain_http(server, notes) as plain:
            ways: dict[str, Way] = {
                "new notes": lambda: exchanged(server, notes, folder),
                "saves of notes": lambda: exchanged(server, typed, folder),
                "PouchDB": lambda: node.seconds("pouchdb.mjs", file, {}),
                "PouchDB, 1 000 at once": lambda: _eager_pouchdb(file),
                "Jazz, a value for each case": lambda: node.seconds("jazz.mjs", file, {}),
                "Jazz, a value for each text, a tenth of them": lambda: _jazz_of_notes(few),
                "plain HTTP, same bytes": plain,
            }
            saves = saved_meanwhile(server, notes, folder)
            return [*_rows(_in_turns(ways)), _save_row(saves)]


def _eager_pouchdb(texts: Path) -> tuple[float, float]:
    return node.seconds("pouchdb.mjs", texts, {"BATCH_SIZE": "1000"})


def _jazz_of_notes(texts: Path) -> tuple[float, float]:
    return node.seconds("jazz.mjs", texts, {"VALUE_EACH": "1"})


def _texts() -> Texts:
    """Words of chance, 300 bytes each, case after case in turn."""
    chance = random.Random(SEED)  # noqa: S311
    texts = (" ".join(chance.choices(_WORDS, k=BYTES // 3)) for _ in range(CHANGES))
    return [
        (number % CASES, text.encode()[:BYTES].decode("utf-8", "ignore"))
        for number, text in enumerate(texts)
    ]


def _in_turns(ways: dict[str, Way]) -> dict[str, Took]:
    """Every way once, and again, RUNS times."""
    took: dict[str, Took] = {name: [] for name in ways}
    for _ in range(RUNS):
        for name, way in ways.items():
            found = took[name]
            if isinstance(found, str):
                continue
            try:
                push, pull, *words = way()
                found.append(push + pull)
                if words:
                    took.setdefault(name + FOUND, []).append(push + pull + sum(words))  # type: ignore[union-attr]
            except node.Missing as why:
                took[name] = str(why)
            gc.collect()
    return took


def _rows(took: dict[str, Took]) -> list[dict[str, Any]]:
    ours = [name for name in took if "notes" in name]
    peers = [name for name in took if name not in ours]
    return [_row(name, took[name], peer, took[peer]) for name in ours for peer in peers]


def _row(name: str, ours: Took, peer: str, theirs: Took) -> dict[str, Any]:
    mine = statistics.median(map(float, ours))
    other = None if isinstance(theirs, str) else statistics.median(theirs)
    return {
        "name": f"{CHANGES} {name}" + ("" if name.endswith(FOUND) else ", pushed and pulled"),
        "ours": round(mine, 3),
        "peer": other and round(other, 3),
        "peer_name": peer if other else f"{peer}: {theirs}",
        "ratio": other and round(mine / other, 3),
        "unit": "s",
        "runs": RUNS,
    }


def _save_row(took: list[float]) -> dict[str, Any]:
    late = statistics.quantiles(took, n=20)[-1]
    return {
        "name": f"a save while {CHANGES} come in, 95 of 100",
        "ours": round(late * 1000, 1),
        "peer": MOST_WAIT,
        "peer_name": "what nobody notices",
        "ratio": round(late * 1000 / MOST_WAIT, 3),
        "unit": "ms",
        "runs": len(took),
    }


@contextmanager
def _plain_http(server: Central, notes: Written) -> Iterator[Way]:
    """The bytes of our own changes, without anything that keeps them safe."""
    bodies, port = notes.bodies(), free_port()
    command = [sys.executable, "-m", "benchmarks.peers.plain_http", server.database.admin]
    with subprocess.Popen([*command, str(port)]) as process:
        try:
            wait_for(port, process)
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
                before = iter(range(0, sys.maxsize, len(bodies)))
                yield lambda: _carried(client, bodies, next(before))
        finally:
            process.terminate()


def _carried(client: httpx2.Client, bodies: list[bytes], before: int) -> tuple[float, float]:
    start = time.perf_counter()
    for at in range(0, len(bodies), AT_ONCE):
        packed = cbor2.dumps(bodies[at : at + AT_ONCE])
        client.post(f"/{before + at}", content=packed).raise_for_status()
    pushed = time.perf_counter()
    got: list[bytes] = []
    while len(got) < len(bodies):
        got += cbor2.loads(client.get(f"/{before + len(got)}").content)
    if got != bodies:
        raise RuntimeError("other bytes came back")
    return pushed - start, time.perf_counter() - pushed


if __name__ == "__main__":
    for figure in run():
        print(figure)
