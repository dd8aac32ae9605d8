"""What can stand between a laptop and the central store, in sentences for a coach."""

from __future__ import annotations

from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import N_
from caseworker_app.sync.wire.messages import REFUSALS, Refusal
from caseworker_app.sync.wire.packing import Malformed, unpack


class Unreachable(CaseworkerError):
    """No network, no server, or an answer that was cut: normal, the next round goes on."""

    code = "unreachable"
    happened = N_("The central store cannot be reached at the moment.")
    safe = N_("Everything is safe on this laptop.")
    to_do = N_("It goes on by itself as soon as the server can be reached again.")


class Unreadable(Unreachable):
    """An answer that is none, or too long: most likely somebody else answers in that network.

    Where others could be read, it is trouble with what this one was about (`rounds`).
    """


class Refused(CaseworkerError):
    """The central store said no. `error` is its word for why."""

    code = "refused"
    happened = N_("The central store did not take this.")
    safe = N_("Your work is safe on this laptop.")
    to_do = N_("It is tried again by itself. If it goes on, call your IT and name “{error}”.")

    def __init__(self, error: str, seconds: int = 0) -> None:
        super().__init__(error=error)
        self.error, self.seconds = error, seconds


class NotKnownHere(Refused):
    """The central store does not know this device (any more), or not yet."""

    code = "not-known-here"
    happened = N_("The central store does not know this laptop.")
    to_do = N_("Please call your IT and say that this laptop cannot sign in.")


class TooOld(Refused):
    """This version of the program is too old to exchange; it can still hand over its work."""

    code = "too-old"
    happened = N_("This version of Caseworker is too old for the central store.")
    safe = N_("Your work is safe on this laptop and is still handed over.")
    to_do = N_("Please install the newest version.")


class NoRoom(Refused):
    """The central store, or the share of this organisation in it, is full."""

    code = "no-room"
    happened = N_("The central store has no more room.")
    to_do = N_("Please tell your IT. It goes on by itself as soon as there is room.")


class SlowDown(Refused):
    """Too much was asked in too short a time."""

    code = "slow-down"
    happened = N_("The central store is very busy.")
    to_do = N_("It goes on by itself in a moment.")


class NotBelieved(CaseworkerError):
    """Something came that the organisation or a colleague has not signed."""

    code = "not-believed"
    happened = N_("The central store sent something that does not carry the right signature.")
    safe = N_("Your work is safe. Nothing of it was taken over, and nothing was given away.")
    to_do = N_("Please call your IT and name “{rule}”.")


class Withheld(NotBelieved):
    """The central store names a change and does not give what is in it. Nobody has signed that."""

    code = "withheld"
    happened = N_("The central store does not give a part of what colleagues wrote.")
    safe = N_("Everything that was written on this laptop is kept.")
    to_do = N_("It is asked for again by itself. If it goes on, please call your IT.")


class MembersApart(NotBelieved):
    """Two lists of who works in a case, and neither goes on from the other."""

    code = "members-apart"
    happened = N_("There are two different lists of who works on a file with you.")
    safe = N_("Your work is safe on this laptop. Nothing is passed on from this file meanwhile.")
    to_do = N_(
        "It settles by itself as soon as a colleague who leads the file exchanges. If it goes on,"
        " please call your IT: your organisation can say who leads the file."
    )

    def __init__(self, rule: str = "members") -> None:
        super().__init__(rule=rule)


ALL: tuple[type[CaseworkerError], ...] = (
    Unreachable,
    Refused,
    NotKnownHere,
    TooOld,
    NoRoom,
    SlowDown,
    NotBelieved,
    Withheld,
    MembersApart,
)
_MEANINGS: dict[str, type[Refused]] = {
    "sign-in": NotKnownHere,
    "protocol-too-old": TooOld,
    "no-room": NoRoom,
    "slow-down": SlowDown,
    "busy": SlowDown,
}
_WORDS = {status: word for word, status in REFUSALS.items()}


def refusal(status: int, body: bytes) -> Refused:
    """What an answer with this status means."""
    try:
        said = unpack(Refusal, body)
    except Malformed:
        said = Refusal(_WORDS.get(status, f"status {status}"))
    error = said.error if said.error in REFUSALS else f"status {status}"
    return _MEANINGS.get(error, Refused)(error, said.seconds)
