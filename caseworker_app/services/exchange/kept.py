"""The files on this laptop as the page of the exchange lists them: who else works with each."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from caseworker_app.domain.exchange import Colleague, Gone, Kept
from caseworker_app.domain.sharing import Role
from caseworker_app.services.exchange import colleagues
from caseworker_app.store import lists, members, organisations, streams
from caseworker_app.store.store import Store
from caseworker_app.store.streams import State
from caseworker_app.store.transactions import Reading

Known = Mapping[tuple[UUID, UUID], Colleague]


def kept(reading: Reading) -> tuple[Kept, ...]:
    """All files; first those that others work with, too."""
    known = colleagues.all_of_them(reading)
    me = organisations.owner(reading, reading.place.keys.device_id)
    own = (me.org, me.user) if me else None
    taken = {one.case for one in streams.streams(reading) if one.state is State.TAKEN}
    found = [
        _kept(reading, line.case, line.name, known, own, taken_away=line.case in taken)
        for line in lists.people(reading)
    ]
    return tuple(sorted(found, key=lambda one: (not one.taken_away, not one.others, one.name)))


def leaving(store: Store) -> tuple[Gone, ...]:
    """The files that may leave with the next exchange, as they can be named before."""
    with store.reading() as reading:
        known = colleagues.all_of_them(reading)
        return tuple(
            Gone(line.case, line.name, _leads(reading, line.case, known))
            for line in lists.people(reading)
            if streams.stream(reading, line.case) is not None
        )


def gone(store: Store, before: tuple[Gone, ...]) -> tuple[Gone, ...]:
    """Those of them of which nothing is here any more."""
    with store.reading() as reading:
        return tuple(one for one in before if members.latest(reading, one.case) is None)


def _kept(
    reading: Reading,
    case: UUID,
    name: str,
    known: Known,
    own: tuple[UUID, UUID] | None,
    *,
    taken_away: bool,
) -> Kept:
    latest = members.latest(reading, case)
    if latest is None:
        return Kept(case, name)
    there = [(one.org, one.user) for one in latest.record.members]
    others = tuple(known[of].name for of in there if of != own and of in known)
    return Kept(case, name, others, latest.record.role_of(*own) if own else None, taken_away)


def _leads(reading: Reading, case: UUID, known: Known) -> str:
    """Who leads the file besides this laptop's user, or will: whoever was wished for."""
    latest = members.latest(reading, case)
    me = organisations.owner(reading, reading.place.keys.device_id)
    wished = [(w.org, w.user) for w in members.wishes(reading, case) if w.role is Role.LEADS]
    there = latest.record.members if latest else ()
    found = [*wished, *((one.org, one.user) for one in there if one.role is Role.LEADS)]
    others = [of for of in found if of in known and not (me and of == (me.org, me.user))]
    return known[others[0]].name if others else ""
