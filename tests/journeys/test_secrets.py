"""Nobody is let in: what a coach works with lies in the encrypted store, and nowhere else."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from caseworker_app.content.sample import sample
from caseworker_app.services.sample import fill
from tests.builders import NOW, PASSPHRASE, a_store, a_talk
from tests.faults import memory
from tests.faults.day_of_work import CoachAtWork, Laptop
from tests.faults.secrets_in_files import Found, Search, files_in, long_words, personal_words

SAID = "Die Nachtigall singt im Dachgarten von Wilhelmine Osterloh"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the trial looks into /proc")


@dataclass(frozen=True, slots=True)
class Day:
    """What was seen of a coach at work: while writing, and after locking."""

    laptop: Laptop
    titles: list[str]
    found: list[Found]
    modes: dict[str, int]
    at_work: dict[str, int]
    locked: dict[str, int]
    open_files: list[str]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """A coach opens a store full of people, writes into a conversation, and locks."""
    laptop = Laptop(tmp_path_factory.mktemp("laptop"))
    store = a_store(laptop.store)
    case = next(iter(fill(store, sample("de"), NOW).values()))
    talk = a_talk(store, case)
    store.close()
    secrets = memory.secrets_of(laptop.store, PASSPHRASE, SAID)
    with CoachAtWork(laptop, talk.id, PASSPHRASE, SAID) as coach:
        titles = coach.window_titles()
        can_read = memory.can_read(coach.pid)
        at_work = coach.copies(secrets) if can_read else {}
        found = everything_said().in_files(files_in(laptop.folder))
        modes = modes_in(laptop)
        coach.lock()
        found += everything_said().in_files(files_in(laptop.folder))
        modes |= modes_in(laptop)
        locked = coach.copies(secrets) if memory.can_read(coach.pid) else {}
        open_files = coach.open_files() if can_read else []
    return Day(laptop, titles, found, modes, at_work, locked, open_files)


def modes_in(laptop: Laptop) -> dict[str, int]:
    return {
        str(path.relative_to(laptop.folder)): stat.S_IMODE(path.stat().st_mode)
        for path in laptop.folder.rglob("*")
    }


def everything_said() -> Search:
    phrases = personal_words() | {SAID, PASSPHRASE}
    return Search(phrases | long_words(phrases))


# --- what lies on the disk -----------------------------------------------------------------------


def test_no_name_note_or_number_lies_in_any_file_of_a_laptop_at_work(day: Day) -> None:
    assert {"store.db", "store.db-wal", "store.db-shm", "slots.json"} <= {
        Path(name).name for name in day.modes
    }
    assert day.found == []


def test_the_search_finds_each_way_a_word_may_have_been_written(tmp_path: Path) -> None:
    search = everything_said()
    planted = {
        "plain": "… mit Ingrid Brandt im dritten Stock".encode(),
        "capitals": b"WAR HUTMACHERIN.",
        "one word of the index": b"\0\0hutmacherin\0",
        "as Qt has it": "Elif Yıldız".encode("utf-16-le"),
        "as JSON": b'{"who": "Elif Y\\u0131ld\\u0131z, ihre Tochter Defne, Katrin Vogelsang"}',
        "in an address": b"file:///home/Gerberstra%C3%9Fe%2012%2C%202.%20Stock",
        "a number": b"tel:+49 30 23125 111",
    }
    files = []
    for name, content in planted.items():
        file = tmp_path / name
        file.write_bytes(b"\x00\xff" * 5000 + content + b"\x00\xff" * 5000)
        files.append(file)
    assert {Path(found.file).name for found in search.in_files(files)} == set(planted)
    (tmp_path / "Plan für Elif Yıldız.pdf").write_bytes(b"")
    assert search.in_files([tmp_path / "Plan für Elif Yıldız.pdf"])


def test_everything_belongs_to_its_owner_alone(day: Day) -> None:
    made_by_us = {
        name: oct(mode)
        for name, mode in day.modes.items()
        if name.startswith(("store", "home/caseworker"))
    }
    assert len(made_by_us) >= 7
    assert set(made_by_us.values()) == {"0o600", "0o700"}


def test_nothing_is_written_beside_the_store_and_the_settings(day: Day) -> None:
    outside = {name for name in day.modes if name.startswith(("home/", "scratch/"))}
    assert outside == {"home/caseworker", "home/caseworker/settings.json"}


# --- what is to be seen --------------------------------------------------------------------------


def test_no_window_is_called_after_anybody(day: Day) -> None:
    assert set(day.titles) - {""} == {"Caseworker"}


def test_nothing_is_told_on_the_terminal(day: Day) -> None:
    told = day.laptop.output.read_bytes()
    assert Search(personal_words() | {SAID, PASSPHRASE}, fewest_bytes=4).in_bytes(told) == set()
    lines = {line for line in told.decode().splitlines() if "This plugin does not" not in line}
    assert lines == set()


# --- what is left in memory ----------------------------------------------------------------------


def test_a_locked_program_holds_no_key_and_no_word_any_more(day: Day) -> None:
    if not day.at_work:
        pytest.skip("only root may look into another process here")
    assert day.locked == dict.fromkeys(day.at_work, 0)
    assert not [name for name in day.open_files if "store" in name]


def test_the_same_look_finds_all_of_them_in_a_program_at_work(day: Day) -> None:
    if not day.at_work:
        pytest.skip("only root may look into another process here")
    seen = {name for name, copies in day.at_work.items() if copies}
    assert seen >= {"data key", "case keys", "device keys", "said", "names", "coach"}
