"""Erasing a case from this laptop, so that nothing of it is left in the file, and the proof."""

from __future__ import annotations

from uuid import UUID

from caseworker_app.store import blobs, rechaining, remembered
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.messages import SignedErasure

_OF_A_CASE = ("change", "waiting", "case_key", "membership", "stream", "wish")


def erase(reading: Reading, case: UUID) -> None:
    """Take changes, keys, documents, records, drafts and tables of a case out of the store."""
    run = reading.connection.exec_driver_sql
    run(
        "DELETE FROM bookmark WHERE conversation IN"
        " (SELECT id FROM conversation WHERE case_id = ?)",
        (case.bytes,),
    )
    remembered.forget(reading, case)
    rechaining.clear_case(reading, case)
    blobs.erase(reading, case)
    for table in _OF_A_CASE:
        run(f"DELETE FROM {table} WHERE case_id = ?", (case.bytes,))  # noqa: S608


def leave_no_trace(store: Store) -> None:
    """Merge what the index kept of erased words, and empty the write-ahead log.

    Freed pages are overwritten as they are freed (`secure_delete`), so this is all that is left.
    """
    store.sweep()


def keep_proof(reading: Reading, org: UUID, case: UUID, proof: SignedErasure) -> None:
    """Keep the proof until the organisation has it, and for good after that."""
    reading.connection.exec_driver_sql(
        "INSERT OR REPLACE INTO erasure (case_id, org, body, signature, given)"
        " VALUES (?, ?, ?, ?, 0)",
        (case.bytes, org.bytes, proof.body, proof.signature),
    )


def proofs(reading: Reading, org: UUID) -> list[tuple[UUID, SignedErasure]]:
    """What this organisation has not been told yet."""
    rows = reading.connection.exec_driver_sql(
        "SELECT case_id, body, signature FROM erasure WHERE org = ? AND NOT given", (org.bytes,)
    )
    return [(UUID(bytes=case), SignedErasure(*rest)) for case, *rest in rows]


def proof_given(reading: Reading, case: UUID) -> None:
    """The organisation has the proof."""
    reading.connection.exec_driver_sql(
        "UPDATE erasure SET given = 1 WHERE case_id = ?", (case.bytes,)
    )
