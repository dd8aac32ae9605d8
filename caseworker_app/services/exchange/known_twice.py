"""Noticing that a colleague may already work with somebody, without telling the server who it is.

The laptops of an organisation make the same blind tags for the same name and birth date. The
central store can compare tags and nothing else; it answers with the colleagues who lead such a
case, never with the case.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from caseworker_app.domain.alike import spellings
from caseworker_app.domain.exchange import Colleague
from caseworker_app.services.exchange import colleagues
from caseworker_app.services.exchange.noticed import TAGS
from caseworker_app.store import lists, members, organisations, streams
from caseworker_app.store.remembered import recall, remember
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import Refused
from caseworker_app.sync.wire import messages as m


def hand_over(store: Store, home: Link, now: datetime) -> None:
    """Put the tags of all people whose name or birth date is new, or was changed."""
    with store.reading() as reading:
        due = _due(reading, home.org)
    for case, tags in due:
        try:
            home.ask(m.Done, "tags", m.PutTags(case, tags))
        except Refused as refused:
            if refused.error != "not-here":  # the case is another's by now
                raise
        with store.changing(now) as changing:
            put = dict(recall(changing, TAGS, {}))
            put[case.bytes] = b"".join(tags)
            remember(changing, TAGS, put)
        _ask_about(store, home, case, tags, now)


def ask(store: Store, home: Link, name: str, birth_date: date | None) -> tuple[UUID, ...]:
    """The users who may already work with this person; none when there is no birth date."""
    with store.reading() as reading:
        keys = colleagues.keys(reading)
    words = spellings(name, birth_date)
    if keys is None or not words:
        return ()
    return home.ask(m.Known, "known", m.AskTags(keys.tags(words))).users


def of_case(store: Store, case: UUID) -> tuple[Colleague, ...]:
    """Who may already work with the person of this case, as the last exchange found out."""
    with store.reading() as reading:
        users = recall(reading, _name(case), [])
        own = organisations.own(reading)
        if own is None or not users:
            return ()
        known = colleagues.all_of_them(reading)
        latest = members.latest(reading, case)
        found = [known.get((own.org, UUID(bytes=user))) for user in users]
        return tuple(
            one
            for one in found
            if one and not (latest and latest.record.role_of(one.org, one.user))
        )


def dismiss(store: Store, case: UUID, now: datetime) -> None:
    """The coach has taken note; it is not said again for this name and birth date."""
    with store.changing(now) as changing:
        remember(changing, _name(case), None)


def _ask_about(
    store: Store, home: Link, case: UUID, tags: tuple[bytes, ...], now: datetime
) -> None:
    """Somebody new, or with another name: ask who else knows them, and remember it."""
    users = home.ask(m.Known, "known", m.AskTags(tags)).users if tags else ()
    with store.changing(now) as changing:
        me = organisations.owner(changing, store.keys.device_id)
        others = [user.bytes for user in users if me is None or user != me.user]
        remember(changing, _name(case), others or None)


def _name(case: UUID) -> str:
    return f"known.{case}"


def _due(reading: Reading, org: UUID) -> list[tuple[UUID, tuple[bytes, ...]]]:
    keys = colleagues.keys(reading)
    if keys is None:
        return []
    put = dict(recall(reading, TAGS, {}))
    found = []
    for case, name, born in _people(reading, org):
        tags = keys.tags(spellings(name, born))
        if put.get(case.bytes, b"") != b"".join(tags):
            found.append((case, tags))
    return found


def _people(reading: Reading, org: UUID) -> list[tuple[UUID, str, date | None]]:
    """Everybody in a case of this organisation in which this user may write."""
    open_cases = {s.case for s in streams.streams(reading, org) if s.state is streams.State.OPEN}
    me = organisations.owner(reading, reading.place.keys.device_id)
    found = []
    for line in lists.people(reading):
        latest = members.latest(reading, line.case) if line.case in open_cases else None
        if latest and me and latest.record.leads(me.org, me.user):
            found.append((line.case, line.name, line.birth_date))
    return found
