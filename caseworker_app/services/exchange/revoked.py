"""A laptop that its organisation has signed off destroys itself; nothing that was written is lost.

What nobody has a receipt for is sealed and signed already, so it is written beside the store as it
is, before the slots and then the store are destroyed. Handing it in needs no key any more.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import N_
from caseworker_app.services.exchange import connecting, leaving
from caseworker_app.services.exchange.way import Way
from caseworker_app.store import HANDOVER_NAME, STORE_NAME, members, streams
from caseworker_app.store.members import Organisation
from caseworker_app.store.store import Store
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import NotBelieved, Refused, Unreachable
from caseworker_app.sync.wire.changes import pack_batch, unpack_batch
from caseworker_app.sync.wire.directory import SignedDirectory, believed
from caseworker_app.sync.wire.packing import Malformed, pack, plain, unpack
from caseworker_app.vault import destroying

FILE = HANDOVER_NAME
MOST_FILE = 64 * 1024 * 1024


class LaptopRevoked(CaseworkerError):
    """The organisation has signed this laptop off; its store is gone."""

    code = "laptop-revoked"
    happened = N_("Your organisation has signed this laptop off. The files on it were erased.")
    safe = N_("What was not handed over yet is kept, sealed, for your organisation.")
    to_do = N_("Please call your IT.")

    def __init__(self, handed_in: int = 0) -> None:
        """`handed_in` is how many changes could still be handed in at once."""
        super().__init__()
        self.handed_in = handed_in


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """Sealed batches of cases that lie with one organisation."""

    handle: str
    org: UUID
    batches: tuple[bytes, ...]


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

    @property
    def parts(self) -> tuple[Part, ...]:
        """What goes to which organisation, the own one first."""
        return (Part(self.handle, self.org, self.batches), *self.elsewhere)


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
        own = members.own_organisation(reading)
    if own is None or not _is_ordered(own, order, store.keys.device_id):
        raise NotBelieved(rule="order to erase")
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
    """Hand in what was left, and forget it then. The number of changes; 0 when there was nothing.

    Unreachable or Refused when it has to be tried again: the file stays. What one case is refused
    does not keep back the others.
    """
    left = read(folder)
    if left is None:
        return 0
    count, problems = 0, []
    for part in left.parts:
        link = Link(way.transport, part.handle, part.org, _Nobody(left.device), way.stop)
        for raw in part.batches:
            batch = unpack_batch(plain(raw))
            try:
                link.hand_in([batch])
            except Refused as refused:
                problems.append(refused)
            else:
                count += len(batch.changes)
    if problems:
        raise problems[0]
    (folder / FILE).unlink()
    return count


def read(folder: Path) -> Left | None:
    """What was left, and where it belongs; None when there is nothing that can be read."""
    try:
        return unpack(Left, (folder / FILE).read_bytes(), MOST_FILE)
    except (OSError, Malformed):
        return None


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
    """What has no receipt, each batch for the organisation that its case lies with."""
    sorted_out: dict[UUID, list[bytes]] = {}
    with store.reading() as reading:
        hosts = {one.org: one for one in members.organisations(reading)}
        for one in streams.unsent(reading):
            stream = streams.stream(reading, one.case)
            host = stream.org if stream and stream.org in hosts else own.org
            batches = leaving.unsent(reading, one.case)
            sorted_out.setdefault(host, []).extend(pack(pack_batch(batch)) for batch in batches)
    at_home = tuple(sorted_out.pop(own.org, ()))
    elsewhere = tuple(Part(hosts[o].handle, o, tuple(raw)) for o, raw in sorted_out.items())
    device = store.keys.device_id
    return Left(connecting.server(store), own.handle, own.org, device, at_home, elsewhere)


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
