"""Checking a whole store: for a worried coach, for IT, and after every test that does harm."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from caseworker_app.services import stores
from caseworker_app.store import check as store_check
from caseworker_app.store.check import Report
from caseworker_app.store.store import Store


def check(folder: Path, passphrase: str) -> Report:
    """Open the store in this folder and check it. Errors as when it is opened."""
    store = stores.unlock(folder, passphrase)
    try:
        return check_open(store)
    finally:
        store.close()


def check_open(store: Store) -> Report:
    """Check a store that is open already."""
    with store.reading() as reading:
        return store_check.check(reading)


def seen(store: Store, case: UUID) -> str:
    """A number for all that can be seen of a case, to be compared between two laptops."""
    with store.reading() as reading:
        return store_check.seen(reading, case)
