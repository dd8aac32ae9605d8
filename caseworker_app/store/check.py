"""Is everything still what it was? The file, the chains and the projection, each on its own word.

The projection is built anew from the log in memory and compared with the tables, row by row and
word by word: what people see is what the signed changes say.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from caseworker_app import errors
from caseworker_app.domain.changes import Field
from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import pieces
from caseworker_app.store import blobs, log, projection, streams, tables, wording
from caseworker_app.store.transactions import Reading

_FILED = "SELECT id, case_id, device, sequence, clock FROM change ORDER BY arrival"
_WORDS = "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'word', 'instance')"


@dataclass(slots=True)
class Report:
    """What was counted and what was found wrong. Names kinds and ids, never words."""

    changes: int = 0
    chains: int = 0
    values: int = 0
    documents: int = 0
    away: int = 0
    findings: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def lines(self) -> list[str]:
        """The report for a terminal."""
        counted = (
            f"{self.changes} changes in {self.chains} chains, {self.values} values,"
            f" {self.documents} documents"
        )
        if self.away:
            counted += f" ({self.away} not on this laptop yet)"
        return [counted, *self.findings, "clean" if self.clean else "NOT clean"]


def check(reading: Reading) -> Report:
    """Check everything in one view of the store. Takes some seconds for 100 000 changes."""
    report = Report()
    _check_file(reading.connection, report)
    if report.clean:
        _check_chains(reading, report)
        _check_receipts(reading, report)
        _check_documents(reading, report)
        _check_projection(reading, report)
    return report


def seen(reading: Reading, case: UUID) -> str:
    """A number for all that can be seen of a case: the same on laptops that have the same changes.

    Every row of every kind counts, with what was removed and what is in dispute.
    """
    total = sha256()
    for kind in KINDS:
        rows = [row for row in _rows(reading.connection, kind) if row[1] == case.bytes]
        total.update(repr((kind, sorted(rows))).encode())
    return total.hexdigest()


def _check_file(connection: Connection, report: Report) -> None:
    """Every page's own checksum, then the structure of the tables and of the full-text index."""
    for (complaint,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check"):
        report.findings.append(f"file: {complaint}")
    for (complaint,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if complaint != "ok":
            report.findings.append(f"tables: {complaint}")


def _check_chains(reading: Reading, report: Report) -> None:
    """Each device's changes in a case: none missing, none altered, the last one signed by it."""
    signing = {
        UUID(bytes=device): key
        for device, key in reading.connection.exec_driver_sql("SELECT id, signing FROM device")
    }
    filed = reading.connection.exec_driver_sql(_FILED).fetchall()
    last: dict[tuple[UUID, UUID], log.Entry] = {}
    for entry, row in zip(log.entries(reading.connection), filed, strict=True):
        report.changes += 1
        chain = (entry.header.case, entry.header.device)
        complaint = _broken(entry, last.get(chain)) or _misfiled(entry, tuple(row))
        if complaint:
            report.findings.append(f"change {entry.header.change}: {complaint}")
        last[chain] = entry
    report.chains = len(last)
    for (_, device), entry in last.items():
        key = signing.get(device)
        if key is None or not reading.place.keys.verify(key, entry.signature, entry.hash):
            report.findings.append(f"change {entry.header.change}: not signed by its device")


def _broken(entry: log.Entry, before: log.Entry | None) -> str:
    expected = (before.header.sequence + 1, before.hash) if before else (1, b"")
    if (entry.header.sequence, entry.header.previous) != expected:
        return "the change before it is missing"
    return log.broken(entry)


def _misfiled(entry: log.Entry, row: tuple[Any, ...]) -> str:
    """The columns by which a change is found must say what its signed header says."""
    h = entry.header
    said = (h.change.bytes, h.case.bytes, h.device.bytes, h.sequence, h.clock)
    return "" if row == said else "it is filed under something else"


_RECEIPTS = """
SELECT change.case_id, count(*) - count(waiting.sequence),
    count(*) FILTER (WHERE waiting.sequence IS NULL AND change.device = ?)
FROM change LEFT JOIN waiting USING (case_id, device, sequence) GROUP BY change.case_id
"""
_STRAY = """
SELECT count(*) FROM waiting LEFT JOIN change USING (case_id, device, sequence) WHERE id IS NULL
"""


def _check_receipts(reading: Reading, report: Report) -> None:
    """What does not wait is what the central store has: nothing is passed over, nothing made up."""
    run = reading.connection.exec_driver_sql
    if run(_STRAY).scalar():
        report.findings.append("waiting: there is no such change")
    own = reading.place.keys.device_id.bytes
    for raw, confirmed, of_this_device in run(_RECEIPTS, (own,)).fetchall():
        case = UUID(bytes=raw)
        stream = streams.stream(reading, case)
        if stream is None:
            good = not of_this_device
        else:
            goes_ahead = confirmed > stream.cursor < streams.ahead(reading, case)
            good = confirmed == stream.cursor or goes_ahead
        if not good:
            report.findings.append(f"waiting: not what the central store lacks of case {case}")


def _check_documents(reading: Reading, report: Report) -> None:
    """Every document that is here has its seal, its name and the bytes that were taken in.

    One that others added may still be on its way: that is no damage.
    """
    for document in reading.all(Document, removed=True):
        report.documents += 1
        known = blobs.state(reading, document.cipher) if document.seal else None
        if _is_away(reading, document, known):
            report.away += 1
            continue
        complaint = _lost(reading, document, known)
        if complaint:
            report.findings.append(f"document {document.id}: {complaint}")


def _is_away(reading: Reading, document: Document, known: blobs.State | None) -> bool:
    if document.seal:
        return not document.is_whole or known is None or not known.complete
    if document.blob is None:
        return not _is_mine(reading, document, "seal")
    query = "SELECT count(*) FROM blob WHERE id = ?"
    if reading.connection.exec_driver_sql(query, (document.blob.bytes,)).scalar():
        return False
    # from before there was an exchange: its seal comes with the next change of whoever added it
    return not _is_mine(reading, document, "blob")


def _is_mine(reading: Reading, document: Document, field: str) -> bool:
    """Whether this laptop wrote the field: only for that can it answer."""
    state, _ = projection.load(reading.connection, Document, document.id, document.case)
    mine = reading.place.keys.device_id
    return any(head.device == mine for head in state.fields.get(field, Field()).heads)


def _lost(reading: Reading, document: Document, known: blobs.State | None) -> str:
    if known is None and document.blob is None:
        return "it has no bytes"
    if known and not _is_mine(reading, document, "seal"):
        return _another(reading, known)  # whether it can be opened is up to its author
    total = sha256()
    try:
        for piece in _content(reading, document, known):
            total.update(piece)
    except KeyError:
        return "its bytes are missing"
    except errors.StoreDamaged:
        return "its seal is broken"
    complaint = _another(reading, known) if known else ""
    return complaint or ("" if total.hexdigest() == document.sha256 else "its bytes are others")


def _another(reading: Reading, known: blobs.State) -> str:
    is_the_one = blobs.is_what_it_is_called(reading, known.cipher, known.size)
    return "" if is_the_one else "its ciphertext is another one"


def _content(reading: Reading, document: Document, known: blobs.State | None) -> Iterator[bytes]:
    if known is None:
        assert document.blob is not None
        yield reading.blob(document.blob)
        return
    for number in range(pieces(document.size)):
        yield blobs.piece(reading, document, number)


def _check_projection(reading: Reading, report: Report) -> None:
    with _rebuilt(reading, report) as rebuilt:
        if rebuilt is None:
            return
        for kind in KINDS:
            kept = set(_rows(reading.connection, kind))
            made = set(_rows(rebuilt, kind))
            report.values += len(kept)
            for row in kept ^ made:
                report.findings.append(f"{kind} {UUID(bytes=row[0])}: differs from the log")
        noted = wording.noted(reading.connection)
        if _words(reading.connection, noted) != _words(rebuilt, noted):
            report.findings.append("search: the index differs from the log")


@contextmanager
def _rebuilt(reading: Reading, report: Report) -> Iterator[Connection | None]:
    """The projection made anew from the log, in memory alone."""
    engine = create_engine(
        "sqlite://", module=dbapi2, poolclass=StaticPool, isolation_level="AUTOCOMMIT"
    )
    keys, wrapped = reading.place.keys, log.wrapped_keys(reading.connection)
    with engine.connect() as fresh:
        fresh.exec_driver_sql("BEGIN")
        for statement in tables.PROJECTED:
            fresh.exec_driver_sql(statement)
        for entry in log.entries(reading.connection):
            try:
                projection.apply(fresh, [log.opened(keys, entry, wrapped)])
            except errors.StoreDamaged:
                report.findings.append(f"change {entry.header.change}: its seal is broken")
        yield fresh if report.clean else None
    engine.dispose()


def _rows(connection: Connection, kind: str) -> Iterator[tuple[Any, ...]]:
    rows = connection.exec_driver_sql(
        f"SELECT id, case_id, _state, _disputed, {', '.join(projection.COLUMNS[kind])} FROM {kind}"  # noqa: S608
    )
    return (tuple(row) for row in rows)


def _words(connection: Connection, noted: set[bytes]) -> int:
    """One number for all words and where they stand, whatever order the index has them in.

    Those of values that are only noted, so that they are looked at before a search, do not count.
    """
    connection.exec_driver_sql(_WORDS)
    rows = connection.exec_driver_sql(
        'SELECT f.id, f.kind, v.term, v."offset" FROM temp.vocabulary v'
        " JOIN found f ON f.number = v.doc"
    )
    total = 0
    for value_id, kind, term, offset in (row for row in rows if row[0] not in noted):
        digest = blake2b(f"{kind}:{term}:{offset}".encode(), key=value_id, digest_size=8)
        total += int.from_bytes(digest.digest(), "big")
    connection.exec_driver_sql("DROP TABLE temp.vocabulary")
    return total
