"""Seam: replaced by the services of main."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from caseworker_app.domain.exchange import Colleague
from caseworker_app.store.store import Store


def colleagues(store: Store, name: str, birth_date: date | None) -> tuple[Colleague, ...]:
    """Who may already work with somebody of this name. Asks the central store."""
    return ()


def of_case(store: Store, case: UUID) -> tuple[Colleague, ...]:
    """Who may already work with the person of this case, as the last exchange found out."""
    return ()


def dismiss(store: Store, case: UUID, now: datetime) -> None:
    """The coach has taken note."""
