"""Seam: replaced by the services of main."""

from __future__ import annotations

from datetime import datetime

from caseworker_app.domain.exchange import Fingerprints
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.invitation import Invitation, code_bytes, from_link


def prepare(text: str, code: str = "") -> Invitation:
    """The invitation that was typed."""
    return Invitation(text, code_bytes(code)) if code else from_link(text)


def connect(store: Store, invitation: Invitation, now: datetime) -> None:
    """Connect this laptop."""


def fingerprints(store: Store) -> Fingerprints:
    """What is to be compared."""
    return Fingerprints("", "")
