"""Whose laptop wrote something: names by the directories that this one believes."""

from __future__ import annotations

from uuid import UUID

from caseworker_app.domain.disputes import Names
from caseworker_app.services.exchange import colleagues
from caseworker_app.store import organisations
from caseworker_app.store.transactions import Reading


def names_in(reading: Reading) -> Names:
    """The name of whoever works on a laptop; of somebody from a partner, with its name, too."""
    known = colleagues.all_of_them(reading)

    def name(device: UUID) -> str:
        owner = organisations.owner(reading, device)
        who = known.get((owner.org, owner.user)) if owner else None
        if who is None:
            return ""
        return ", ".join(part for part in (who.name, who.organisation) if part)

    return name
