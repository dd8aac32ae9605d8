"""What was agreed with everybody and waits to be done."""

from __future__ import annotations

from caseworker_app.domain.today import Promise
from caseworker_app.services.today import promises_in
from caseworker_app.store.store import Store


def waiting(store: Store, *, mine: bool) -> tuple[Promise, ...]:
    """The open steps of open files, the most urgent first; `mine` keeps those of the coach."""
    with store.reading() as reading:
        return promises_in(reading, None, coach_only=mine)
