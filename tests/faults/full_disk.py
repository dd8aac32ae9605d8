"""A disk that fills up while a coach types, at every write in turn; and then has room again.

Two ways: a small disk of its own, which only root may make, and a limit on the size of files, which
everybody has and which the store sees as a refused write.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain.talk import Conversation, Statement, Voice
from caseworker_app.services import answers, checking, stores
from caseworker_app.store.store import Store
from tests.builders import NOW, PASSPHRASE, a_case, a_store, a_talk, say

PAGE = 4096
MEGABYTES = 24
MOST_WRITES = 400
MOST_PAGES = 12
MOST_LOG = 2_000_000
LONG = "Das war ein guter Tag, und morgen fange ich noch einmal an. " * 20


@dataclass(slots=True)
class Outcome:
    """What came of many full disks."""

    rounds: int = 0
    refused: int = 0
    acknowledged: int = 0
    missing: list[str] = field(default_factory=list)
    not_clean: list[str] = field(default_factory=list)
    told_otherwise: list[str] = field(default_factory=list)

    @property
    def failures(self) -> int:
        return len(self.missing) + len(self.not_clean) + len(self.told_otherwise)


def can_make_a_disk() -> bool:
    """Whether we may mount a small disk here."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with _disk(Path(folder)):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


def fill_at_every_write(rounds: int) -> Outcome:
    """Leave 0, 1, 2, ... free pages, write until the disk refuses, make room, go on."""
    outcome, promised = Outcome(), dict[UUID, str]()
    with tempfile.TemporaryDirectory() as scratch, _disk(Path(scratch)):
        folder, ballast = Path(scratch) / "store", Path(scratch) / "ballast"
        store = a_store(folder)
        talk = a_talk(store, a_case(store))
        for pages in range(rounds):
            store = _with_a_small_log(store, folder)
            _fill(ballast, pages % MOST_PAGES)
            _write_until_refused(store, talk, promised, outcome)
            if pages % 4 == 0:
                store = _opened_again(store, folder, ballast, outcome)
            ballast.unlink(missing_ok=True)
            _still_takes_words(store, talk, promised, outcome)
            _compare(store, talk, promised, outcome)
            outcome.rounds += 1
        store.close()
    return outcome


def limit_at_every_write(rounds: int, folder: Path) -> Outcome:
    """The same with files that may not grow: a limit of so many pages above the present size.

    To be called in a process of its own, where nothing else writes.
    """
    import resource  # noqa: PLC0415 - there is no such module on Windows

    outcome, promised = Outcome(), dict[UUID, str]()
    store = a_store(folder)
    talk = a_talk(store, a_case(store))
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for pages in range(rounds):
        store = _with_a_small_log(store, folder)
        size = _size_of_log(folder)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + pages % MOST_PAGES * PAGE * 8, hard))
        _write_until_refused(store, talk, promised, outcome)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        _still_takes_words(store, talk, promised, outcome)
        _compare(store, talk, promised, outcome)
        outcome.rounds += 1
    store.close()
    return outcome


def _with_a_small_log(store: Store, folder: Path) -> Store:
    """Open the store anew before its log is so long that it is written over and never grows."""
    if _size_of_log(folder) < MOST_LOG:
        return store
    store.close()
    return stores.unlock(folder, PASSPHRASE)


def _size_of_log(folder: Path) -> int:
    log = folder / "store.db-wal"
    return log.stat().st_size if log.exists() else 0


