"""The store with 10 000 people and 200 000 notes: what a coach waits for, against its budget.

Budgets are those of the design; the "peer" of a budget is its limit. Autosave is measured against a
bare commit into a plain SQLCipher table, in turns within the same run.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlcipher3 import dbapi2

from caseworker_app import i18n
from caseworker_app.domain.people import CaseFile, Person, Profile, Relation
from caseworker_app.domain.talk import Conversation, Statement, TalkStatus, Voice
from caseworker_app.services import answers, cases, find, people, stores
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.passphrases import FLOOR
from caseworker_app.vault import slots

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "10000"))
NOTES_EACH = 20
TALKS_EACH = 5
PASSPHRASE = "fuenf ruhige worte am tisch"  # noqa: S105
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEED = 4711

_GIVEN = (
    "Amira Jürgen Zoë Mehmet Łukasz Femke Günther Şirin Willem Anneke Björn Elif Karim Olena"
).split()
_FAMILY = (
    "Müller Yıldız Jansen Öztürk Kowalski Bakker Schäfer Visser Hoekstra Schröder Dąbrowski"
).split()
_SYLLABLES = "ba del fin gor hal ki lan mer nos pel rin sol tur ven wes zan".split()
_WORDS = (
    "ich möchte wieder arbeiten draußen garten hand kinder schule sprache kurs bus wohnung geld"
    " ruhe freunde nachbarin werkstatt holz küche lernen prüfung termin amt brief hilfe mut"
    " morgen abends ziekenhuis fiets buurt samen koffie werken taal leren moeder thuis rustig"
).split()


def run() -> list[dict[str, Any]]:
    """All figures of this file."""
    i18n.use("en")
    gc.disable()  # as in the running program, which collects on a timer
    with tempfile.TemporaryDirectory() as folder:
        store = _filled(Path(folder) / "store")
        try:
            return [
                _unlock(Path(folder) / "store"),
                _notes(store),
                _people(store),
                _open_case(store),
                _autosave(store, Path(folder)),
            ]
        finally:
            store.close()


def _filled(folder: Path) -> Store:
    chance = random.Random(SEED)  # noqa: S311
    nobody = UUID(int=0)
    profile = Profile(id=nobody, case=nobody, name="Miriam Falk")
    store, _ = stores.create(folder, profile, PASSPHRASE, NOW, cost=FLOOR)
    for start in range(0, PEOPLE, 500):
        with store.changing(NOW) as changing:
            for number in range(start, min(start + 500, PEOPLE)):
                for value in _file(chance, number):
                    changing.put(value)
    return store


def _file(chance: random.Random, number: int) -> list[Any]:
    case = uuid4()
    given, family = chance.choice(_GIVEN), chance.choice(_FAMILY)
    family += "".join(chance.choices(_SYLLABLES, k=2)) if number % 3 else ""
    person = Person(
        id=uuid4(),
        case=case,
        given_name=given,
        family_name=family,
        birth_date=date(1960, 1, 1) + timedelta(days=chance.randrange(15000)),
        phone=f"030 23125 {number:05d}",
    )
    made: list[Any] = [
        CaseFile(id=case, case=case, number=f"2026-{number:05d}", opened=date(2025, 1, 1)),
        person,
        Relation(id=uuid4(), case=case, name=f"{chance.choice(_GIVEN)} {family}"),
    ]
    held = [
        Conversation(
            id=uuid4(),
            case=case,
            status=TalkStatus.HELD,
            guide="meedoen",
            guide_version=1,
            started=NOW - timedelta(days=90 * back + chance.randrange(80)),
        )
        for back in range(TALKS_EACH)
    ]
    made += held
    for note in range(NOTES_EACH):
        talk = held[note % TALKS_EACH]
        made.append(
            Statement(
                id=uuid4(),
                case=case,
                conversation=talk.id,
                section="s",
                question=f"q{note}",
                voice=Voice.PARTICIPANT,
                words=" ".join(chance.choices(_WORDS, k=24)),
                said=talk.started,
            )
        )
    return made


def _times(work: Callable[[int], object], runs: int) -> list[float]:
    taken = []
    for number in range(runs):
        start = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def _figure(name: str, ours: float, limit: float, runs: int) -> dict[str, Any]:
    return {
        "name": name,
        "ours": round(ours, 3),
        "peer": limit,
        "peer_name": "budget",
        "ratio": round(ours / limit, 3),
        "unit": "ms",
        "runs": runs,
    }


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _unlock(folder: Path) -> dict[str, Any]:
    """From the unwrapped key to the list of people on the page, without the key derivation."""
    data_key = slots.unlock(folder, PASSPHRASE)

    def unlock(_: int) -> None:
        store = stores.open_with(folder, data_key)
        people.lines(store, NOW)
        store.close()

    taken = _times(unlock, 9)
    return _figure(f"unlock, beyond the key, {PEOPLE} people", statistics.median(taken), 150, 9)


def _notes(store: Store) -> dict[str, Any]:
    """The time of each key while words are typed into the search over all notes."""
    typed = [word[:length] for word in _WORDS for length in range(2, len(word) + 1)]
    taken = _times(lambda n: find.words(store, typed[n % len(typed)], 20), 400)
    name = f"notes found per key, {PEOPLE * NOTES_EACH} notes, p95"
    return _figure(name, _p95(taken), 5, 400)


def _people(store: Store) -> dict[str, Any]:
    """The time of each key while names with a typo are typed."""
    index = find.PeopleIndex(people.lines(store, NOW))
    names = ["mülerbadel", "jansn", "yildizkilan", "oztrk", "schafer", "femke bakker", "van der"]
    typed = [name[:length] for name in names for length in range(1, len(name) + 1)]
    taken = _times(lambda n: index.find(typed[n % len(typed)]), 400)
    return _figure(f"people found per key, {PEOPLE} people, p95", _p95(taken), 16, 400)


def _open_case(store: Store) -> dict[str, Any]:
    chosen = [line.case for line in people.lines(store, NOW)[:: PEOPLE // 200 or 1]]
    taken = _times(lambda n: cases.view(store, chosen[n % len(chosen)]), 200)
    return _figure(f"open a case with {TALKS_EACH} conversations, p95", _p95(taken), 50, 200)


def _autosave(store: Store, folder: Path) -> dict[str, Any]:
    """One pause in typing, in turns with one row written by a bare SQLCipher connection."""
    runs = 400
    with store.reading() as reading:
        talk = reading.all(Conversation, guide="meedoen")[0]
    words = "Ich möchte wieder mit den Händen arbeiten und draußen sein, am liebsten im Garten."

    def save(number: int) -> None:
        said = (Voice.PARTICIPANT, "", f"{words} {number}")
        answers.keep_words(store, talk, ("s", "q"), said, datetime.now(UTC))

    with closing(dbapi2.connect(str(folder / "bare.db"), isolation_level=None)) as bare:
        bare.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE note (words TEXT)")

        def commit(number: int) -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO note VALUES (?)", (f"{words} {number}",))
            bare.execute("COMMIT")

        ours: list[float] = []
        theirs: list[float] = []
        for number in range(runs):
            ours += _times(lambda _, n=number: save(n), 1)
            theirs += _times(lambda _, n=number: commit(n), 1)
    mine, peer = statistics.median(ours), statistics.median(theirs)
    return {
        "name": "autosave of one answer (limit 3)",
        "ours": round(mine, 3),
        "peer": round(peer, 3),
        "peer_name": "bare SQLCipher commit",
        "ratio": round(mine / peer, 3),
        "unit": "ms",
        "runs": runs,
    }


if __name__ == "__main__":
    for figure in run():
        print(figure)
