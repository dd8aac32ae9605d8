"""The full-text index: which words stand in which value.

What is typed here is in the index at once. What is fetched in large pages is noted in `unindexed`,
in the transaction that brings it, and follows in portions; whoever searches waits for the rest. So
a search always finds what the log says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from caseworker_app.domain.changes import REMOVED
from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.names import folded
from caseworker_app.store import codec
from caseworker_app.store.connection import driver

SEARCHED = {kind: codec.searched(cls) for kind, cls in KINDS.items()}
LOOKED_FOR = {kind: frozenset((*fields, REMOVED)) for kind, fields in SEARCHED.items() if fields}
"""The fields whose change moves words, for the kinds that have any."""

_NUMBER = "SELECT number FROM found WHERE id = ?"
_FOUND = "INSERT INTO found (id, kind, case_id) VALUES (?, ?, ?)"
_WORDS = {
    kind: f"SELECT case_id, removed, {', '.join(fields)} FROM {kind} WHERE id = ?"  # noqa: S608
    for kind, fields in SEARCHED.items()
    if fields
}


def index(
    connection: Connection, kind: str, value_id: UUID, case: UUID, shown: Mapping[str, Any]
) -> None:
    """Put the words of one value into the index, folded; a removed value's words leave it."""
    words = "" if shown[REMOVED] else _joined(shown[name] for name in SEARCHED[kind])
    _index(connection, kind, value_id.bytes, case.bytes, words)


def later(connection: Connection, kind: str, values: Iterable[tuple[UUID, UUID]]) -> None:
    """Note values, given as (id, case), whose words have to be looked at."""
    driver(connection).executemany(
        "INSERT INTO unindexed (kind, id, case_id) VALUES (?, ?, ?)",
        [(kind, value_id.bytes, case.bytes) for value_id, case in values],
    )


def waits(connection: Connection) -> bool:
    """Whether words of some values are not in the index yet."""
    return driver(connection).execute("SELECT 1 FROM unindexed LIMIT 1").fetchone() is not None


def noted(connection: Connection) -> set[bytes]:
    """The ids of those values."""
    return {row[0] for row in driver(connection).execute("SELECT id FROM unindexed")}


def follow(connection: Connection, most: int) -> bool:
    """Take the words of so many values into the index, the oldest first; whether more wait."""
    run = driver(connection).execute
    noted = run("SELECT number, kind, id FROM unindexed ORDER BY number LIMIT ?", (most,))
    rows = noted.fetchall()
    for _, kind, value_id in rows:
        row = run(_WORDS[kind], (value_id,)).fetchone()
        if row:
            case, removed, *words = row
            _index(connection, kind, value_id, case, "" if removed else _joined(words))
    if rows:
        run("DELETE FROM unindexed WHERE number <= ?", (rows[-1][0],))
    return len(rows) == most


def forget(connection: Connection, case: UUID) -> None:
    """Take everything of a case out of the index."""
    run = driver(connection).execute
    numbers = "SELECT number FROM found WHERE case_id = ?"
    run(f"DELETE FROM word WHERE rowid IN ({numbers})", (case.bytes,))  # noqa: S608
    run("DELETE FROM found WHERE case_id = ?", (case.bytes,))
    run("DELETE FROM unindexed WHERE case_id = ?", (case.bytes,))


def _joined(words: Iterable[Any]) -> str:
    return " ".join(one for one in words if one)


def _index(connection: Connection, kind: str, value_id: bytes, case: bytes, words: str) -> None:
    run = driver(connection).execute
    if not words:
        row = run("DELETE FROM found WHERE id = ? RETURNING number", (value_id,)).fetchone()
        run("DELETE FROM word WHERE rowid = ?", row or (None,))
        return
    row = run(_NUMBER, (value_id,)).fetchone()
    # only without one there is a page to write; RETURNING would cost five times as much
    number = row[0] if row else run(_FOUND, (value_id, kind, case)).lastrowid
    run("INSERT OR REPLACE INTO word (rowid, words) VALUES (?, ?)", (number, folded(words)))