def limited_in_a_child(rounds: int, folder: Path) -> Outcome:
    """`limit_at_every_write` in a process of its own."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.faults.full_disk", str(rounds), str(folder)],
        capture_output=True, text=True, check=True, timeout=120, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    numbers, *told = made.stdout.splitlines()
    rounds_made, refused, acknowledged, missing, not_clean = map(int, numbers.split())
    return Outcome(
        rounds_made, refused, acknowledged, ["missing"] * missing, ["not clean"] * not_clean, told
    )


def notices_a_lost_row() -> bool:
    """Whether the comparison sees a word that was promised and is nowhere: it must."""
    outcome, promised = Outcome(), {UUID(int=1): "never written"}
    with tempfile.TemporaryDirectory() as scratch:
        store = a_store(Path(scratch) / "store")
        _compare(store, a_talk(store, a_case(store)), promised, outcome)
        store.close()
    return bool(outcome.missing)


def _write_until_refused(
    store: Store, talk: Conversation, promised: dict[UUID, str], outcome: Outcome
) -> None:
    for number in range(MOST_WRITES):
        words = f"{outcome.rounds}/{number} {LONG[: 30 + 97 * number % 1000]}"
        error = _refusal(lambda words=words: _draft(store, talk, words, promised, outcome))
        if error is None:
            continue
        outcome.refused += 1
        if not isinstance(error, errors.DiskFull):
            outcome.told_otherwise.append(f"{outcome.rounds}: {type(error).__name__}")
        return
    raise AssertionError("the disk never filled up")


def _draft(
    store: Store, talk: Conversation, words: str, promised: dict[UUID, str], outcome: Outcome
) -> None:
    """What stands in the composer is kept, and acknowledged only then."""
    place, said = ("how-are-you", "last-year"), (Voice.PARTICIPANT, "", words)
    kept = answers.keep_words(store, talk, place, said, NOW)
    assert kept is not None
    promised[kept.id] = words
    outcome.acknowledged += 1


def _opened_again(store: Store, folder: Path, ballast: Path, outcome: Outcome) -> Store:
    """Lock and unlock on the full disk: what cannot be done there is told as what it is."""
    store.close()
    _fill(ballast, 0)
    opened: list[Store] = []
    error = _refusal(lambda: opened.append(stores.unlock(folder, PASSPHRASE)))
    if error is not None and not isinstance(error, errors.DiskFull):
        outcome.told_otherwise.append(f"opening: {type(error).__name__}")
    ballast.unlink(missing_ok=True)
    return opened[0] if opened else stores.unlock(folder, PASSPHRASE)


def _still_takes_words(
    store: Store, talk: Conversation, promised: dict[UUID, str], outcome: Outcome
) -> None:
    """There is room again: the same store, still open, goes on by itself."""
    _draft(store, talk, f"after {outcome.rounds}", promised, outcome)
    say(store, talk, f"after {outcome.rounds}")


def _compare(store: Store, talk: Conversation, promised: dict[UUID, str], outcome: Outcome) -> None:
    with store.reading() as reading:
        here = {s.id: s.words for s in reading.all(Statement, conversation=talk.id)}
    outcome.missing += [
        f"round {outcome.rounds}"
        for statement, words in promised.items()
        if here.get(statement) != words
    ]
    promised.clear()
    promised.update(here)
    outcome.not_clean += checking.check_open(store).findings


def _refusal(act: Callable[[], object]) -> Exception | None:
    try:
        act()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what a coach would be told
        return error
    return None


def _fill(ballast: Path, free_pages: int) -> None:
    """Fill the disk with one file, but for so many pages."""
    ballast.unlink(missing_ok=True)
    room = os.statvfs(ballast.parent)
    free = room.f_bavail * room.f_frsize - free_pages * PAGE
    with ballast.open("wb") as file:
        if free > 0:
            os.posix_fallocate(file.fileno(), 0, free)


@contextmanager
def _disk(place: Path) -> Iterator[None]:
    options = f"size={MEGABYTES}m,mode=0700"
    command = ["mount", "-t", "tmpfs", "-o", options, "caseworker-test", str(place)]
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True, capture_output=True)


def main(rounds: int, folder: Path) -> None:
    found = limit_at_every_write(rounds, folder)
    print(found.rounds, found.refused, found.acknowledged, len(found.missing), len(found.not_clean))
    print("\n".join(found.told_otherwise))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
