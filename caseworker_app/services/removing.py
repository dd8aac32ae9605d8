"""Taking one thing out of view and bringing it back: nothing is ever erased by a click."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from caseworker_app.domain.entity import Entity
from caseworker_app.store.store import Store


def remove(store: Store, value: Entity, now: datetime) -> None:
    """Take a value out of view."""
    _set(store, value, now, removed=True)


def restore(store: Store, value: Entity, now: datetime) -> None:
    """Bring a removed value back as it was."""
    _set(store, value, now, removed=False)


def _set(store: Store, value: Entity, now: datetime, *, removed: bool) -> None:
    with store.changing(now) as changing:
        current = changing.get(type(value), value.id)
        if current:
            changing.put(replace(current, removed=removed))
