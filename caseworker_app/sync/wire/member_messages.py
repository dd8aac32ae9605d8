"""What is asked and answered about who is in a case, and with which keys."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from caseworker_app.sync.wire.membership import Closed, SignedMembership


@dataclass(frozen=True, slots=True, repr=False)
class AskMembers:
    """The records of a case after this version."""

    case: UUID
    after: int


@dataclass(frozen=True, slots=True, repr=False)
class WrappedKey:
    """The key of an epoch, wrapped for one device: 80 bytes.

    A device puts an empty one for itself to say that what lies there does not fit the records.
    """

    epoch: int
    device: UUID
    wrapped: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Seen:
    """How far a device has fetched the stream, and when (milliseconds since 1970)."""

    device: UUID
    seq: int
    at: int


@dataclass(frozen=True, slots=True, repr=False)
class Members:
    """`keys` are those for the asking device; `has_key` names (epoch, device) of all others.

    `tails` are the ends of all devices' chains in the stream, `erased` proofs of those who left,
    `late` the ends of what those handed in afterwards: who leads lets it in by closing there.
    `papers` are the names of all documents that are wholly there, one after the other; None from a
    central store that does not say. Who has one that is missing hands it over again.
    """

    records: tuple[SignedMembership, ...]
    keys: tuple[WrappedKey, ...]
    has_key: tuple[tuple[int, UUID], ...]
    tails: tuple[Closed, ...]
    seen: tuple[Seen, ...]
    erased: tuple[SignedErasure, ...] = ()
    late: tuple[Closed, ...] = ()
    papers: bytes | None = None


@dataclass(frozen=True, slots=True, repr=False)
class PutMembers:
    """New records on top of the latest one there (or none), and wrapped keys.

    `guests` are the devices of members from partner organisations: they have no entry here yet.
    """

    case: UUID
    records: tuple[SignedMembership, ...]
    keys: tuple[WrappedKey, ...]
    guests: tuple[Guest, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Guest:
    """A device of a partner organisation, as that organisation's directory lists it."""

    org: UUID
    handle: str
    user: UUID
    device: UUID
    signing: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Erasure:
    """Says that a laptop has erased a case: how many changes, and their digest (32 bytes)."""

    org: UUID
    case: UUID
    device: UUID
    changes: int
    digest: bytes
    at: int


@dataclass(frozen=True, slots=True, repr=False)
class SignedErasure:
    """An `Erasure` as its device signed it (ERASURE)."""

    body: bytes
    signature: bytes
