"""The exchange over the real network, as the screen asks for it.

A round raises nothing for a missing network: it keeps in the store what stood in its way, so that
the view can say it at any time.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from caseworker_app.domain.exchange import Colleague, ExchangeView, Fingerprints, Standing
from caseworker_app.errors import CaseworkerError
from caseworker_app.services import find
from caseworker_app.services.exchange import (
    colleagues,
    connecting,
    kept,
    known_twice,
    revoked,
    rounds,
    signed_off,
)
from caseworker_app.services.exchange.view import view
from caseworker_app.services.exchange.way import real_way
from caseworker_app.store import organisations
from caseworker_app.store.store import Store
from caseworker_app.sync.link import Revoked
from caseworker_app.sync.refusals import NotBelieved, Refused, Unreachable
from caseworker_app.sync.wire.invitation import Invitation

Now = Callable[[], datetime]
Stop = Callable[[], bool]


def run(store: Store, now: Now, stop: Stop) -> ExchangeView:
    """One round, and how it stands afterwards. `stop` ends it, in a request or between two."""
    server, before = connecting.server(store), kept.leaving(store)
    if not server:
        return view(store)
    problem: CaseworkerError | None = None
    organisation = view(store).organisation
    try:
        with real_way(server, now, stop) as way:
            rounds.run(store, way)
    except revoked.LaptopRevoked as gone:
        signed_off.keep_note(store.folder, organisation, now(), gone.handed_in)
        return ExchangeView(Standing.REVOKED, organisation)
    except (Unreachable, Refused, NotBelieved) as error:
        problem = error
    find.take_in_words(store, stop)
    after = view(store)
    if problem is not None and after.problem is None:
        offline = isinstance(problem, Unreachable)
        standing = Standing.OFFLINE if offline else Standing.TROUBLE
        after = replace(after, standing=standing, problem=problem.sentences())
    return replace(after, gone=kept.gone(store, before))


def connect(store: Store, invitation: Invitation, now: Now) -> Fingerprints:
    """Hand over this laptop's public keys. CodeRefused, OtherOrganisation, NotReached, ..."""
    try:
        with real_way(invitation.server, now) as way:
            return connecting.connect(store, invitation, way)
    except Unreachable:
        raise connecting.NotReached from None


def who_may_know(
    store: Store, name: str, birth_date: date | None, now: Now, stop: Stop
) -> tuple[Colleague, ...]:
    """The colleagues who may already work with somebody. Nobody where the server is not reached."""
    server = connecting.server(store)
    with store.reading() as reading:
        own = organisations.own(reading)
    if own is None or not server:
        return ()
    with suppress(Unreachable, Refused, Revoked), real_way(server, now, stop) as way:
        users = known_twice.ask(store, way.link(store, own), name, birth_date)
        with store.reading() as reading:
            known = colleagues.all_of_them(reading)
            me = organisations.owner(reading, store.keys.device_id)
        found = [known[own.org, user] for user in users if (own.org, user) in known]
        return tuple(one for one in found if me is None or one.user != me.user)
    return ()
