"""What every action of the server is handed: one transaction, one moment, and who asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from caseworker_app.sync.wire.membership import Membership
from central_store import tables as t
from central_store.prepared import Prepared

_NAMES = ("device_id", "home_org", "user_id", "signing", "state")
RandomBytes = Callable[[int], bytes]

SMALL = 64 * 1024
"""Bytes. More than this is read only from somebody who has signed in, or one at a time."""


class State(Enum):
    """How a device stands."""

    PENDING = "pending"  # enrolled, but the organisation has not signed it yet
    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Device:
    """A laptop as the server knows it. `home` is its own organisation: a guest's is another one."""

    id: UUID
    home: UUID
    user: UUID
    signing: bytes
    state: State

    @property
    def who(self) -> tuple[UUID, UUID]:
        """Whose laptop it is, as records of membership name them."""
        return self.home, self.user


OF_DEVICE = tuple(t.device.c[name] for name in _NAMES)
"""What `device_of` needs."""


def device_of(row: Any) -> Device:
    """The device in a row of its table."""
    return Device(row.device_id, row.home_org, row.user_id, bytes(row.signing), State(row.state))


NOBODY = Device(UUID(int=0), UUID(int=0), UUID(int=0), b"", State.PENDING)
"""Who asks where no token is needed."""


@dataclass(frozen=True, slots=True)
class Call:
    """`now` and `randoms` come from outside, so that a whole life can be played again."""

    db: Connection
    org: UUID
    handle: str
    now: datetime
    randoms: RandomBytes
    caller: Device = NOBODY

    @property
    def milliseconds(self) -> int:
        """Now, as the wire says it."""
        return int(self.now.timestamp() * 1000)

    @property
    def at_home(self) -> bool:
        """Whether who asks belongs to this organisation and is no guest."""
        return self.caller.home == self.org

    def all(self, asked: Prepared, **values: object) -> list[Any]:
        """All rows of a statement; the organisation and who asks are filled in."""
        return asked.all(self.db, **(self._given | values))

    def first(self, asked: Prepared, **values: object) -> Any | None:
        """The first row of a statement, or None."""
        return asked.first(self.db, **(self._given | values))

    def run(self, asked: Prepared, **values: object) -> int:
        """Run a statement; to how many rows it was done."""
        return asked.run(self.db, **(self._given | values))

    @property
    def _given(self) -> dict[str, object]:
        who = self.caller
        return {
            "org": self.org,
            "now": self.now,
            "device": who.id,
            "home": who.home,
            "user": who.user,
        }

    def is_in(self, record: Membership) -> bool:
        """Whether who asks is in the case by this record."""
        return record.role_of(*self.caller.who) is not None


@dataclass(frozen=True, slots=True, repr=False)
class Raw:
    """A request that is no message: what stands in its path and query, and plain bytes."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True, repr=False)
class Plain:
    """An answer that is no message: a document, or how much of one is here."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Refused(Exception):
    """Why not, in a word of `messages.REFUSALS`. `body` is sent in place of a `Refusal`."""

    def __init__(
        self,
        error: str,
        seconds: int = 0,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(error)
        self.error = error
        self.seconds = seconds
        self.body = body
        self.headers = dict(headers or {})


def not_here() -> Refused:
    """The one answer for what is not there and for what is nobody's business."""
    return Refused("not-here")
