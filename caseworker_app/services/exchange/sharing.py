"""Seam: replaced by the services of main."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseworker_app.domain.exchange import CaseSharing, Colleague
from caseworker_app.domain.sharing import Role
from caseworker_app.store.store import Store


def view(store: Store, case: UUID) -> CaseSharing:
    """Who works with a case."""
    return CaseSharing(case)


def is_taken_away(store: Store, case: UUID) -> bool:
    """Whether the coach is no longer in this case."""
    return False


def invite(store: Store, case: UUID, colleague: Colleague, role: Role, now: datetime) -> None:
    """Ask for somebody to be let in."""


def change_role(store: Store, case: UUID, colleague: Colleague, role: Role, now: datetime) -> None:
    """Ask for another role."""


def take_out(store: Store, case: UUID, colleague: Colleague, now: datetime) -> None:
    """Ask for somebody to leave."""


def hand_over(store: Store, case: UUID, colleague: Colleague, now: datetime) -> None:
    """Hand the case over."""


def take_back_wish(store: Store, case: UUID, colleague: Colleague, now: datetime) -> None:
    """Let a wish go that was not carried out yet."""
