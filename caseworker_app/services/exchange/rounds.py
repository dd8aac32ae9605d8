"""One round of the exchange, from signing in to the last proof. See docs/exchange.md.

Every step is taken up again by the next round, so a round may be cut anywhere. What stands in one
case does not hold up the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.changes import Header
from caseworker_app.errors import CaseworkerError
from caseworker_app.services.exchange import (
    connecting,
    directories,
    fetching,
    handing_over,
    keeping_members,
    known_twice,
    leaving,
    noticed,
    records,
    revoked,
    seen,
)
from caseworker_app.services.exchange.noticed import Brought
from caseworker_app.services.exchange.way import Way
from caseworker_app.store import members, streams
from caseworker_app.store.members import Organisation
from caseworker_app.store.store import Store
from caseworker_app.store.streams import State, Stream
from caseworker_app.sync.link import Link, Revoked
from caseworker_app.sync.refusals import NotBelieved, Refused, TooOld
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.directory import Directory


def run(store: Store, way: Way) -> None:
    """Exchange everything with the own organisation and with those that invited its user.

    Unreachable, Refused or NotBelieved when it could not come to its end; what it did until then
    counts. LaptopRevoked when the organisation has signed this laptop off: the store is gone.
    """
    with store.reading() as reading:
        own = members.own_organisation(reading)
    if own is None:
        return
    try:
        _run(store, way, own)
    except Revoked as order:
        revoked.carry_out(store, order.order, way)
    except CaseworkerError as error:
        with store.changing(way.now()) as changing:
            noticed.problem(changing, error.code, error.details)
        raise
    with store.changing(way.now()) as changing:
        noticed.done(changing, way.now())


def _run(store: Store, way: Way, own: Organisation) -> None:
    home = way.link(store, own)
    directory = _directory(store, home, own, way.now())
    if not connecting.is_listed(store, directory):
        return
    try:
        heads = home.ask(m.Heads, "heads", m.AskHeads())
    except TooOld:
        _hand_over_alone(store, home, way.now())
        raise
    if heads.directory != directory.version:
        directory = directories.update(store, home, way.now())
    directories.update_partners(store, home, directory, way.now())
    with store.changing(way.now()) as changing:
        noticed.clock(changing, heads.time, way.milliseconds())
    problems: list[CaseworkerError] = []
    brought = _tenant(store, home, heads, way, problems)
    for handle in heads.elsewhere:
        with store.reading() as reading:
            host = next((o for o in members.organisations(reading) if o.handle == handle), None)
        if host is not None:
            link = way.link(store, host)
            there = link.ask(m.Heads, "heads", m.AskHeads())
            brought += _tenant(store, link, there, way, problems)
    with store.changing(way.now()) as changing:
        noticed.arrived(changing, brought, way.now())
    known_twice.hand_over(store, home, way.now())
    if problems:
        raise problems[0]


def _hand_over_alone(store: Store, home: Link, now: datetime) -> None:
    """A program that is too old to understand the others may still hand over its own work."""
    with store.reading() as reading:
        cases = [stream.case for stream in streams.streams(reading, home.org)]
    handing_over.hand_over(store, home, cases, now)


def _directory(store: Store, home: Link, own: Organisation, now: datetime) -> Directory:
    """The directory as far as it is known; fetched as long as this laptop is not in it."""
    known = own.directory
    if known is not None and connecting.is_listed(store, known):
        return known
    return directories.update(store, home, now)


def _tenant(
    store: Store, link: Link, heads: m.Heads, way: Way, problems: list[CaseworkerError]
) -> list[Brought]:
    """All streams that lie with one organisation."""
    now = way.now()
    brought = []
    for case in _cases(store, link, heads):
        try:
            brought += _case(store, link, heads, case, now)
        except (NotBelieved, Refused) as error:
            problems.append(error)
    leaving.give_proofs(store, link, now)
    return brought


def _cases(store: Store, link: Link, heads: m.Heads) -> list[UUID]:
    """The cases that have, had, or shall have a stream with this organisation."""
    with store.reading() as reading:
        own = members.own_organisation(reading)
        here = {stream.case for stream in streams.streams(reading, link.org)}
        new = streams.without_stream(reading) if own and own.org == link.org else []
    return sorted(here | {head.case for head in heads.streams} | set(heads.gone) | set(new))


def _case(store: Store, link: Link, heads: m.Heads, case: UUID, now: datetime) -> list[Brought]:
    head = next((head for head in heads.streams if head.case == case), None)
    with store.reading() as reading:
        stream = streams.stream(reading, case)
        known = members.latest(reading, case)
        me = keeping_members.me_of(reading)
    if head is None and case in heads.gone:
        return _gone(store, link, case, now, known_here=known is not None)
    if head is None and known is None:
        keeping_members.begin(store, link, case, me, heads.epoch, now)
        with store.reading() as reading:
            stream, known = streams.stream(reading, case), members.latest(reading, case)
    elif head is None:
        _give_back(store, link, case, heads.epoch, now)
    if stream is None or known is None:
        stream = _begin(store, link, case, heads.epoch, now)
    new = _pull(store, link, _believed(store, stream, head, heads.epoch, now), head, now)
    unclear = handing_over.hand_over(store, link, [case], now)
    if unclear:
        new += _look_again(store, link, case, now)
    _look_after(store, link, case, head.news if head else 0, now)
    return _summed(case, new)


def _begin(store: Store, link: Link, case: UUID, epoch: UUID, now: datetime) -> Stream:
    """The stream of a case that is new here, with its records and keys."""
    records.fetch(store, link, case, now)
    with store.changing(now) as changing:
        stream = streams.stream(changing, case)
        if stream is None:
            stream = streams.begin(case, link.org, epoch)
            streams.keep(changing, stream)
    return stream


def _believed(
    store: Store, stream: Stream, head: m.Head | None, epoch: UUID, now: datetime
) -> Stream:
    """The stream as it is here; begun again where the central store stands elsewhere."""
    behind = head is not None and head.seq < stream.cursor
    if stream.epoch == epoch and not behind:
        return stream
    with store.changing(now) as changing:
        noticed.gone_back(changing, now)
        return streams.begin_again(changing, stream, epoch)


def _pull(
    store: Store, link: Link, stream: Stream, head: m.Head | None, now: datetime
) -> list[Header]:
    """Records that are new, then pages."""
    with store.reading() as reading:
        latest = members.latest(reading, stream.case)
    known = latest.record.version if latest else 0
    if head is None:
        return []
    if head.membership < known:
        _give_back(store, link, stream.case, stream.epoch, now, head.membership)
    elif head.membership > known or stream.state is State.PAUSED:
        records.fetch(store, link, stream.case, now)
    there = (head.seq, head.digest)
    if (stream.cursor, stream.digest) == there and stream.state is State.OPEN:
        return []
    return fetching.fetch(store, link, stream.case, now)


def _give_back(
    store: Store, link: Link, case: UUID, epoch: UUID, now: datetime, after: int = 0
) -> None:
    """Give a central store that was put back the records it has lost."""
    with store.reading() as reading:
        lost = members.records(reading, case, after)
    with suppress(Refused):  # somebody else was faster, or had newer ones
        link.put_members(m.PutMembers(case, lost, ()))
    with store.changing(now) as changing:
        noticed.gone_back(changing, now)
        stream = streams.stream(changing, case)
        if stream is not None and after:
            streams.keep(changing, streams.checked(stream, 0))
        elif stream is not None:
            streams.begin_again(changing, stream, epoch)


def _look_again(store: Store, link: Link, case: UUID, now: datetime) -> list[Header]:
    """After a push was not taken: the central store may have another stream than was thought."""
    records.fetch(store, link, case, now)
    with store.changing(now) as changing:
        stream = streams.stream(changing, case)
        assert stream is not None
        streams.begin_again(changing, stream, stream.epoch)
    new = fetching.fetch(store, link, case, now)
    handing_over.hand_over(store, link, [case], now)
    return new


def _gone(
    store: Store, link: Link, case: UUID, now: datetime, *, known_here: bool
) -> list[Brought]:
    """The user of this laptop is out of the case, if the records really say so."""
    if known_here:
        records.fetch(store, link, case, now)
        with store.reading() as reading:
            taken = leaving.is_taken(reading, case)
        if not taken:
            raise NotBelieved(rule="who left the case")
        leaving.lock(store, case, now)
        leaving.leave(store, link, case, now)
    return []


def _look_after(store: Store, link: Link, case: UUID, news: int, now: datetime) -> None:
    """Keys, lost devices and wishes, where something changed since they were looked at last."""
    with store.reading() as reading:
        stream = streams.stream(reading, case)
        wishes = members.wishes(reading, case) or seen.to_let_in(reading, case)
        state = members.state(reading, case) + news
    if stream is None or stream.state is not State.OPEN:
        return
    if stream.checked == state and not wishes:
        return
    said = records.fetch(store, link, case, now)
    if not keeping_members.look_after(store, link, said, case, now):
        return
    with store.changing(now) as changing:
        stream = streams.stream(changing, case)
        if stream is not None:
            checked = members.state(changing, case) + news
            streams.keep(changing, streams.checked(stream, checked))


def _summed(case: UUID, new: Iterable[Header]) -> list[Brought]:
    headers = list(new)
    devices = tuple(sorted({header.device for header in headers}))
    return [Brought(case, len(headers), devices)] if headers else []


def refresh_members(store: Store, way: Way, case: UUID) -> None:
    """Ask who has seen a case and how far, for the page that shows it. Unreachable, Refused."""
    with store.reading() as reading:
        stream = streams.stream(reading, case)
        host = members.organisation(reading, stream.org) if stream else None
    if host is not None:
        records.fetch(store, way.link(store, host), case, way.now())
