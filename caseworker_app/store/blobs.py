"""The bytes of documents: sealed pieces in rows, and how far each document has come or gone.

A document taken in here has no name (`cipher`) before all of it is sealed; one that is fetched is
not complete before all of it was checked. Neither is ever in view half. What was begun and never
finished is swept away by the next one that begins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import PIECE, SEALED_PIECE, pieces, rounded, sealed_size
from caseworker_app.store.transactions import Changing, Reading

ABANDONED = timedelta(hours=1)
"""Nobody takes in a document for so long: it was given up, or the power went."""


@dataclass(frozen=True, slots=True, repr=False)
class State:
    """How far the ciphertext of a document has come (`arrived`) and gone (`sent`), of `size`."""

    cipher: bytes
    case: UUID
    size: int
    arrived: int
    sent: int
    complete: bool
    handed_over: bool
    wanted: bool


_STATE = (
    "SELECT cipher, case_id, size, arrived, sent, complete, handed_over, wanted FROM blob_state"
)


def state(reading: Reading, cipher: bytes) -> State | None:
    """How far this document is; None when nothing is known of it here."""
    return next(_states(reading, "cipher = ?", cipher), None)


def of_case(reading: Reading, case: UUID) -> dict[bytes, State]:
    """How far the documents of a case are, by their ciphers; what is not here at all is missing."""
    return {
        one.cipher: one
        for one in _states(reading, "case_id = ? AND cipher IS NOT NULL", case.bytes)
    }


def unsent(reading: Reading, case: UUID) -> list[State]:
    """What of a case is complete here and has no receipt of the central store, the oldest first."""
    where = "case_id = ? AND complete AND NOT handed_over ORDER BY number"
    return list(_states(reading, where, case.bytes))


def under_way(reading: Reading) -> int:
    """How many documents have still to go to the central store, or were asked for and come."""
    query = (
        "SELECT count(*) FROM blob_state WHERE (complete AND NOT handed_over)"
        " OR (wanted AND NOT complete)"
    )
    return int(reading.connection.exec_driver_sql(query).scalar_one())


def _states(reading: Reading, where: str, *values: object) -> Iterator[State]:
    rows = reading.connection.exec_driver_sql(f"{_STATE} WHERE {where}", values)
    for cipher, case, size, arrived, sent, *flags in rows.fetchall():
        yield State(cipher, UUID(bytes=case), size, arrived, sent, *map(bool, flags))


# --- taking in ----------------------------------------------------------------------------------


@dataclass(slots=True, repr=False)
class Intake:
    """A document on its way in. `blob` is the number of its row."""

    blob: int
    size: int
    key: bytes
    number: int = 0
    sealed: Any = field(default_factory=hashlib.sha256)


def begin(changing: Changing, case: UUID, size: int, now: datetime) -> Intake:
    """Begin with a document of so many bytes, and sweep away what was never finished."""
    _sweep(changing, int((now - ABANDONED).timestamp()))
    blob = changing.connection.exec_driver_sql(
        "INSERT INTO blob_state (case_id, size, begun) VALUES (?, ?, ?)",
        (case.bytes, sealed_size(size), int(now.timestamp())),
    ).lastrowid
    return Intake(blob, size, changing.place.keys.pieces.new_key())


def add(changing: Changing, intake: Intake, content: bytes) -> None:
    """Seal the next piece: `PIECE` bytes, fewer only in the last one."""
    room = min(PIECE, rounded(intake.size) - intake.number * PIECE)
    sealed = changing.place.keys.pieces.seal(
        intake.key, intake.size, intake.number, content.ljust(room, b"\0")
    )
    write_piece(changing, intake.blob, intake.number, sealed)
    intake.sealed.update(sealed)
    intake.number += 1


def finish(changing: Changing, intake: Intake) -> bytes:
    """Give it its name; the seal to keep in its `Document`, in this very transaction.

    StoreInUse when somebody else has swept it away meanwhile.
    """
    cipher: bytes = intake.sealed.digest()
    named = changing.connection.exec_driver_sql(
        "UPDATE blob_state SET cipher = ?, arrived = size, complete = 1 WHERE number = ?",
        (cipher, intake.blob),
    )
    if named.rowcount != 1:
        raise errors.StoreInUse
    return cipher + intake.key


def give_up(changing: Changing, intake: Intake) -> None:
    """Throw away what was taken in so far."""
    _drop(changing, "number = ?", intake.blob)


def keep(changing: Changing, case: UUID, content: bytes, now: datetime) -> bytes:
    """Take in a small document at once; its seal."""
    intake = begin(changing, case, len(content), now)
    for number in range(pieces(len(content))):
        add(changing, intake, content[number * PIECE : (number + 1) * PIECE])
    return finish(changing, intake)


def _sweep(changing: Changing, before: int) -> None:
    _drop(changing, "cipher IS NULL AND begun < ?", before)


def erase(reading: Reading, case: UUID) -> None:
    """Throw away the bytes of all documents of a case."""
    _drop(reading, "case_id = ?", case.bytes)
    reading.connection.exec_driver_sql("DELETE FROM blob WHERE case_id = ?", (case.bytes,))


def _drop(reading: Reading, where: str, value: object) -> None:
    execute = reading.connection.exec_driver_sql
    execute(
        f"DELETE FROM blob_piece WHERE blob IN (SELECT number FROM blob_state WHERE {where})",  # noqa: S608
        (value,),
    )
    execute(f"DELETE FROM blob_state WHERE {where}", (value,))  # noqa: S608


def write_piece(changing: Changing, blob: int, number: int, sealed: bytes) -> None:
    """Keep the ciphertext of a piece, or of its beginning, instead of what was there."""
    changing.connection.exec_driver_sql(
        "INSERT INTO blob_piece (blob, number, bytes) VALUES (?, ?, ?)"
        " ON CONFLICT (blob, number) DO UPDATE SET bytes = excluded.bytes",
        (blob, number, sealed),
    )


# --- reading ------------------------------------------------------------------------------------


def piece(reading: Reading, document: Document, number: int) -> bytes:
    """The plain content of one piece. StoreDamaged when it is another one; KeyError if not here."""
    sealed = sealed_part(reading, document.cipher, number * SEALED_PIECE, SEALED_PIECE)
    content = reading.place.keys.pieces.open(document.key, document.size, number, sealed)
    return content[: max(0, document.size - number * PIECE)]


def sealed_part(reading: Reading, cipher: bytes, offset: int, most: int) -> bytes:
    """Ciphertext from `offset` to the end of its piece, at most `most` bytes. KeyError if none."""
    number, within = divmod(offset, SEALED_PIECE)
    found = reading.connection.exec_driver_sql(
        "SELECT substr(p.bytes, ?, ?) FROM blob_piece p JOIN blob_state s ON s.number = p.blob"
        " WHERE s.cipher = ? AND p.number = ?",
        (within + 1, most, cipher, number),
    ).scalar()
    if found is None:
        raise KeyError(number)
    return bytes(found)


def is_what_it_is_called(reading: Reading, cipher: bytes, size: int) -> bool:
    """Whether the pieces here have this hash, all together."""
    total = hashlib.sha256()
    try:
        for offset in range(0, size, SEALED_PIECE):
            total.update(sealed_part(reading, cipher, offset, SEALED_PIECE))
    except KeyError:
        return False
    return total.digest() == cipher
