"""What a laptop still says after its organisation has signed it off, when no key is left on it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from caseworker_app.domain import clock
from caseworker_app.domain.exchange import SignedOff
from caseworker_app.services.exchange import revoked
from caseworker_app.services.exchange.way import milliseconds, real_way
from caseworker_app.store import SIGNED_OFF_NAME
from caseworker_app.sync.wire.changes import unpack_batch
from caseworker_app.sync.wire.packing import Malformed, pack, plain, unpack
from caseworker_app.vault import slots

MOST_NOTE = 4096


@dataclass(frozen=True, slots=True, repr=False)
class _Note:
    organisation: str
    at: int
    handed_in: int


def keep_note(folder: Path, organisation: str, now: datetime, handed_in: int) -> None:
    """Remember beside where the store was who has signed this laptop off, when, what it gave."""
    _keep(folder, _Note(organisation, milliseconds(now), handed_in))


def look(folder: Path) -> SignedOff:
    """What is to be said. Ends first what a power cut may have interrupted."""
    left = revoked.read(folder)
    if left is not None:
        revoked.finish(folder)
    note = _read(folder) or _Note(left.handle if left else "", 0, 0)
    changes = _count(left) if left else 0
    at = clock.at(note.at) if note.at else None
    return SignedOff(note.organisation, "", at, changes, note.handed_in)


def hand_in(folder: Path, now: datetime) -> SignedOff:
    """Hand in what is still here. Unreachable, Refused: then it stays, and can be tried again."""
    left = revoked.read(folder)
    if left is not None:
        with real_way(left.server, lambda: now) as way:
            count = revoked.hand_in(folder, way)
        note = _read(folder) or _Note(left.handle, milliseconds(now), 0)
        _keep(folder, replace(note, handed_in=note.handed_in + count))
    return look(folder)


def forget(folder: Path) -> None:
    """Let the note go, so that the laptop can be set up anew. What waits to be handed in stays."""
    if not slots.exist(folder):  # without slots a file of that name is a useless rest
        revoked.finish(folder)
    (folder / SIGNED_OFF_NAME).unlink(missing_ok=True)


def _count(left: revoked.Left) -> int:
    """How many changes lie there; 0 where they cannot be read any more."""
    with suppress(Malformed):
        batches = [raw for part in left.parts for raw in part.batches]
        return sum(len(unpack_batch(plain(raw)).changes) for raw in batches)
    return 0


def _read(folder: Path) -> _Note | None:
    with suppress(OSError, Malformed):
        return unpack(_Note, (folder / SIGNED_OFF_NAME).read_bytes(), MOST_NOTE)
    return None


def _keep(folder: Path, note: _Note) -> None:
    with suppress(OSError):  # a full disk: the page says the same with fewer words
        (folder / SIGNED_OFF_NAME).write_bytes(pack(note))
