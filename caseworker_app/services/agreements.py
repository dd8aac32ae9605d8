"""What was agreed with everybody and waits to be done."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.people import Profile
from caseworker_app.domain.today import Promise
from caseworker_app.store import lists
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading


def waiting(store: Store, *, mine: bool) -> tuple[Promise, ...]:
    """The open steps of open files, the most urgent first; `mine` keeps those of the coach."""
    with store.reading() as reading:
        return mine_of(reading) if mine else tuple(lists.promises(reading))


def mine_of(reading: Reading, until: date | None = None) -> tuple[Promise, ...]:
    """Those that the coach has to take, up to a day or all, in a view that is open already."""
    profile = reading.get(Profile, reading.place.store)
    coach = profile.name if profile else ""
    names = {coach, *coach.split()[:1]} - {""}
    return tuple(one for one in lists.promises(reading, until) if one.step.who in names)
