"""The long fault tests of the central store: killed, overtaken, lied to, asked for what is foreign.

Each has a planted bug: the same test with one guard taken out, which it must notice.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, literal, select, text
from starlette.testclient import TestClient

from central_store import admission, pushing, streams
from central_store import tables as t
from central_store.application import create_application
from central_store.database import engine_of
from central_store.embedded import Embedded, embedded
from central_store.limits import NO_LIMITS
from central_store.prepared import CASE, ORG, Prepared
from tests.central import foreign, forgery, hostile, many_writers, replays, server_killed
from tests.central.laptop import Laptop, laptops_of
from tests.central.moments import Clock
from tests.central.office import Office
from tests.central.real_server import RealServer

KILLS = int(os.environ.get("FAULTS_SERVER_KILLS", "100"))
CHANGES = int(os.environ.get("FAULTS_CHANGES", "500000"))
FORGERIES = int(os.environ.get("FAULTS_FORGERIES", "10000"))
ROUNDS = 40
SEED = 20261128
MOST_MORE = 64 << 20
REFUSED = {0, 400, 401, 404, 413}
Row = dict[str, Any]
_s = t.stream.c
_OF_ANYBODY = Prepared(
    select(_s.seq, _s.digest, literal("leads").label("role")).where(
        _s.org_id == ORG, _s.case_id == CASE
    )
)


@dataclass
class World:
    """An embedded PostgreSQL and the application on it, with a clock that can be moved."""

    places: Embedded
    owner: Engine
    app: Engine
    client: TestClient
    clock: Clock

    def office(self) -> Office:
        return Office(self.owner, self.clock).create()


@contextmanager
def world() -> Iterator[World]:
    """One that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        places = embedded(Path(folder) / "pg")
        owner, app, clock = engine_of(places.owner), engine_of(places.app), Clock()
        with TestClient(create_application(app, clock, os.urandom, NO_LIMITS)) as client:
            yield World(places, owner, app, client, clock)
        owner.dispose()
        app.dispose()


def rows() -> list[Row]:
    """A row for each fault, with their numbers in the list of faults."""
    found = []
    with world() as here:
        for fault in (killed, commits_overtake, forged, replayed, foreign_ids, attacked):
            found.append(fault(here))
            print(found[-1], flush=True)
    return found


