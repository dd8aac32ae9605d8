"""One round of a laptop as it went over the line, to be played again with one answer spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from caseworker_app.services import stores
from caseworker_app.store.store import Store
from caseworker_app.sync.link import Answer, Transport
from caseworker_app.sync.refusals import Unreachable
from caseworker_app.vault import slots
from tests.builders import PASSPHRASE
from tests.sync.office_and_laptops import Laptop

Spoil = Callable[[Answer], Answer]


@dataclass
class Recorder:
    """Lets everything through, and remembers it."""

    behind: Transport
    said: list[tuple[str, str, Answer]] = field(default_factory=list)

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        answer = self.behind.send(method, path, body, headers)
        self.said.append((method, path, answer))
        return answer


@dataclass
class Player:
    """Says again what was recorded, as far as the same is asked; the answer `at` is spoilt."""

    said: list[tuple[str, str, Answer]]
    at: int
    spoil: Spoil
    next: int = 0

    def send(self, method: str, path: str, _body: bytes, _headers: Mapping[str, str]) -> Answer:
        number = self.next
        self.next += 1
        if number >= len(self.said) or self.said[number][:2] != (method, path):
            raise Unreachable
        answer = self.said[number][2]
        return self.spoil(answer) if number == self.at else answer


class Snapshot:
    """The files of a store at one moment, to be opened as often as one likes."""

    def __init__(self, store: Store) -> None:
        store.sweep()
        self._folder = store.folder.with_name(f"{store.folder.name} then")
        shutil.copytree(store.folder, self._folder)
        self._key = slots.unlock(self._folder, PASSPHRASE)
        self._opened = 0

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store as it was then."""
        self._opened += 1
        folder = self._folder.with_name(f"again {self._opened}")
        shutil.copytree(self._folder, folder)
        store = stores.open_with(folder, self._key)
        try:
            yield store
        finally:
            store.close()
            shutil.rmtree(folder)


def recorded(laptop: Laptop) -> list[tuple[str, str, Answer]]:
    """All answers of one round of this laptop."""
    recorder = Recorder(laptop.way.transport)
    Laptop(laptop.store, replace(laptop.way, transport=recorder), laptop.colleague).exchange()
    return recorder.said


def folder_of(store: Store) -> Path:
    return store.folder


def with_body(answer: Answer, body: bytes) -> Answer:
    return replace(answer, body=body)


def anywhere(plain: Any) -> Iterator[tuple[Callable[[Any], None], Any]]:
    """Every place in plain data: how to put something else there, and what is there."""
    places = plain.items() if isinstance(plain, dict) else enumerate(plain)
    for name, value in list(places):
        yield (lambda new, of=plain, at=name: of.__setitem__(at, new)), value
        if isinstance(value, list | dict):
            yield from anywhere(value)
