"""Changes whose body the central store did not give: asked for again, and told, until it does.

Nobody can sign that something was erased for everybody, so a body that is missing is a fault, or
somebody who means harm. The chain goes on over it, and nothing stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from caseworker_app.store import receiving, rechaining
from caseworker_app.store.receiving import NoKey
from caseworker_app.store.remembered import recall, remember
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import Unreachable, Withheld
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import unpack_batch
from caseworker_app.sync.wire.packing import Malformed


def note(changing: Reading, case: UUID, changes: Iterable[UUID]) -> None:
    """Remember changes that came without their bodies."""
    listed = [change.bytes for change in changes]
    if listed:
        remember(changing, _name(case), [*recall(changing, _name(case), []), *listed])


def ask_again(store: Store, link: Link, case: UUID, now: datetime) -> None:
    """Ask for what is missing, if anything is. Withheld when it is not given this time either."""
    with store.reading() as reading:
        missing = _missing(reading, case)
    asked = 0
    for seq in missing:
        if seq <= asked:  # it was in the same page as one before it
            continue
        page = link.ask(m.Page, "pull", m.Pull(case, seq - 1))
        try:
            batch = unpack_batch(page.batch)
        except Malformed:
            raise Unreachable from None
        asked = seq - 1 + len(batch.changes)
        with store.changing(now) as changing, suppress(NoKey):
            if receiving.fill_in(changing, batch):
                rechaining.rebuild_case(changing, case)
    if not missing:
        return
    with store.changing(now) as changing:
        if _missing(changing, case):
            raise Withheld
        remember(changing, _name(case), [])


def _missing(reading: Reading, case: UUID) -> list[int]:
    """The numbers of the changes that still have no body here."""
    found = []
    for change in recall(reading, _name(case), []):
        query = "SELECT seq FROM change WHERE id = ? AND sealed IS NULL AND seq IS NOT NULL"
        row = reading.connection.exec_driver_sql(query, (change,)).fetchone()
        found += [row[0]] if row else []
    return found


def _name(case: UUID) -> str:
    return f"withheld.{case}"
