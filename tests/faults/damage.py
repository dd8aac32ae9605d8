"""Damage done to the files of a store while nobody looks, and what is said about it afterwards."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from caseworker_app.content.sample import sample
from caseworker_app.domain.people import Person
from caseworker_app.errors import CaseworkerError
from caseworker_app.services import checking, stores
from caseworker_app.services.sample import fill
from caseworker_app.store.store import FILE
from caseworker_app.vault import slots
from caseworker_app.vault.slots import DataKey
from tests.builders import NOW, PASSPHRASE, a_case, a_store

PAGE = 4096
SALT = 16
"""The first bytes of the file are random already; with a raw key nothing is made of them."""


@dataclass(slots=True)
class Outcome:
    """How often damage was done, and how often nobody noticed."""

    trials: int = 0
    unnoticed: list[str] = field(default_factory=list)
    not_calm: list[str] = field(default_factory=list)

    @property
    def failures(self) -> int:
        return len(self.unnoticed) + len(self.not_calm)


class Target:
    """A store full of fictional people that lies closed, in one file, ready to be harmed."""

    def __init__(self, folder: Path) -> None:
        store = a_store(folder / "store")
        fill(store, sample("de"), NOW)
        store.close()
        self.folder = folder / "store"
        self.file = self.folder / FILE
        self.data_key: DataKey = slots.unlock(self.folder, PASSPHRASE)
        assert not list(self.folder.glob(f"{FILE}-*"))
        self.whole = self.file.read_bytes()

    @property
    def pages(self) -> int:
        return len(self.whole) // PAGE

    def noticed(self, content: bytes) -> str:
        """What is said about this content instead of the whole file: "clean" when nothing is."""
        for left in self.folder.glob(f"{FILE}-*"):
            left.unlink()
        self.file.write_bytes(content)
        try:
            store = stores.open_with(self.folder, self.data_key)
        except CaseworkerError as error:
            return error.code
        try:
            report = checking.check_open(store)
        except CaseworkerError as error:
            return error.code
        finally:
            store.close()
        return "clean" if report.clean else report.findings[0].split(":")[0]

    def people(self) -> set[str]:
        """Who is in the store as it lies there now."""
        store = stores.open_with(self.folder, self.data_key)
        with store.reading() as reading:
            names = {person.family_name for person in reading.all(Person)}
        store.close()
        return names

    def write_more(self, name: str) -> bytes:
        """Somebody new comes into the whole store; gives the file with them."""
        self.noticed(self.whole)
        store = stores.open_with(self.folder, self.data_key)
        a_case(store, name)
        store.close()
        return self.file.read_bytes()


def flip_bits(target: Target, trials: int, seed: int) -> Outcome:
    """One bit at a random place of each of so many pages, chosen over the whole file."""
    outcome, chance = Outcome(), random.Random(seed)
    for page in _spread(target.pages, trials, chance):
        at = page * PAGE + chance.randrange(SALT if page == 0 else 0, PAGE)
        flipped = bytearray(target.whole)
        flipped[at] ^= 1 << chance.randrange(8)
        note(outcome, target, bytes(flipped), f"bit in byte {at}")
    return outcome


def cut_short(target: Target, trials: int, seed: int) -> Outcome:
    """The file ends too early, at a page or anywhere."""
    outcome, chance = Outcome(), random.Random(seed)
    for page in _spread(target.pages, trials, chance):
        at = page * PAGE + chance.choice([0, chance.randrange(PAGE)])
        note(outcome, target, target.whole[:at], f"cut at {at}")
    return outcome


def put_pages_back(target: Target, trials: int, seed: int) -> Outcome:
    """Single pages of yesterday in the file of today: each of them carries a right seal.

    Harmless, and not counted, is an old page that nothing in use points to.
    """
    outcome, chance = Outcome(), random.Random(seed)
    today = target.write_more("Theodolinde Rabenschlag")
    changed = [
        page
        for page in range(target.pages)
        if target.whole[page * PAGE : (page + 1) * PAGE] != today[page * PAGE : (page + 1) * PAGE]
    ]
    for page in chance.sample(changed, min(trials, len(changed))):
        old = target.whole[page * PAGE : (page + 1) * PAGE]
        mixed = today[: page * PAGE] + old + today[(page + 1) * PAGE :]
        note(outcome, target, mixed, f"page {page} of yesterday")
    return outcome


def note(outcome: Outcome, target: Target, content: bytes, what: str) -> None:
    """Put this content in the place of the file, and note whether that is noticed."""
    outcome.trials += 1
    try:
        if target.noticed(content) == "clean":
            outcome.unnoticed.append(what)
    except Exception as error:  # noqa: BLE001 - a bug, and it is reported as one
        outcome.not_calm.append(f"{what}: {type(error).__name__}")


def _spread(pages: int, trials: int, chance: random.Random) -> list[int]:
    """So many pages, as evenly as they go: each once before any is taken again."""
    whole, rest = divmod(trials, pages)
    return [*range(pages)] * whole + sorted(chance.sample(range(pages), rest))
