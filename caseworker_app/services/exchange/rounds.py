"""One round of the exchange, from signing in to the last proof. See docs/exchange.md.

Every step is taken up again by the next round, so a round may be cut anywhere. What stands in one
case does not hold up the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from caseworker_app.errors import CaseworkerError
from caseworker_app.services.exchange import (
    blobs,
    connecting,
    directories,
    handing_over,
    known_twice,
    leaving,
    noticed,
    one_case,
    revoked,
)
from caseworker_app.services.exchange.way import Way
from caseworker_app.store import organisations, streams
from caseworker_app.store.organisations import Organisation
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link, Revoked
from caseworker_app.sync.refusals import NotBelieved, Refused, TooOld, Unreadable
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.directory import Directory

_OF_ONE_CASE = ("malformed", "too-large", "broken")
"""Why a push may be refused for what one case brought into it: without that, the others go."""


def run(store: Store, way: Way) -> None:
    """Exchange everything with the own organisation and with those that invited its user.

    Unreachable, Refused or NotBelieved when it could not come to its end; what it did until then
    counts. LaptopRevoked when the organisation has signed this laptop off: the store is gone.
    """
    with store.reading() as reading:
        own = organisations.own(reading)
        compared = connecting.is_compared(reading)
    if own is None or not compared:
        return
    try:
        while _run(store, way, own):  # documents are large: notes come and go between their parts
            pass
    except Revoked as order:
        revoked.carry_out(store, order.order, way)
    except CaseworkerError as error:
        with store.changing(way.now()) as changing:
            noticed.problem(changing, error.code, error.details)
        raise
    with store.changing(way.now()) as changing:
        noticed.done(changing, way.now())


def _run(store: Store, way: Way, own: Organisation) -> bool:
    """Whether there is more of documents to move than one time may."""
    home = way.link(store, own)
    directory = _directory(store, home, own, way.now())
    if not connecting.is_listed(store, directory):
        return False
    try:
        heads = home.ask(m.Heads, "heads", m.AskHeads())
    except TooOld:
        _hand_over_alone(store, way)
        raise
    if heads.directory != directory.version:
        directory = directories.update(store, home, way.now())
    directories.update_partners(store, home, directory, way.now())
    with store.changing(way.now()) as changing:
        noticed.clock(changing, heads.time, way.milliseconds())
    at_home = _Tenant(store, home, heads, way.now())
    more = at_home.exchange()
    problems = at_home.problems
    for host in _hosts(store, heads):
        link = way.link(store, host)
        try:
            there = _Tenant(store, link, link.ask(m.Heads, "heads", m.AskHeads()), way.now())
        except (Refused, Unreadable) as error:
            if _is_guest(store, host):
                problems.append(_trouble(error))
            continue
        there.know_fellow_guests()
        more |= there.exchange()
        problems += there.problems
    known_twice.hand_over(store, home, way.now())
    if problems:
        raise problems[0]
    return more


def _hand_over_alone(store: Store, way: Way) -> None:
    """A program that is too old to understand the others may still hand over its own work.

    Papers, too, for changes wait for those that they name; and wherever its user is a guest. What
    its user may only read as far as it knows is handed in: it hears of no other role any more. In
    each round, for it does not hear either that the central store was put back.
    """
    with store.reading() as reading:
        hosts = {stream.org for stream in streams.streams(reading)}
        known = [one for one in organisations.known(reading) if one.org in hosts]
    for host in known:
        link = way.link(store, host)
        cases = _cases_at(store, host)
        handing_over.hand_over(store, link, cases, way.now())
        for case in cases:
            with suppress(Refused):  # it stays here until the program is a newer one
                handing_over.hand_in(store, link, case, way.now(), again=True)
        while blobs.hand_over_all(store, link, way.now()).more:
            pass


def _cases_at(store: Store, host: Organisation) -> list[UUID]:
    with store.reading() as reading:
        return [stream.case for stream in streams.streams(reading, host.org)]


def _directory(store: Store, home: Link, own: Organisation, now: datetime) -> Directory:
    """The directory as far as it is known; fetched as long as this laptop is not in it."""
    known = own.directory
    if known is not None and connecting.is_listed(store, known):
        return known
    return directories.update(store, home, now)


def _hosts(store: Store, heads: m.Heads) -> list[Organisation]:
    """The organisations that invited this laptop's user, as far as the own one calls them partners.

    Anybody could claim to have invited somebody; a partner's root key is signed by the own one.
    """
    with store.reading() as reading:
        known = [
            one for one in organisations.known(reading) if organisations.counts(reading, one.org)
        ]
    return [one for one in known if one.handle in heads.elsewhere and not one.own]


def _trouble(error: CaseworkerError) -> CaseworkerError:
    """What did not hold up the rest.

    Where one answer cannot be read and others can, no network is missing: it may stay like that.
    """
    unreadable = isinstance(error, Unreadable)
    return NotBelieved(rule="an answer that cannot be read") if unreadable else error


def _is_guest(store: Store, host: Organisation) -> bool:
    """Whether this laptop has cases of an organisation that invited its user, now or long ago.

    Before it is let in there, by whoever is in such a case, nobody there knows it, and that is no
    trouble: the user may have left before this laptop came.
    """
    return bool(_cases_at(store, host))


class _Tenant:
    """All streams that lie with one organisation, in one round."""

    def __init__(self, store: Store, link: Link, heads: m.Heads, now: datetime) -> None:
        self._store, self._link, self._heads, self._now = store, link, heads, now
        self.problems: list[CaseworkerError] = []

    def know_fellow_guests(self) -> None:
        """Fetch the directories of other organisations that are guests here, too."""
        self._apart(lambda: directories.update_fellow_guests(self._store, self._link, self._now))

    def exchange(self) -> bool:
        """Fetch, hand over, look after; whether there is more of documents to move."""
        cases = [one_case.OneCase(self._store, self._link, self._heads, c) for c in self._cases()]
        after = {case.id: behind for case, behind in pairwise(cases)}
        self._each(cases, lambda case: self._fetch(case, after.get(case.id)))
        here = [case for case in cases if case.is_here]
        self._apart(lambda: self._hand_over(here))
        self._each(here, lambda case: case.look_after(self._now))
        ids = [case.id for case in here]
        self._apart(lambda: handing_over.name_what_stays(self._store, ids))
        with self._store.changing(self._now) as changing:
            brought = [case.brought for case in cases if case.brought is not None]
            noticed.arrived(changing, brought, self._now)
        self._apart(lambda: leaving.give_proofs(self._store, self._link, self._now))
        return self._documents()

    def _cases(self) -> list[UUID]:
        """The cases that have, had, or shall have a stream with this organisation."""
        with self._store.reading() as reading:
            own = organisations.own(reading)
            here = {stream.case for stream in streams.streams(reading, self._link.org)}
            is_home = own is not None and own.org == self._link.org
            new = streams.without_stream(reading) if is_home else []
            named = self._named(reading) if is_home else set()
        heads = self._heads
        there = {head.case for head in heads.streams} | {*heads.gone}
        return sorted(here | there | {*new} | named)

    @staticmethod
    def _named(reading: Reading) -> set[UUID]:
        """The cases that the organisation lets this laptop's user lead."""
        own = organisations.own(reading)
        owner = organisations.owner(reading, reading.place.keys.device_id)
        directory = own.directory if own else None
        if directory is None or owner is None:
            return set()
        return {one.case for one in directory.successors if one.user == owner.user}

    def _fetch(self, case: one_case.OneCase, behind: one_case.OneCase | None) -> None:
        if behind is not None:
            behind.ask_ahead()
        case.fetch(self._now)

    def _hand_over(self, cases: Iterable[one_case.OneCase]) -> None:
        by_id = {case.id: case for case in cases}
        try:
            unclear = handing_over.hand_over(self._store, self._link, by_id, self._now)
        except Refused as refused:
            if refused.error not in _OF_ONE_CASE:
                raise
            self._each(by_id.values(), lambda case: case.hand_over(self._now))
            return
        self._each((by_id[one] for one in sorted(unclear)), lambda case: case.again(self._now))

    def _documents(self) -> bool:
        try:
            moved = blobs.exchange(self._store, self._link, self._now)
        except Refused as error:
            self.problems.append(error)
            return False
        self.problems += moved.troubles
        return moved.more

    def _each(
        self, cases: Iterable[one_case.OneCase], act: Callable[[one_case.OneCase], None]
    ) -> None:
        for case in cases:
            self._apart(lambda of=case: act(of))  # type: ignore[misc]

    def _apart(self, act: Callable[[], None]) -> None:
        """Do something whose failing does not hold up the rest."""
        try:
            act()
        except (NotBelieved, Refused, Unreadable) as error:
            self.problems.append(_trouble(error))
