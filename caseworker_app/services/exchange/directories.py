"""Fetching directories, and believing only what goes back to a root key that is pinned here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from caseworker_app.services.exchange import noticed
from caseworker_app.store import organisations
from caseworker_app.store.organisations import Organisation
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import NotBelieved, Refused
from caseworker_app.sync.wire.directory import Directory, Partner, SignedDirectory, believed


def update(store: Store, link: Link, now: datetime) -> Directory:
    """The own organisation's directory, as new as it gets, kept here; its partners are pinned.

    NotBelieved when the root has not signed it. A central store that has an older one than this
    laptop is given the newer one back.
    """
    with store.reading() as reading:
        own = _known(reading, link.org)
    offered = link.directory()
    found = _checked(own, offered)
    if own.directory is not None and found.version < own.directory.version:
        assert own.signed is not None
        with store.changing(now) as changing:
            noticed.gone_back(changing, now)
        link.put_directory(own.signed)
        return own.directory
    with store.changing(now) as changing:
        organisations.keep(changing, replace(own, root=found.root, signed=offered))
        _pin_partners(changing, found)
    return found


def update_partners(store: Store, link: Link, directory: Directory, now: datetime) -> None:
    """The directories of all partners, each verified by the root key that the own one names."""
    for partner in directory.partners:
        _update(store, link, partner.org, partial(_known, org=partner.org), now)


def update_fellow_guests(store: Store, link: Link, now: datetime) -> None:
    """The directories of those who are guests of the same organisation as this laptop's user.

    Verified by the root keys that this organisation names, and believed in its own cases alone.
    What the own organisation has signed about any of them goes before.
    """
    with store.reading() as reading:
        host = organisations.of(reading, link.org)
    for partner in host.directory.partners if host and host.directory else ():
        with store.reading() as reading:
            if organisations.counts(reading, partner.org):
                continue
        _update(store, link, partner.org, partial(_pinned_by, host=link.org, partner=partner), now)


def _update(
    store: Store,
    link: Link,
    org: UUID,
    pinned: Callable[[Reading], Organisation | None],
    now: datetime,
) -> None:
    """Keep the directory of a partner, if it is newer. `pinned` has the root that it goes back to.

    None is there as long as the partnership is not mutual.
    """
    try:
        offered = link.partner(org)
    except Refused as refused:
        if refused.error != "not-here":
            raise
        return
    with store.changing(now) as changing:
        known = pinned(changing)
        if known is None:
            return
        found = _checked(known, offered)
        if known.directory is None or found.version > known.directory.version:
            organisations.keep(changing, replace(known, signed=offered))


def _pinned_by(changing: Reading, host: UUID, partner: Partner) -> Organisation | None:
    """The partner of a host, pinned; None as long as another one names another root for it."""
    known = organisations.of(changing, partner.org)
    if known is not None:
        all_of_them = organisations.known(changing)
        vouching = {one.org for one in all_of_them if organisations.vouches(one, known)}
        if vouching:
            return known if host in vouching else None
    return _pin(changing, partner)


def _pin(changing: Reading, partner: Partner) -> Organisation:
    new = Organisation(partner.org, partner.handle, own=False, root=partner.root, signed=None)
    organisations.pin_anew(changing, new)
    return new


def _checked(known: Organisation, offered: SignedDirectory) -> Directory:
    found = believed(offered, known.root)
    if found is None or found.org != known.org:
        raise NotBelieved(rule="directory")
    same_version = known.directory is not None and found.version == known.directory.version
    if same_version and known.signed is not None and known.signed.body != offered.body:
        raise NotBelieved(rule="two directories")
    return found


def _known(reading: Reading, org: UUID) -> Organisation:
    known = organisations.of(reading, org)
    assert known is not None
    return known


def _pin_partners(changing: Reading, directory: Directory) -> None:
    """What the own root signed about a partner's root counts, even if it was another before."""
    for partner in directory.partners:
        known = organisations.of(changing, partner.org)
        if known is None or known.root != partner.root:
            _pin(changing, partner)
