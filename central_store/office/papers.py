"""Files that travel between the central store and the offline machine, and between offices.

The first line says in words what the file is; a CBOR message of the wire format follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from caseworker_app.sync.wire.directory import Released, SignedDirectory, Successor
from caseworker_app.sync.wire.membership import SignedMembership
from caseworker_app.sync.wire.packing import Malformed, pack, unpack
from central_store.office.errors import OfficeError

T = TypeVar("T")
MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class NewName:
    """A user who is to be listed, or has another name. The name is sealed for the escrow key."""

    user: UUID
    sealed: bytes


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A laptop whose fingerprint somebody has compared."""

    device: UUID
    user: UUID
    signing: bytes
    receiving: bytes


@dataclass(frozen=True, slots=True, repr=False)
class NewPartner:
    """Another organisation; its name key is sealed for the escrow key."""

    handle: str
    name: str
    root: bytes
    names: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Wishes:
    """What is to be signed: the directory so far, and what shall be different.

    `asked` names each wish by a hash, so that the central store can forget those that were signed.
    """

    handle: str
    previous: SignedDirectory | None = None
    names: tuple[NewName, ...] = ()
    left: tuple[UUID, ...] = ()
    devices: tuple[NewDevice, ...] = ()
    revoked: tuple[UUID, ...] = ()
    partners: tuple[NewPartner, ...] = ()
    released: tuple[Released, ...] = ()
    successors: tuple[Successor, ...] = ()
    asked: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Signed:
    """A signed directory on its way to the central store, and which wishes it fulfils."""

    directory: SignedDirectory
    fulfilled: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class PartnerCard:
    """What one organisation hands to another. `names` opens the names of its people: no letter."""

    handle: str
    name: str
    root: bytes
    names: bytes


@dataclass(frozen=True, slots=True, repr=False)
class EscrowKey:
    """The key of one epoch of a case, wrapped for the escrow key, or for `device` once done."""

    case: UUID
    epoch: int
    wrapped: bytes
    device: UUID


@dataclass(frozen=True, slots=True, repr=False)
class EscrowKeys:
    """All case keys that a coach needs on a new laptop, and what proves that they may have them.

    The directory lists the laptop; the records of membership name the coach, and are signed by
    laptops of this directory or of those of partners. Older files have none of partners.
    """

    handle: str
    user: UUID
    directory: SignedDirectory
    keys: tuple[EscrowKey, ...]
    records: tuple[SignedMembership, ...] = ()
    partners: tuple[SignedDirectory, ...] = ()


_FIRST_LINES: dict[type, str] = {
    Wishes: "Caseworker: a directory to be signed. 1",
    Signed: "Caseworker: a signed directory. 1",
    PartnerCard: "Caseworker: the card of a partner organisation. Secret. 1",
    EscrowKeys: "Caseworker: case keys for a new laptop, sealed. 1",
}


def write(path: Path, value: object) -> None:
    """Write such a value. OfficeError where the disk refuses."""
    content = _FIRST_LINES[type(value)].encode() + b"\n" + pack(value)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OfficeError(
            f"The file {path} could not be written: {error.strerror}.",
            "Nothing else was changed.",
            "Choose a place with room where you may write.",
        ) from error


def read(path: Path, cls: type[T]) -> T:
    """The value in such a file. OfficeError when it holds something else."""
    try:
        with path.open("rb") as file:
            line, _, content = file.read(MOST_BYTES).partition(b"\n")
    except OSError as error:
        raise OfficeError(
            f"The file {path} cannot be read: {error.strerror}.",
            "Nothing was changed.",
            "Check the name of the file.",
        ) from error
    try:
        return _unpacked(cls, line, content)
    except Malformed:
        raise OfficeError(
            f"The file {path} is not what is needed here, or is damaged.",
            "Nothing was changed.",
            f"Its first line must be “{_FIRST_LINES[cls]}”. Make or copy it once more.",
        ) from None


def _unpacked(cls: type[T], line: bytes, content: bytes) -> T:
    if line != _FIRST_LINES[cls].encode():
        raise Malformed
    return unpack(cls, content, MOST_BYTES)
