"""What comes from the central store and what has gone there, of the bytes of documents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import CIPHER_BYTES, SEAL_BYTES, SEALED_PIECE, sealed_size
from caseworker_app.store import blobs
from caseworker_app.store.transactions import Changing, Reading

SMALL = 5_000_000
"""Bytes: so large a document comes without being asked for."""

_NEVER_SEEN = """
SELECT id FROM document WHERE case_id = ? AND NOT removed AND size <= ? AND length(seal) = ?
AND substr(seal, 1, ?) NOT IN (SELECT cipher FROM blob_state WHERE cipher IS NOT NULL)
"""


def never_seen(reading: Reading, case: UUID) -> list[Document]:
    """The small documents of a case of which nothing was ever asked or here."""
    rows = reading.connection.exec_driver_sql(
        _NEVER_SEEN, (case.bytes, SMALL, SEAL_BYTES, CIPHER_BYTES)
    )
    found = [reading.get(Document, UUID(bytes=row[0])) for row in rows.fetchall()]
    return [one for one in found if one and one.is_whole]


def wanted(reading: Reading, case: UUID) -> list[tuple[Document, blobs.State]]:
    """The documents of a case that were asked for and are not complete here."""
    states = blobs.of_case(reading, case)
    if not any(one.wanted for one in states.values()):
        return []
    known = [(one, states.get(one.cipher)) for one in reading.all(Document, case=case)]
    return [
        (document, state)
        for document, state in known
        if state and state.wanted and not state.complete and document.is_whole
    ]


def want(changing: Changing, document: Document, now: datetime) -> None:
    """Ask for a document that is not here; nothing happens when its seal cannot be true."""
    if not document.is_whole:
        return
    changing.connection.exec_driver_sql(
        "INSERT INTO blob_state (cipher, case_id, size, begun, wanted) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT (cipher) DO UPDATE SET wanted = 1",
        (
            document.cipher,
            document.case.bytes,
            sealed_size(document.size),
            int(now.timestamp()),
        ),
    )


def leave(changing: Changing, cipher: bytes) -> None:
    """Do not ask for it any more. What has come already stays for another time."""
    _set(changing, cipher, "wanted = 0")


def receive(changing: Changing, document: Document, offset: int, part: bytes) -> int:
    """Keep ciphertext that came from the central store; how far the document has arrived now.

    A piece that does not open is thrown away, so the result may be less than there was.
    """
    known = blobs.state(changing, document.cipher)
    if known is None or known.complete or known.arrived != offset:
        return known.arrived if known else 0
    end = min(offset + len(part), known.size)
    blob = changing.connection.exec_driver_sql(
        "SELECT number FROM blob_state WHERE cipher = ?", (document.cipher,)
    ).scalar_one()
    while offset < end:
        number, within = divmod(offset, SEALED_PIECE)
        before = (
            blobs.sealed_part(changing, document.cipher, offset - within, within) if within else b""
        )
        here, part = part[: SEALED_PIECE - within], part[SEALED_PIECE - within :]
        sealed = before + here[: end - offset]
        blobs.write_piece(changing, blob, number, sealed)
        offset = number * SEALED_PIECE + len(sealed)
        is_full = len(sealed) == SEALED_PIECE or offset == known.size
        if is_full and not _opens(changing, document, number, sealed):
            offset = number * SEALED_PIECE
            break
    _set(changing, document.cipher, "arrived = ?", offset)
    return offset


def _opens(changing: Changing, document: Document, number: int, sealed: bytes) -> bool:
    try:
        changing.place.keys.pieces.open(document.key, document.size, number, sealed)
    except errors.StoreDamaged:
        return False
    return True


def arrived(changing: Changing, cipher: bytes) -> None:
    """All of it is here, has the right hash, and lies at the central store, too."""
    _set(changing, cipher, "complete = 1, handed_over = 1, wanted = 0")
    _look_again(changing, cipher)


def begin_again(changing: Changing, cipher: bytes) -> None:
    """What came is not what was asked for: fetch it from its first byte."""
    _set(changing, cipher, "arrived = 0")


def sent(changing: Changing, cipher: bytes, offset: int, *, receipt: bool) -> None:
    """The central store has so many bytes of it; `receipt` when it has confirmed the whole."""
    _set(changing, cipher, "sent = ?, handed_over = ?", offset, receipt)
    if receipt:
        _look_again(changing, cipher)


def _look_again(changing: Changing, cipher: bytes) -> None:
    """Have what is there of this case compared once more: it may be gone before that was seen."""
    changing.connection.exec_driver_sql(
        "UPDATE stream SET checked = 0 WHERE case_id ="
        " (SELECT case_id FROM blob_state WHERE cipher = ?)",
        (cipher,),
    )


def forget_receipts(reading: Reading, case: UUID) -> None:
    """The central store was put back to an earlier day: ask it again what it has."""
    reading.connection.exec_driver_sql(
        "UPDATE blob_state SET handed_over = 0, sent = 0 WHERE case_id = ?", (case.bytes,)
    )


def missed(changing: Changing, case: UUID, there: bytes) -> None:
    """Believe no receipt for what is not among these documents: it is to be handed over again.

    A central store that was put back without saying so may have lost a document, and been given the
    change that names it by somebody who does not have its bytes.
    """
    names = {there[at : at + CIPHER_BYTES] for at in range(0, len(there), CIPHER_BYTES)}
    for cipher, state in blobs.of_case(changing, case).items():
        if state.handed_over and cipher not in names:
            sent(changing, cipher, 0, receipt=False)


def _set(changing: Changing, cipher: bytes, what: str, *values: object) -> None:
    changing.connection.exec_driver_sql(
        f"UPDATE blob_state SET {what} WHERE cipher = ?",  # noqa: S608
        (*values, cipher),
    )
