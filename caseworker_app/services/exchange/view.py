"""How the exchange stands, gathered for the page that shows it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain import clock
from caseworker_app.domain.clock import moment
from caseworker_app.domain.exchange import Arrived, ExchangeView, Standing, Waiting
from caseworker_app.errors import CaseworkerError
from caseworker_app.services import disputes
from caseworker_app.services.exchange import colleagues, connecting, noticed
from caseworker_app.services.exchange.kept import kept
from caseworker_app.store import blobs, lists, log, organisations, streams
from caseworker_app.store.organisations import Organisation
from caseworker_app.store.remembered import recall
from caseworker_app.store.store import Store
from caseworker_app.store.streams import Unsent
from caseworker_app.store.transactions import Reading
from caseworker_app.sync import refusals

MOST_LOOKED_INTO = 200
"""Changes of one person that are opened to say what they are about."""

_OFFLINE = refusals.Unreachable.code


def view(store: Store) -> ExchangeView:
    """All that the page of the exchange shows."""
    prints, server = connecting.fingerprints(store), connecting.server(store)
    with store.reading() as reading:
        own = organisations.own(reading)
        if own is None:
            return ExchangeView(Standing.ALONE, own_print=prints.own)
        names = {line.case: line.name for line in lists.people(reading)}
        at, brought = noticed.last_arrived(reading)
        problem = _problem(reading)
        back = recall(reading, noticed.GONE_BACK, 0)
        done = recall(reading, noticed.DONE, 0)
        return ExchangeView(
            standing=_standing(store, own, problem),
            organisation=own.directory.name if own.directory else "",
            address=f"{server}/{own.handle}",
            last_done=_moment(done) if done else None,
            problem=None if problem is None else problem.sentences(),
            waiting=tuple(_waiting(reading, one, names) for one in streams.unsent(reading)),
            arrived=tuple(_arrived(reading, one, names, at) for one in brought),
            decisions=disputes.count_in(reading),
            moving=blobs.under_way(reading),
            gone_back=_moment(back) if back else None,
            clock_is_off=bool(recall(reading, noticed.CLOCK, False)),  # noqa: FBT003
            update_needed=isinstance(problem, refusals.TooOld),
            own_print=prints.own,
            root_print=prints.organisation,
            to_compare=not connecting.is_compared(reading),
            unconfirmed=connecting.is_unconfirmed(reading, own),
            kept=kept(reading),
        )


def _standing(store: Store, own: Organisation, problem: CaseworkerError | None) -> Standing:
    if own.directory is None or not connecting.is_listed(store, own.directory):
        return Standing.PENDING if problem is None else _of_problem(problem)
    return Standing.DONE if problem is None else _of_problem(problem)


def _of_problem(problem: CaseworkerError) -> Standing:
    return Standing.OFFLINE if problem.code == _OFFLINE else Standing.TROUBLE


def _problem(reading: Reading) -> CaseworkerError | None:
    """The error that ended the last round, made anew so that it speaks today's language."""
    kept = recall(reading, noticed.PROBLEM)
    if kept is None:
        return None
    code, details = kept
    known: dict[str, type[CaseworkerError]] = {cls.code: cls for cls in refusals.ALL}
    return known.get(code, errors.CaseworkerError)(**details)


def _waiting(reading: Reading, of: Unsent, names: dict[UUID, str]) -> Waiting:
    return Waiting(
        case=of.case,
        name=names.get(of.case, ""),
        changes=of.changes,
        kinds=_kinds(reading, of.case),
        since=moment(of.first),
        until=moment(of.last),
    )


def _kinds(reading: Reading, case: UUID) -> tuple[str, ...]:
    counted: Counter[str] = Counter()
    batch = streams.outbox(reading, case, lambda _header: True, MOST_LOOKED_INTO)
    for sealed in batch.changes:
        edits = log.edits_of(reading.connection, reading.place.keys, sealed.header.change)
        counted.update({edit.kind for edit in edits})
    return tuple(kind for kind, _ in counted.most_common())


def _arrived(reading: Reading, one: noticed.Brought, names: dict[UUID, str], at: int) -> Arrived:
    known = colleagues.all_of_them(reading)
    owners = [organisations.owner(reading, device) for device in one.devices]
    by = [known[o.org, o.user].name for o in owners if o and (o.org, o.user) in known]
    return Arrived(one.case, names.get(one.case, ""), one.changes, tuple(by), _moment(at))


def _moment(milliseconds: int) -> datetime:
    return clock.at(milliseconds)
