"""Kill -9 of the server and of PostgreSQL while changes are pushed: what was acknowledged stays."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import httpx2
import psycopg

from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import NOTHING, Batch, added, pack_batch
from caseworker_app.sync.wire.packing import pack, unpack
from central_store.database import engine_of
from central_store.embedded import embedded
from tests.central.laptop import Laptop
from tests.central.moments import Clock
from tests.central.office import Office
from tests.central.real_server import RealServer, kill_postgres, start_postgres
from tests.central.waiting import until

WRITERS = 4
MOST_AT_ONCE = 60
MOST_TRIES = 200


class RealTime(Clock):
    """The server's own clock: it runs in another process."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Killed:
    """What was acknowledged while the server was killed, and what is there afterwards."""

    kills: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    lost: int = 0
    twice: int = 0
    damaged: int = 0
    forks: int = 0


def kill_many(data: Path, kills: int, seed: int, *, forgetful: bool = False) -> Killed:
    """Kill it so many times at any moment. `forgetful` plants a bug: no waiting for the disk."""
    places = embedded(data)
    owner, outcome = engine_of(places.owner), Killed()
    with RealServer(places.app) as server:
        office = Office(owner, RealTime()).create()
        writers = [_Writer(server, office) for _ in range(WRITERS)]
        if forgetful:
            _forget_what_is_not_on_disk(places.admin)
        stop = threading.Event()
        threads = [threading.Thread(target=one.run, args=(stop, outcome)) for one in writers]
        for thread in threads:
            thread.start()
        try:
            _kill_again_and_again(data, server, outcome, kills, random.Random(seed))
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        for one in writers:
            one.compare(outcome)
            one.laptop.client.close()
        outcome.damaged += server.stop() != 0
    owner.dispose()
    return outcome


def _kill_again_and_again(
    data: Path, server: RealServer, outcome: Killed, kills: int, chance: random.Random
) -> None:
    for number in range(kills):
        goal = outcome.acknowledged + chance.randint(1, 200)
        until(lambda goal=goal: outcome.forks or outcome.acknowledged >= goal, "changes", 120)
        threading.Event().wait(chance.random() * 0.05)  # anywhere in a push
        outcome.kills += 1
        if number % 2:
            kill_postgres(data)
            start_postgres(data)
            until(server.is_ready, "a server that has found PostgreSQL again", 60)
        else:
            server.kill()
            server.start()


class _Writer:
    """Pushes to one case, again and again until there is an answer."""

    def __init__(self, server: RealServer, office: Office) -> None:
        client = httpx2.Client(base_url=server.address, timeout=20)
        self.laptop = Laptop(client, office, office.user())
        office.add(self.laptop.user, self.laptop.device.public)
        office.publish()
        self.laptop.sign_in()
        self.case, _ = self.laptop.start()
        self.chance = random.Random(self.case.int)
        self.acknowledged: dict[UUID, int] = {}
        self.unsure = False

    def run(self, stop: threading.Event, outcome: Killed) -> None:
        while not stop.is_set():
            batch = self.laptop.write(self.case, self.chance.randint(1, MOST_AT_ONCE))
            seqs = self._pushed(batch, outcome, stop)
            if not seqs:  # the server does not have what it acknowledged, or it is enough
                outcome.forks += not stop.is_set()
                self.unsure = True
                return
            for change, seq in zip(batch.changes, seqs, strict=True):
                self.acknowledged[change.header.change] = seq
            outcome.acknowledged += len(seqs)

    def _pushed(self, batch: Batch, outcome: Killed, stop: threading.Event) -> tuple[int, ...]:
        body, tries = pack(m.Push([pack_batch(batch)])), 0
        while not stop.is_set() or tries < MOST_TRIES:
            tries += 1
            try:
                answer = self.laptop.raw("POST", "push", body)
                if answer.status_code == 200:
                    return unpack(m.Pushed, answer.content).outcomes[0].seqs
                if answer.status_code == 401:
                    self.laptop.sign_in()
                    continue
            except (httpx2.HTTPError, AssertionError):
                pass
            outcome.unanswered += 1
            threading.Event().wait(0.02)
        return ()

    def compare(self, outcome: Killed) -> None:
        """Read the whole stream: every acknowledged change under its number, none twice."""
        found, digest, after = {}, NOTHING, 0
        while True:
            batch, page = self.laptop.pull(self.case, after)
            if not batch.changes:
                break
            for number, change in enumerate(batch.changes, after + 1):
                outcome.twice += change.header.change in found
                found[change.header.change] = number
                digest = added(digest, change.hash)
            after += len(batch.changes)
        outcome.damaged += digest != page.digest or after != page.seq
        sequence, _ = self.laptop.chains[self.case]
        outcome.damaged += not self.unsure and sequence != len(found)
        outcome.lost += sum(found.get(id_) != seq for id_, seq in self.acknowledged.items())


def _forget_what_is_not_on_disk(admin: str) -> None:
    with psycopg.connect(admin, autocommit=True) as db:
        db.execute("ALTER SYSTEM SET synchronous_commit = off")
        db.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        db.execute("SELECT pg_reload_conf()")
        db.execute("CHECKPOINT")
