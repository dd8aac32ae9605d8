"""Words that somebody began and has not decided on: on this laptop alone, and no change.

They lie in the encrypted file like everything else, and go with their case.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import cbor2

from caseworker_app.store.transactions import Reading


def drafts(reading: Reading, case: UUID) -> dict[str, str]:
    """The words that were begun in a case, by the place they are for."""
    row = reading.connection.exec_driver_sql(
        "SELECT value FROM meta WHERE name = ?", (_name(case),)
    ).fetchone()
    return dict(cbor2.loads(row[0])) if row else {}


def keep(reading: Reading, case: UUID, words: Mapping[str, str]) -> None:
    """Keep these words instead of all that were kept for the case; in a writing transaction."""
    run = reading.connection.exec_driver_sql
    run("DELETE FROM meta WHERE name = ?", (_name(case),))
    if words:
        packed = cbor2.dumps(dict(words))
        run("INSERT INTO meta (name, value) VALUES (?, ?)", (_name(case), packed))


def _name(case: UUID) -> str:
    return f"drafts.{case}"
