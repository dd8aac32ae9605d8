"""How the exchange with the central store stands, as a coach sees it, and who shares a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from caseworker_app.domain.sharing import Role


class Standing(StrEnum):
    """What can be said in one word."""

    ALONE = "alone"  # not connected: everything is on this laptop alone
    PENDING = "pending"  # connected, but the organisation has not confirmed this laptop yet
    OFFLINE = "offline"  # no network: normal, it goes on by itself
    WORKING = "working"
    DONE = "done"
    TROUBLE = "trouble"  # the last round was refused; `problem` says why and what to do
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, repr=False)
class Waiting:
    """What of one person the central store has given no receipt for yet.

    `kinds` are the kinds of values in it ("statement", "step"), the most frequent first.
    """

    case: UUID
    name: str
    changes: int
    kinds: tuple[str, ...]
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Arrived:
    """What of one person came in from others in the last round that brought anything."""

    case: UUID
    name: str
    changes: int
    by: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """A file on this laptop, and who else works with it. `my_role` is None while it is not shared.

    `taken_away` when it only stays until all that was written in it is handed in.
    """

    case: UUID
    name: str
    others: tuple[str, ...] = ()
    my_role: Role | None = None
    taken_away: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Gone:
    """A file that has left this laptop in this round; `leads` is who leads it now, if known."""

    case: UUID
    name: str
    leads: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class ExchangeView:
    """All that the page of the exchange shows.

    `problem` are the three sentences of what went wrong last, or None. `gone_back` is when the
    central store was found to stand before what it had already confirmed. `decisions` counts what
    two people wrote differently; `moving` are documents under way. `kept` are the files on this
    laptop, those of which something waits first; `gone` are those that left it in this round.
    `unconfirmed` as long as the organisation has not signed this laptop.
    """

    standing: Standing
    organisation: str = ""
    address: str = ""
    last_done: datetime | None = None
    problem: tuple[str, str, str] | None = None
    waiting: tuple[Waiting, ...] = ()
    arrived: tuple[Arrived, ...] = ()
    decisions: int = 0
    moving: int = 0
    gone_back: datetime | None = None
    clock_is_off: bool = False
    update_needed: bool = False
    own_print: str = ""
    root_print: str = ""
    to_compare: bool = False
    unconfirmed: bool = False
    kept: tuple[Kept, ...] = ()
    gone: tuple[Gone, ...] = ()

    @property
    def changes_waiting(self) -> int:
        """How many changes have no receipt yet."""
        return sum(one.changes for one in self.waiting)


@dataclass(frozen=True, slots=True, repr=False)
class Colleague:
    """Somebody whom the directories name. `organisation` is empty for the own one."""

    org: UUID
    user: UUID
    name: str
    organisation: str = ""


class Presence(StrEnum):
    """How far somebody is in a case."""

    HERE = "here"
    INVITED = "invited"  # asked for on this laptop, carried out with the next exchange
    CHANGING = "changing"  # another role was asked for on this laptop
    LEAVING = "leaving"  # asked to leave on this laptop, carried out with the next exchange
    GONE = "gone"


@dataclass(frozen=True, slots=True, repr=False)
class CaseMember:
    """Somebody in a case. `seen` is when one of their laptops last fetched it, None for never.

    `up_to_date` when that was all there is. `erased` is when a laptop proved to have erased it.
    """

    who: Colleague
    role: Role
    presence: Presence = Presence.HERE
    is_me: bool = False
    seen: datetime | None = None
    up_to_date: bool = False
    erased: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class CaseSharing:
    """Who works with a case. `my_role` is None as long as the case has no stream.

    `taken_away` when this laptop's user is no longer in it; `late` counts changes of people who
    left that lie aside at the central store. Without a connection nobody can be let in.
    """

    case: UUID
    members: tuple[CaseMember, ...] = ()
    others: tuple[Colleague, ...] = ()
    my_role: Role | None = None
    taken_away: bool = False
    late: int = 0
    late_wanted: bool = False
    is_connected: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Fingerprints:
    """What two people compare when a laptop is connected: groups of digits."""

    organisation: str
    own: str
    organisation_name: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SignedOff:
    """A laptop that its organisation has signed off: no key and no file is on it any more.

    `changes` is what could not be handed in before; it lies sealed in a file and can be handed in
    without a key. `contact` is whom to call, as the organisation says it. `is_kept` when something
    lies there that the central store does not take, or that cannot be read any more.
    """

    organisation: str = ""
    contact: str = ""
    at: datetime | None = None
    changes: int = 0
    handed_in: int = 0
    is_kept: bool = False
