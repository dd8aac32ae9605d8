"""A laptop that its organisation has signed off destroys itself; nothing that was written is lost.

What it wrote is sealed and signed already, so it is written beside the store as it is, before the
slots and then the store are destroyed. Handing it in needs no key any more. What the central store
had confirmed goes into the file, too: it may have been put back since, or be put back tomorrow.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from uuid import UUID

from caseworker_app.errors import StoreGone
from caseworker_app.services.exchange import connecting, leaving
from caseworker_app.services.exchange.way import Way
from caseworker_app.store import HANDOVER_NAME, STORE_NAME, chains, organisations, streams
from caseworker_app.store.organisations import Organisation
from caseworker_app.store.store import Store
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import NotBelieved, Refused, Unreachable
from caseworker_app.sync.wire.changes import Batch, pack_batch, unpack_batch
from caseworker_app.sync.wire.directory import SignedDirectory, believed
from caseworker_app.sync.wire.packing import Malformed, pack, plain, unpack
from caseworker_app.vault import destroying

FILE = HANDOVER_NAME
KEPT = "handover-{}.kept"
"""What could not be handed in or read. Nobody's next start looks at it."""

MOST_FILE = 1024 * 1024 * 1024


class LaptopRevoked(StoreGone):
    """The organisation has signed this laptop off; its store is gone."""

    code = "laptop-revoked"

    def __init__(self, handed_in: int = 0) -> None:
        """`handed_in` is how many changes could still be handed in at once."""
        super().__init__()
        self.handed_in = handed_in


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """Sealed batches of cases that lie with one organisation: what waits, what was confirmed."""

    handle: str
    org: UUID
    batches: tuple[bytes, ...]
    confirmed: tuple[bytes, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all of it can be handed in: nothing is damaged, or too large to travel."""
        found = sum(len(confirmed) + len(waiting) for confirmed, waiting in self.chains())
        return found == len(self.confirmed) + len(self.batches)

    def chains(self) -> list[tuple[list[Batch], list[Batch]]]:
        """(confirmed, waiting) of each case, as far as they can be handed in."""
        waiting, confirmed = _by_case(self.batches), _by_case(self.confirmed)
        cases = sorted(waiting | confirmed)
        return [(confirmed.get(case, []), waiting.get(case, [])) for case in cases]


@dataclass(frozen=True, slots=True, repr=False)
class Left:
    """What a destroyed store leaves behind: where to hand it in, and sealed batches.

    `elsewhere` are those of cases that lie with a partner organisation.
    """

    server: str
    handle: str
    org: UUID
    device: UUID
    batches: tuple[bytes, ...]
    elsewhere: tuple[Part, ...] = ()
    confirmed: tuple[bytes, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """What goes to which organisation, the own one first."""
        return (Part(self.handle, self.org, self.batches, self.confirmed), *self.elsewhere)

    @property
    def is_whole(self) -> bool:
        """Whether all of it can be handed in."""
        return all(part.is_whole for part in self.parts)

    @property
    def changes(self) -> int:
        """How many changes are to be handed in: what waits, or all where nothing does."""
        chains = [chain for part in self.parts for chain in part.chains()]
        return sum(_changes(waiting) for _confirmed, waiting in chains) or sum(
            _changes(confirmed) for confirmed, _waiting in chains
        )


@dataclass(frozen=True, slots=True)
class _Nobody:
    """The device, without its keys: handing in needs its id alone."""

    device_id: UUID

    def sign(self, message: bytes) -> bytes:
        raise AssertionError(message)


def carry_out(store: Store, order: SignedDirectory, way: Way) -> None:
    """Do as the order says, if the organisation's root really signed it. Raises LaptopRevoked.

    NotBelieved for an order that nobody signed: then nothing is destroyed.
    """
    with store.reading() as reading:
        own = organisations.own(reading)
    if own is None or not _is_ordered(own, order, store.keys.device_id):
        raise NotBelieved(rule="order to erase")
    with store.alone():  # what the coach just wrote is in the file, and nothing is half written
        _write(store.folder, _left(store, own))
        destroying.destroy_slots(store.folder)
        store.close()
        _erase_files(store.folder)
    handed_in = 0
    with suppress(Unreachable, Refused):  # at the next start then
        handed_in = hand_in(store.folder, way)
    raise LaptopRevoked(handed_in)


def was_revoked(folder: Path) -> bool:
    """Whether a destroyed store left something to hand in in this folder."""
    return (folder / FILE).exists()


def hand_in(folder: Path, way: Way) -> int:
    """Hand in what was left, and forget it then. How many changes; 0 when there was nothing.

    Unreachable or Refused when it has to be tried again: the file stays. What one case is refused
    does not keep back the others. Where the central store has another chain, or something can never
    be handed in, nothing will help: the file is kept out of the way.
    """
    left = read(folder)
    if left is None:
        return 0
    handed_in, problems, is_whole = 0, [], left.is_whole
    for part in left.parts:
        link = Link(way.transport, part.handle, part.org, _Nobody(left.device), way.stop)
        for confirmed, waiting in part.chains():
            try:
                is_taken = leaving.hand_in(link, confirmed, waiting)
            except Refused as refused:
                problems.append(refused)
            else:
                is_whole = is_whole and is_taken
                handed_in += _changes(waiting) if is_taken else 0
    if problems:
        raise problems[0]
    if is_whole:
        (folder / FILE).unlink()
    else:
        set_aside(folder)
    return handed_in


def set_aside(folder: Path) -> None:
    """Keep what cannot be handed in, or read, where it is in nobody's way."""
    if (folder / FILE).exists():
        names = (folder / KEPT.format(number) for number in count(1))
        (folder / FILE).rename(next(name for name in names if not name.exists()))


def is_kept(folder: Path) -> bool:
    """Whether something lies there that could not be handed in."""
    return (folder / KEPT.format(1)).exists()


def read(folder: Path) -> Left | None:
    """What was left, and where it belongs; None when there is nothing that can be read.

    What is damaged in it, or too large, does not keep back the rest.
    """
    try:
        left = unpack(Left, (folder / FILE).read_bytes(), MOST_FILE)
    except (OSError, Malformed):
        return None
    return left if left.changes or left.is_whole else None


def finish(folder: Path) -> None:
    """End what a power cut interrupted: where something was left, the store is to be destroyed."""
    destroying.destroy_slots(folder)
    _erase_files(folder)


def _is_ordered(own: Organisation, order: SignedDirectory, device: UUID) -> bool:
    found = believed(order, own.root)
    if found is None or found.org != own.org:
        return False
    older = own.directory is not None and found.version < own.directory.version
    entry = found.device(device)
    return not older and entry is not None and entry.revoked


def _left(store: Store, own: Organisation) -> Left:
    """All that this laptop wrote, each chain for the organisation that its case lies with."""
    device = store.keys.device_id
    waiting: dict[UUID, list[bytes]] = {own.org: []}
    confirmed: dict[UUID, list[bytes]] = {own.org: []}
    with store.reading() as reading:
        hosts = {one.org: one for one in organisations.known(reading)}
        for case in chains.written_in(reading):
            stream = streams.stream(reading, case)
            host = stream.org if stream and stream.org in hosts else own.org
            for listed, pieces in (
                (waiting, chains.waiting(reading, case, device)),
                (confirmed, chains.confirmed(reading, case, device)),
            ):
                packed = map(pack_batch, chains.packed(pieces))
                listed.setdefault(host, []).extend(map(pack, packed))
    home, *elsewhere = (
        Part(hosts[org].handle, org, tuple(waiting.get(org, ())), tuple(confirmed.get(org, ())))
        for org in dict.fromkeys((*waiting, *confirmed))
    )
    server = connecting.server(store)
    return Left(server, own.handle, own.org, device, home.batches, tuple(elsewhere), home.confirmed)


def _by_case(packed: Iterable[bytes]) -> dict[UUID, list[Batch]]:
    """The batches of each case, up to one that cannot be handed in: what is behind it cannot."""
    found: dict[UUID, list[Batch]] = {}
    is_torn = False
    for raw in packed:
        batch = _readable(raw)
        if batch is None:
            is_torn = True  # of whichever case it was: its chain does not go on behind it
            continue
        before = found.setdefault(batch.case, [])
        if not (is_torn and before) or _goes_on(before[-1], batch):
            before.append(batch)
    return found


def _readable(raw: bytes) -> Batch | None:
    """The batch in these bytes, if the central store may take it."""
    try:
        batch = unpack_batch(plain(raw))
    except Malformed:
        return None
    return batch if batch.changes and chains.may_travel(batch) else None


def _goes_on(before: Batch, behind: Batch) -> bool:
    return behind.changes[0].header.previous == before.changes[-1].hash


def _changes(batches: Iterable[Batch]) -> int:
    return sum(len(batch.changes) for batch in batches)


def _write(folder: Path, left: Left) -> None:
    new = folder / f"{FILE}.new"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pack(left))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / FILE)
    with suppress(OSError):  # where a folder can be flushed: its new name must outlive the slots
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _erase_files(folder: Path) -> None:
    for end in ("", "-wal", "-shm"):
        (folder / f"{STORE_NAME}{end}").unlink(missing_ok=True)
