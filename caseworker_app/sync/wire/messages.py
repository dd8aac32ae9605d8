"""What is asked and answered, one value for each. A route is `/{handle}/v1/{name}`.

All but `hello` lie under the organisation's handle. Requests and answers are CBOR; documents travel
as plain bytes. A refusal is a `Refusal` with the status that `REFUSALS` gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.member_messages import (
    AskMembers,
    Erasure,
    Guest,
    Members,
    PutMembers,
    Seen,
    SignedErasure,
    WrappedKey,
)
from caseworker_app.sync.wire.packing import plain_already

__all__ = (
    "MEDIA_TYPE", "OLDEST_PROTOCOL", "PROTOCOL", "PROTOCOL_HEADER", "REFUSALS", "TOKEN_MINUTES",
    "AskHeads", "AskMembers", "AskNonce", "AskTags", "BlobState", "Done", "Enrol", "Enrolled",
    "Erasure", "Guest", "HandIn", "HandedIn", "Head", "Heads", "Hello", "Known", "Members",
    "Nonce", "Outcome", "Page", "Pull", "Push", "Pushed", "PutMembers", "PutTags", "Refusal",
    "Seen", "SignIn", "SignedErasure", "Token", "WrappedKey",
)  # fmt: skip

PROTOCOL = 1
OLDEST_PROTOCOL = 1
"""An older program may still hand in what it has not sent, and nothing else."""

PROTOCOL_HEADER = "Caseworker-Protocol"
MEDIA_TYPE = "application/cbor"
TOKEN_MINUTES = 10

REFUSALS = {
    "malformed": 400,
    "sign-in": 401,
    "not-here": 404,
    "moved-on": 409,
    "revoked": 410,
    "too-large": 413,
    "protocol-too-old": 426,
    "slow-down": 429,
    "broken": 500,
    "busy": 503,
    "no-room": 507,
}


@dataclass(frozen=True, slots=True, repr=False)
class Refusal:
    """Why not. `seconds` until it may be tried again, where that helps."""

    error: str
    seconds: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Hello:
    """Who is there. `epoch` is another one after the store was put back from a backup."""

    protocol: int
    oldest: int
    epoch: UUID
    time: int


# --- connecting and signing in ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Enrol:
    """A laptop with a one-time code. `proof` signs (ENROLMENT) code + id + both keys."""

    code: bytes
    device: UUID
    signing: bytes
    receiving: bytes
    proof: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Enrolled:
    """Whose laptop it is. It works once the organisation has signed it into its directory."""

    user: UUID
    root: bytes


@dataclass(frozen=True, slots=True, repr=False)
class AskNonce:
    """The first step of signing in; answered for any id, so that it tells nothing."""

    device: UUID


@dataclass(frozen=True, slots=True, repr=False)
class Nonce:
    """To be signed within a minute, once."""

    nonce: bytes


@dataclass(frozen=True, slots=True, repr=False)
class SignIn:
    """`signature` signs (SIGN_IN) organisation + device + nonce."""

    device: UUID
    nonce: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """To be sent as `Authorization: Bearer` in hexadecimal; good for so many seconds."""

    token: bytes
    seconds: int


# --- streams ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Head:
    """How far a stream is: numbers run from 1 to `seq` without a gap.

    `news` is another number when something of `Members` is new that no record says: somebody
    proved an erasure, or handed in late work, or a document came or is missing. `record` is the
    hash of the latest record: after a restore there may be another one of the same version.
    """

    case: UUID
    seq: int
    digest: bytes
    membership: int
    role: Role
    news: int = 0
    record: bytes = b""


@dataclass(frozen=True, slots=True, repr=False)
class AskHeads:
    """Asks for all streams of this device."""


@dataclass(frozen=True, slots=True, repr=False)
class Heads:
    """All streams of this device here, and the handles of organisations that invited its user.

    `gone` are the cases that its user was in and is no longer, until this device has proved that it
    erased them: it may still ask for their records, and for nothing else.
    """

    epoch: UUID
    time: int
    directory: int
    streams: tuple[Head, ...]
    elsewhere: tuple[str, ...] = ()
    gone: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Pull:
    """What comes after this number in a stream."""

    case: UUID
    after: int


@plain_already
@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """The changes `after`+1, +2, ... ; what was pushed together is never parted.

    `batch` is what `pack_batch` makes; `seq` and `digest` are of the whole stream at this moment.
    """

    batch: Any
    seq: int
    digest: bytes


@plain_already
@dataclass(frozen=True, slots=True, repr=False)
class Push:
    """Batches of several cases, as `pack_batch` makes them: at most 500 changes and 4 MiB.

    None of them is empty.
    """

    batches: list[Any]


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What became of one batch: the number of each of its changes, or why it was not taken.

    `refused` is "not-here" (no stream, or may not write), "gap" (the device's chain here ends
    before), "fork" (it goes on differently), "unsigned" or "closed".
    """

    case: UUID
    refused: str = ""
    seqs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Pushed:
    """One outcome for each batch, in their order. Only this makes a change "handed over"."""

    outcomes: tuple[Outcome, ...]


# --- documents, people known twice, the rest ----------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class BlobState:
    """How much of a document is there. It counts once `offset` equals `size` and its hash fits."""

    size: int
    offset: int


@dataclass(frozen=True, slots=True, repr=False)
class PutTags:
    """The blind tags (32 bytes each) of the person of a case, instead of those from before."""

    case: UUID
    tags: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, repr=False)
class AskTags:
    """Asks whether anybody knows a person with one of these tags."""

    tags: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """The users who lead a case of such a person; never which case."""

    users: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, repr=False)
class HandIn:
    """Unsent work of a device that may not write any more: kept aside until somebody releases it.

    Needs no token: the changes carry the signatures of a device that is known here. At most ten
    batches, none of them empty, each signed at its end.
    """

    device: UUID
    batches: list[Any]


@dataclass(frozen=True, slots=True, repr=False)
class HandedIn:
    """So many changes lie aside now, those from before included."""

    changes: int


@dataclass(frozen=True, slots=True, repr=False)
class Done:
    """It is done."""

    ok: bool = True
