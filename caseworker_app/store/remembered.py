"""The few things about the exchange that are remembered between two starts, each under a name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import cbor2

from caseworker_app.store.connection import driver
from caseworker_app.store.transactions import Reading

_PREFIX = "exchange."


def recall(reading: Reading, name: str, default: Any = None) -> Any:
    """What was remembered under this name: text, numbers, bytes, None, lists of them."""
    query = "SELECT value FROM meta WHERE name = ?"
    row = driver(reading.connection).execute(query, (_PREFIX + name,)).fetchone()
    return default if row is None else cbor2.loads(row[0])


def remember(reading: Reading, name: str, value: Any) -> None:
    """Remember this under the name, instead of what was there."""
    driver(reading.connection).execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
        (_PREFIX + name, cbor2.dumps(value)),
    )


def forget(reading: Reading, case: UUID) -> None:
    """Forget all that is kept under a name that ends in the id of this case, drafts included."""
    reading.connection.exec_driver_sql("DELETE FROM meta WHERE name LIKE ?", (f"%.{case}",))
