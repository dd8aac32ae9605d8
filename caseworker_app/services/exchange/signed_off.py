"""What a laptop still says after its organisation has signed it off, when no key is left on it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from caseworker_app.domain import clock
from caseworker_app.domain.exchange import SignedOff
from caseworker_app.i18n import N_
from caseworker_app.services.exchange import revoked
from caseworker_app.services.exchange.way import milliseconds, real_way
from caseworker_app.store import SIGNED_OFF_NAME
from caseworker_app.sync.refusals import Unreachable
from caseworker_app.sync.wire.packing import Malformed, pack, unpack
from caseworker_app.vault import slots

MOST_NOTE = 4096


class NotHandedIn(Unreachable):
    """The server cannot be reached. Without a key no round runs, so somebody has to try again."""

    code = "not-handed-in"
    safe = N_("What is still missing stays encrypted on this laptop.")
    to_do = N_("Please try it again later.")


@dataclass(frozen=True, slots=True, repr=False)
class _Note:
    organisation: str
    at: int
    handed_in: int


_NOTHING_KNOWN = _Note("", 0, 0)


def keep_note(folder: Path, organisation: str, now: datetime, handed_in: int) -> None:
    """Remember beside where the store was who has signed this laptop off, when, what it gave."""
    _keep(folder, _Note(organisation, milliseconds(now), handed_in))


def look(folder: Path) -> SignedOff:
    """What is to be said. Ends first what a power cut may have interrupted.

    A file that cannot be read any more is put out of the way, so that this is said once.
    """
    left = revoked.read(folder)
    if left is not None:
        revoked.finish(folder)
    elif revoked.was_revoked(folder):
        if not slots.exist(folder):
            _keep(folder, _read(folder) or _NOTHING_KNOWN)
        revoked.set_aside(folder)
    note = _read(folder) or replace(_NOTHING_KNOWN, organisation=left.handle if left else "")
    at = clock.at(note.at) if note.at else None
    changes, is_kept = left.changes if left else 0, revoked.is_kept(folder)
    return SignedOff(note.organisation, "", at, changes, note.handed_in, is_kept)


def hand_in(folder: Path, now: datetime) -> SignedOff:
    """Hand in what is still here. NotHandedIn, Refused: then it stays, and can be tried again."""
    left = revoked.read(folder)
    if left is not None:
        try:
            with real_way(left.server, lambda: now) as way:
                count = revoked.hand_in(folder, way)
        except Unreachable:
            raise NotHandedIn from None
        note = _read(folder) or _Note(left.handle, milliseconds(now), 0)
        _keep(folder, replace(note, handed_in=note.handed_in + count))
    return look(folder)


def forget(folder: Path) -> None:
    """Let the note go, so that the laptop can be set up anew. What waits still is kept aside."""
    if not slots.exist(folder):  # without slots a file of that name is a useless rest
        revoked.finish(folder)
    revoked.set_aside(folder)
    (folder / SIGNED_OFF_NAME).unlink(missing_ok=True)


def _read(folder: Path) -> _Note | None:
    with suppress(OSError, Malformed):
        return unpack(_Note, (folder / SIGNED_OFF_NAME).read_bytes(), MOST_NOTE)
    return None


def _keep(folder: Path, note: _Note) -> None:
    with suppress(OSError):  # a full disk: the page says the same with fewer words
        (folder / SIGNED_OFF_NAME).write_bytes(pack(note))
