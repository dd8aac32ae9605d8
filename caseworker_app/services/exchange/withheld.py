"""Changes whose body the central store did not give: asked for again, and told, until it does.

Nobody can sign that something was erased for everybody, so a body that is missing is a fault, or
somebody who means harm. The chain goes on over it, and nothing stands in its place.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from caseworker_app.store import receiving, rechaining
from caseworker_app.store.receiving import NoKey
from caseworker_app.store.remembered import recall, remember
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import Unreadable, Withheld
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import Batch, unpack_batch
from caseworker_app.sync.wire.packing import Malformed


def look_at(changing: Reading, page: Batch, cursor: int) -> None:
    """Remember which changes of a page have no body; keep one that was missing until now.

    `cursor` is the number of the change before the page.
    """
    bare = [
        [sealed.header.change.bytes, number]
        for number, sealed in enumerate(page.changes, cursor + 1)
        if sealed.sealed is None
    ]
    before = recall(changing, _name(page.case), [])
    if before:
        _fill_in(changing, page)
    if bare:
        again = {change for change, _number in bare}
        listed = [one for one in before if one[0] not in again]
        remember(changing, _name(page.case), [*listed, *bare])


def ask_again(store: Store, link: Link, case: UUID, now: datetime) -> None:
    """Ask for what is missing, if anything is. Withheld when it is not given this time either."""
    with store.reading() as reading:
        missing = _missing(reading, case)
    asked = 0
    for number in missing:
        if number <= asked:  # it was in the same page as one before it
            continue
        page = link.ask(m.Page, "pull", m.Pull(case, number - 1))
        try:
            batch = unpack_batch(page.batch)
        except Malformed:
            raise Unreadable from None
        asked = number - 1 + len(batch.changes)
        with store.changing(now) as changing:
            _fill_in(changing, batch)
    if not missing:
        return
    with store.changing(now) as changing:
        if _missing(changing, case):
            raise Withheld
        remember(changing, _name(case), [])


def _fill_in(changing: Reading, batch: Batch) -> None:
    with suppress(NoKey):
        if receiving.fill_in(changing, batch):
            rechaining.rebuild_case(changing, batch.case)


def _missing(reading: Reading, case: UUID) -> list[int]:
    """The numbers, in the stream, of the changes that still have no body here."""
    query = "SELECT 1 FROM change WHERE id = ? AND sealed IS NULL"
    run = reading.connection.exec_driver_sql
    noted = recall(reading, _name(case), [])
    return sorted(number for change, number in noted if run(query, (change,)).first())


def _name(case: UUID) -> str:
    return f"withheld.{case}"
