"""Seam: replaced by the services of main."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from caseworker_app.domain.exchange import ExchangeView, Standing
from caseworker_app.store.store import Store


def view(store: Store, now: datetime) -> ExchangeView:
    """How the exchange stands."""
    return ExchangeView(Standing.ALONE)


def run(store: Store, now: datetime, *, stop: Callable[[], bool]) -> ExchangeView:
    """One round."""
    return ExchangeView(Standing.ALONE)
