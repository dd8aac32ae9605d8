"""Which changes name a document, and the new form of documents from before there were seals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.changes import Edit, Header
from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import CIPHER_BYTES
from caseworker_app.store import blobs, log
from caseworker_app.store.transactions import Changing, Reading


def may_go(reading: Reading, case: UUID) -> Callable[[Header], bool]:
    """Which changes of a case others may have by now.

    None that names a document which the central store has not wholly received, and none after it
    in the chain of its device: nobody is told of bytes that exist on one laptop alone.
    """
    waiting = {state.cipher for state in blobs.unsent(reading, case)}
    if not waiting:
        return lambda _header: True
    wrapped = log.wrapped_keys(reading.connection, case)
    first: dict[UUID, int] = {}
    rows = reading.connection.exec_driver_sql(
        f"{log.SELECT_WAITING} WHERE case_id = ? ORDER BY device, sequence", (case.bytes,)
    )
    for entry in map(log.entry, rows):
        device, sequence = entry.header.device, entry.header.sequence
        if device not in first:
            edits = log.opened(reading.place.keys, entry, wrapped).edits
            if any(_named(edit) in waiting for edit in edits):
                first[device] = sequence
    return lambda header: header.sequence < first.get(header.device, header.sequence + 1)


def _named(edit: Edit) -> bytes:
    if edit.kind == Document.kind and edit.field == "seal" and isinstance(edit.value, bytes):
        return edit.value[:CIPHER_BYTES]
    return b""


_OLD = """
SELECT id FROM document WHERE case_id = ? AND length(seal) = 0 AND blob IN (SELECT id FROM blob)
"""


def old_documents(reading: Reading, case: UUID) -> list[Document]:
    """The documents of a case whose bytes are here, sealed as a whole."""
    rows = reading.connection.exec_driver_sql(_OLD, (case.bytes,)).fetchall()
    found = [reading.get(Document, UUID(bytes=row[0])) for row in rows]
    return [one for one in found if one]


def renew(changing: Changing, document: Document, now: datetime) -> None:
    """Seal such a document piece by piece, so that it can be handed over.

    One transaction: its old bytes go only where the new ones are there. StoreDamaged when they
    cannot be opened any more; then nothing is changed.
    """
    assert document.blob is not None
    seal = blobs.keep(changing, document.case, changing.blob(document.blob), now)
    changing.put(replace(document, seal=seal))
    changing.connection.exec_driver_sql("DELETE FROM blob WHERE id = ?", (document.blob.bytes,))
