"""The chains of a case as they are handed in: sealed and signed, so that anybody may bring them.

A piece is a batch that cannot be smaller: one device's changes up to the next signature that is
here. Of this device's own changes each is signed; those of others came in larger pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from caseworker_app.store import log
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.changes import MOST_CHANGES, MOST_PUSH_BYTES, Batch, Sealed

AROUND = 160
"""Bytes that a change has on its way besides its body, at the most."""


def devices(reading: Reading, case: UUID) -> list[UUID]:
    """The devices that wrote in a case, this one first."""
    own = reading.place.keys.device_id
    rows = reading.connection.exec_driver_sql(
        "SELECT DISTINCT device FROM change WHERE case_id = ? ORDER BY device != ?, device",
        (case.bytes, own.bytes),
    )
    return [UUID(bytes=device) for (device,) in rows]


def ends(reading: Reading, case: UUID) -> list[tuple[UUID, int, bytes]]:
    """(device, number, hash) of the last change of each device that is here."""
    rows = reading.connection.exec_driver_sql(
        "SELECT device, max(sequence), hash FROM change WHERE case_id = ? GROUP BY device"
        " ORDER BY device",
        (case.bytes,),
    )
    return [(UUID(bytes=device), sequence, hash_) for device, sequence, hash_ in rows]


def written_in(reading: Reading) -> list[UUID]:
    """The cases in which this device wrote, the store's own log left out."""
    rows = reading.connection.exec_driver_sql(
        "SELECT DISTINCT case_id FROM change WHERE device = ? AND case_id != ? ORDER BY case_id",
        (reading.place.keys.device_id.bytes, reading.place.store.bytes),
    )
    return [UUID(bytes=case) for (case,) in rows]


def confirmed(reading: Reading, case: UUID, device: UUID) -> list[Batch]:
    """The pieces of a device's chain of which the central store has said that it has them."""
    return list(_pieces(reading, case, device, f"{log.SELECT} WHERE {log.CONFIRMED} AND"))


def waiting(reading: Reading, case: UUID, device: UUID) -> list[Batch]:
    """The pieces of it that have no receipt."""
    return list(_pieces(reading, case, device, f"{log.SELECT_WAITING} WHERE"))


def packed(pieces: Iterable[Batch]) -> Iterator[Batch]:
    """Pieces of one chain in as few batches as may travel."""
    taken: list[Sealed] = []
    room, last = MOST_PUSH_BYTES, None
    for piece in pieces:
        size = sum(map(travelling, piece.changes))
        if last and (len(taken) + len(piece.changes) > MOST_CHANGES or size > room):
            yield Batch(last.case, tuple(taken), last.signatures)
            taken, room = [], MOST_PUSH_BYTES
        taken += piece.changes
        room, last = room - size, piece
    if last:
        yield Batch(last.case, tuple(taken), last.signatures)


def too_large(reading: Reading, case: UUID) -> dict[UUID, int]:
    """The number of the first change of each device that waits and cannot be handed over.

    No program writes such a one any more. It stays here, and what its device wrote behind it.
    """
    rows = reading.connection.exec_driver_sql(
        "SELECT device, min(sequence) FROM waiting JOIN change USING (case_id, device, sequence)"
        " WHERE case_id = ? AND length(header) + length(sealed) > ? GROUP BY device",
        (case.bytes, MOST_PUSH_BYTES),
    )
    return {UUID(bytes=device): sequence for device, sequence in rows}


def may_travel(batch: Batch) -> bool:
    """Whether the central store may take it; what is too large is so as a single change."""
    return all(
        len(one.header_bytes) + len(one.sealed or b"") <= MOST_PUSH_BYTES for one in batch.changes
    )


def travelling(change: Sealed) -> int:
    """How many bytes a change has on its way, at the most."""
    return len(change.header_bytes) + len(change.sealed or b"") + AROUND


def _pieces(reading: Reading, case: UUID, device: UUID, select: str) -> Iterator[Batch]:
    """Up to the first body that is not here: nothing behind it can be handed in."""
    rows = reading.connection.exec_driver_sql(
        f"{select} case_id = ? AND device = ? ORDER BY sequence",
        (case.bytes, device.bytes),
    )
    piece: list[Sealed] = []
    for entry in map(log.entry, rows):
        if entry.sealed is None:
            return
        piece.append(log.sealed_of(entry))
        if entry.signature:
            yield Batch(case, tuple(piece), ((device, entry.signature),))
            piece = []