@contextmanager
def without(module: ModuleType, guard: str, instead: Callable[..., object]) -> Iterator[None]:
    """Plant a bug: one guard of the central store does something else for a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, guard, instead)
        yield


def _row(fault: str, trials: int, failures: int, caught: bool, **more: object) -> Row:
    return {
        "fault": fault,
        "trials": trials,
        "failures": failures,
        "planted_bugs_caught": int(caught),
        "planted_bugs": 1,
        **more,
    }


def killed(_: World) -> Row:
    """Fault 4. Planted: a PostgreSQL that acknowledges before it has written."""

    def run(kills: int, *, forgetful: bool) -> server_killed.Killed:
        with tempfile.TemporaryDirectory(prefix="killed-") as folder:
            data = Path(folder) / "pg"
            return server_killed.kill_many(data, kills, SEED, forgetful=forgetful)

    outcome, planted = run(KILLS, forgetful=False), run(6, forgetful=True)
    failures = outcome.lost + outcome.twice + outcome.damaged
    return _row(
        "4 kill -9 of the server and of PostgreSQL in mid-push",
        outcome.kills,
        failures,
        planted.lost > 0,
        acknowledged=outcome.acknowledged,
    )


def commits_overtake(here: World) -> Row:
    """Fault 14. Planted: a cursor over a plain sequence."""
    make = laptops_of(here.client, here.office())
    found = many_writers.run(here.places, make, CHANGES, SEED)
    failures = found.gaps + len(found.acknowledged ^ found.delivered)
    planted = many_writers.naive(here.places, 5_000, SEED)
    return _row(
        "14 commits that overtake each other", len(found.acknowledged), failures, planted > 0
    )


def forged(here: World) -> Row:
    """Faults 20 and 21. Planted: a server that checks no signature."""

    def run(count: int) -> forgery.Counted:
        scene = forgery.scene_of(laptops_of(here.client, here.office()))
        return forgery.forge(scene, count, SEED)

    counted = run(FORGERIES)
    with without(pushing, "is_signed", lambda *_: None):
        planted = _taken(run)
    return _row(
        "20, 21 tampered, forged, replayed and cross-case changes",
        counted.sent,
        counted.taken,
        planted > 0,
    )


def _taken(run: Callable[[int], forgery.Counted]) -> int:
    try:
        return run(200).taken
    except (AssertionError, KeyError):  # what was forged stands in the way of what is good
        return 1


def replayed(here: World) -> Row:
    """Fault 28. Planted: nonces that are good more than once."""

    def run() -> list[replays.Tried]:
        office = here.office()
        make = laptops_of(here.client, office)
        return list(replays.replayed(make, here.client, office, here.clock))

    tried = [one for _ in range(ROUNDS) for one in run()]
    with without(admission, "_spend", lambda *_: None):
        planted = any(status == 200 for _, status in run())
    accepted = sum(status == 200 for _, status in tried)
    return _row("28 replayed tokens, challenges and codes", len(tried), accepted, planted)


def foreign_ids(here: World) -> Row:
    """Fault 29. Planted: streams are read without asking who is in the case."""

    def run() -> tuple[int, list[str]]:
        ours, theirs = here.office(), here.office()
        make = laptops_of(here.client, ours)
        near = foreign.ask_all(foreign.held(make, ours), make())
        far = foreign.ask_all(foreign.held(make, theirs), make())
        return near[0] + far[0], near[1] + far[1]

    done = [run() for _ in range(ROUNDS)]
    told = [one for _, some in done for one in some]
    with without(streams, "seated", lambda call, case: call.first(_OF_ANYBODY, case=case)):
        planted = run()[1]
    open_tables = _tables_without_row_security(here.owner)
    return _row(
        "29 every route with every foreign id, every table with row security",
        sum(count for count, _ in done),
        len(told) + open_tables,
        bool(planted),
    )


def _tables_without_row_security(owner: Engine) -> int:
    query = (
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
        " AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"
    )
    with owner.connect() as db:
        return int(db.execute(text(query)).scalar_one())


def attacked(here: World) -> Row:
    """Fault 30, against a process of its own. Planted: a server that reads whatever is sent."""
    trials, wrong, more = _attack(here, greedy=False)
    _, _, planted = _attack(here, greedy=True)
    return _row(
        "30 oversized, deep and endless requests",
        trials,
        wrong + (more > MOST_MORE),
        planted > MOST_MORE,
        memory_more=more,
    )


def _attack(here: World, *, greedy: bool) -> tuple[int, int, int]:
    """How many attacks, how many answered wrongly, and how many bytes the server grew by."""
    with (
        RealServer(here.places.app, impatient=True, greedy=greedy) as server,
        httpx2.Client(base_url=server.address, timeout=60) as client,
    ):
        office = Office(here.owner, server_killed.RealTime()).create()
        laptop = laptops_of(client, office)()
        _work(laptop)
        before = server.memory()
        answers = [*hostile.too_much(server, laptop), *hostile.bombs(laptop)]
        wrong = sum(status not in REFUSED for _, status in answers)
        wrong += laptop.ask("POST", "heads").status_code != httpx2.codes.OK
        return len(answers), wrong, server.memory() - before


def _work(laptop: Laptop) -> None:
    """So that what the server needs for honest work is not counted."""
    case, _ = laptop.start()
    for _ in range(4):
        laptop.push(laptop.signed(case, [laptop.change(case, 1_900_000) for _ in range(2)]))
        laptop.pull(case)
