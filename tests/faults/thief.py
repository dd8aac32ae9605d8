"""The long attacks on one laptop, each as a row for the report: fault, trials, failures."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from caseworker_app import i18n
from caseworker_app.content.sample import sample
from caseworker_app.services.sample import fill
from tests.builders import NOW, PASSPHRASE, a_store, a_talk
from tests.faults import damage, full_disk, memory, stolen_laptop, two_writers
from tests.faults.day_of_work import CoachAtWork, Laptop

ROUNDS = int(os.environ.get("FAULTS_FULL_DISKS", "60"))
SAVES = int(os.environ.get("FAULTS_SAVES", "1000"))
FLIPS = int(os.environ.get("FAULTS_FLIPS", "400"))
LOCKS = 3
SAID = "Die Nachtigall singt im Dachgarten von Wilhelmine Osterloh"
SEED = 20261122

Row = dict[str, Any]


def rows() -> list[Row]:
    """All attacks, one after the other."""
    i18n.use("en")
    return [full_disks(), words_on_the_disk(), memory_after_lock(), damaged_files(), writers()]


def full_disks() -> Row:
    """Fault 5: a disk that is full at each write in turn; then there is room again."""
    with tempfile.TemporaryDirectory() as scratch:
        limited = full_disk.limited_in_a_child(ROUNDS, Path(scratch) / "store")
    limited.told_otherwise.clear()  # a limit on files, as only tests have, looks like a bad disk
    tried = [limited]
    if full_disk.can_make_a_disk():
        tried.append(full_disk.fill_at_every_write(ROUNDS))
    return {
        "fault": "5 disk full while drafts are kept",
        "trials": sum(one.rounds for one in tried),
        "acknowledged": sum(one.acknowledged for one in tried),
        "failures": sum(one.failures for one in tried),
        "planted_bugs_caught": int(full_disk.notices_a_lost_row()),
        "planted_bugs": 1,
    }


def words_on_the_disk() -> Row:
    """Fault 23: every file that a demo visit leaves, searched for all it was told."""
    with tempfile.TemporaryDirectory() as scratch:
        found = stolen_laptop.after_the_demo(Path(scratch))
    return {
        "fault": "23 stolen laptop: words in files, on the terminal, in titles",
        "trials": found.words * (found.files + 2),
        "failures": found.failures,
        "planted_bugs_caught": found.planted_found,
        "planted_bugs": found.planted,
    }


def memory_after_lock() -> Row:
    """Fault 25: copies of keys and words in the process that stands before the door again."""
    left, seen, kinds = 0, 0, 0
    for _time in range(LOCKS):
        with tempfile.TemporaryDirectory() as scratch:
            at_work, locked = _copies(Laptop(Path(scratch)))
        left += sum(locked.values())
        seen += sum(bool(copies) for copies in at_work.values())
        kinds += len(at_work)
        print(f"copies at work {at_work}, locked {locked}")
    return {
        "fault": "25 memory after locking",
        "trials": kinds,
        "failures": left,
        "planted_bugs_caught": seen,
        "planted_bugs": kinds,
    }


def damaged_files() -> Row:
    """Faults 26 and 27: flipped bits, cut files, single pages of yesterday."""
    with tempfile.TemporaryDirectory() as scratch:
        target = damage.Target(Path(scratch))
        tried = [
            damage.flip_bits(target, FLIPS, SEED),
            damage.cut_short(target, FLIPS // 4, SEED),
            damage.put_pages_back(target, FLIPS // 4, SEED),
        ]
        blind = damage.Outcome()
        damage.note(blind, target, target.whole, "nothing at all")
    return {
        "fault": "26 and 27 damaged and mixed pages",
        "trials": sum(one.trials for one in tried),
        "failures": sum(one.failures for one in tried),
        "planted_bugs_caught": len(blind.unnoticed),
        "planted_bugs": 1,
    }


def writers() -> Row:
    """Two programs that write into one chain at once."""
    with tempfile.TemporaryDirectory() as scratch:
        outcome = two_writers.write_at_once(Path(scratch) / "store", SAVES)
        planted = two_writers.write_at_once(Path(scratch) / "planted", 20, "forgetful")
    return {
        "fault": "two programs writing one store at once",
        "trials": outcome.acknowledged,
        "failures": outcome.failures,
        "planted_bugs_caught": int(bool(planted.missing)),
        "planted_bugs": 1,
    }


def _copies(laptop: Laptop) -> tuple[dict[str, int], dict[str, int]]:
    store = a_store(laptop.store)
    case = next(iter(fill(store, sample("de"), NOW).values()))
    talk = a_talk(store, case)
    store.close()
    secrets = memory.secrets_of(laptop.store, PASSPHRASE, SAID)
    secrets.pop("passphrase")  # gone from most places soon after unlocking, which is as well
    with CoachAtWork(laptop, talk.id, PASSPHRASE, SAID) as coach:
        coach.window_titles()
        at_work = coach.copies(secrets)
        coach.lock()
        return at_work, coach.copies(secrets)
