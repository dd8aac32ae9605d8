"""Real laptops for a benchmark of the exchange: what was written on one, and a fresh one."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from benchmarks.central import Central
from caseworker_app.domain.people import CaseFile, Person, Profile
from caseworker_app.domain.talk import Conversation, Statement, Voice
from caseworker_app.services import find, stores
from caseworker_app.services.exchange import connecting, rounds
from caseworker_app.services.exchange.way import Way, real_way
from caseworker_app.store import lists, log
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Changing
from caseworker_app.sync.wire.passphrases import FLOOR
from caseworker_app.vault import slots
from central_store.office.devices import confirm_device
from central_store.office.enrolment import enrolment_code
from central_store.office.people import add_user
from tests.central.an_organisation import an_organisation

Texts = Sequence[tuple[int, str]]
"""(case, text), in the order in which they are written."""

PAUSE = 0.03
"""Seconds between two saves: faster than anybody types, to have many."""

PASSPHRASE = "fuenf ruhige worte am tisch"  # noqa: S105
_COACH = Profile(id=UUID(int=0), case=UUID(int=0), name="Miriam Falk")


@dataclass(frozen=True, slots=True)
class Written:
    """A store in which somebody wrote without a network: one save, one change, for each text."""

    folder: Path
    last: dict[UUID, str]

    def bodies(self) -> list[bytes]:
        """The sealed bodies of all its changes, as they travel."""
        with closing(_opened(self.folder)) as store, store.reading() as reading:
            own = store.id
            return [
                entry.header_bytes + (entry.sealed or b"")
                for entry in log.entries(reading.connection)
                if entry.header.case != own
            ]


def written(folder: Path, texts: Texts, saves: int) -> Written:
    """Notes in as many cases as the texts name; each is saved so often while it is typed."""
    now = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    cases = {number: (uuid4(), uuid4()) for number in sorted({number for number, _ in texts})}
    queues = [[text for which, text in texts if which == number] for number in cases]
    notes: dict[int, Statement] = {}
    with closing(stores.create(folder, _COACH, PASSPHRASE, now, cost=FLOOR)[0]) as store:
        for at, row in enumerate(zip(*queues, strict=True)):
            with store.changing(now + timedelta(seconds=at)) as changing:  # a change in each case
                for number, text in zip(cases, row, strict=True):
                    if at == 0:
                        _begin(changing, *cases[number], now)
                    if at % saves == 0:
                        notes[number] = _note(*cases[number], at, now)
                    notes[number] = changing.put(replace(notes[number], words=text))
        with store.reading() as reading:
            last = {note.id: note.words for note in reading.all(Statement)}
    return Written(folder, last)


def _begin(changing: Changing, case: UUID, talk: UUID, now: datetime) -> None:
    file = CaseFile(id=case, case=case, number="2026-1", opened=now.date())
    person = Person(id=uuid4(), case=case, given_name="Tobias", family_name="Brandt")
    for value in (file, person, Conversation(id=talk, case=case, guide="meedoen", started=now)):
        changing.put(value)


def _note(case: UUID, talk: UUID, at: int, now: datetime) -> Statement:
    return Statement(
        id=uuid4(),
        case=case,
        conversation=talk,
        section="s",
        question=f"q{at}",
        voice=Voice.PARTICIPANT,
        said=now,
    )


def exchanged(server: Central, of: Written, folder: Path) -> tuple[float, float, float]:
    """Seconds to push all of it, to pull it with a fresh laptop, and to index the words there."""
    with _connected(server, of, folder) as (first, fresh, address):
        push, pull = _timed(first, address), _timed(fresh, address)
        _check_read(fresh, of)
        start = time.perf_counter()
        find.take_in_words(fresh)
        words = time.perf_counter() - start
        _check_found(fresh, of)
    return push, pull, words


def saved_meanwhile(server: Central, of: Written, folder: Path) -> list[float]:
    """Seconds of each save of somebody who types while all of it comes in, one every PAUSE."""
    with _connected(server, of, folder) as (first, fresh, address):
        _timed(first, address)
        case, talk, now = uuid4(), uuid4(), datetime.now(UTC)
        with fresh.changing(now) as changing:
            _begin(changing, case, talk, now)
            note = changing.put(_note(case, talk, 0, now))
        took: list[float] = []
        with ThreadPoolExecutor(1) as aside:
            fetching = aside.submit(_timed, fresh, address)
            while not wait([fetching], PAUSE).done:
                start = time.perf_counter()
                with fresh.changing(now) as changing:
                    note = changing.put(replace(note, words=f"{note.words} Wort"))
                took.append(time.perf_counter() - start)
            fetching.result()
        _check_read(fresh, replace(of, last={**of.last, note.id: note.words}))
    return took


@contextmanager
def _connected(server: Central, of: Written, folder: Path) -> Iterator[tuple[Store, Store, str]]:
    """A copy of the laptop on which it was written, a fresh one, and the address."""
    address = f"http://127.0.0.1:{server.port}"
    office = an_organisation(server.owner, now=datetime.now(UTC))
    user = add_user(office.office, "Miriam Falk", office.now)
    shutil.copytree(of.folder, folder / f"{office.org} first")
    now = datetime.now(UTC)
    stores.create(folder / f"{office.org} fresh", _COACH, PASSPHRASE, now, cost=FLOOR)[0].close()
    with (
        closing(_opened(folder / f"{office.org} first")) as first,
        closing(_opened(folder / f"{office.org} fresh")) as fresh,
    ):
        with _way(address) as way:
            for store in (first, fresh):
                code = enrolment_code(office.office, str(user), address, office.now)
                connecting.connect(store, code, way)
                confirm_device(office.office, str(store.keys.device_id), office.now)
        office.sign()
        yield first, fresh, address


def _timed(store: Store, address: str) -> float:
    with _way(address) as way:
        start = time.perf_counter()
        rounds.run(store, way)
        return time.perf_counter() - start


def _check_read(store: Store, of: Written) -> None:
    """RuntimeError unless everything can be read."""
    with store.reading() as reading:
        arrived = {note.id: note.words for note in reading.all(Statement)}
    if arrived != of.last:
        raise RuntimeError(f"{len(arrived)} of {len(of.last)} notes arrived")


def _check_found(store: Store, of: Written) -> None:
    """RuntimeError unless everything is in the index, and is found there."""
    with store.reading() as reading:
        waits = lists.words_wait(reading)
    for note, words in islice(of.last.items(), 0, None, 500):
        if waits or note not in {hit.value for hit in find.words(store, words)}:
            raise RuntimeError("some words are not found")


@contextmanager
def _way(address: str) -> Iterator[Way]:
    with real_way(address, lambda: datetime.now(UTC)) as way:
        yield way


def _opened(folder: Path) -> Store:
    return stores.open_with(folder, slots.unlock(folder, PASSPHRASE))
