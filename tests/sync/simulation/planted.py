"""Bugs that somebody might make, each planted for the time of a test: schedules must catch them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from caseworker_app.domain.changes import Edit, Field, Head, Header, ValueState
from caseworker_app.services.exchange import fetching, handing_over
from caseworker_app.services.exchange.one_case import OneCase
from caseworker_app.store import (
    blob_moves,
    erasing,
    members,
    receiving,
    rechaining,
    registers,
    streams,
)
from caseworker_app.store.store import Store
from caseworker_app.store.streams import Stream
from caseworker_app.store.transactions import Changing
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import Unreachable
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import Batch, added
from central_store import directories, pushing, stream_rows
from central_store import streams as central_streams
from central_store import tables as t
from central_store.call import Call

Patch = pytest.MonkeyPatch


def acknowledged_before_it_is_kept(patch: Patch) -> None:
    """The central store answers with numbers, and then keeps nothing of the batch now and then."""
    kept = pushing._numbers
    calls = iter(range(10**9))

    def taken(call: Call, batch: Batch) -> m.Outcome:
        nested = call.db.begin_nested()
        try:
            numbers = kept(call, batch)
        except pushing.NotTaken as why:
            nested.rollback()
            return m.Outcome(batch.case, str(why))
        if next(calls) % 8 == 7:
            nested.rollback()
        else:
            nested.commit()
        return m.Outcome(batch.case, "", numbers)

    patch.setattr(pushing, "taken", taken)


def cursor_before_the_page(patch: Patch) -> None:
    """The laptop moves its cursor first, and keeps the page in a second transaction."""
    take = fetching._take

    def cursor_first(store: Store, here: Stream, batch: Batch, now: datetime) -> list[Header]:
        digest = here.digest
        for change in batch.changes:
            digest = added(digest, change.hash)
        moved = replace(here, cursor=here.cursor + len(batch.changes), digest=digest)
        with store.changing(now) as changing:
            streams.keep(changing, moved)
        return take(store, here, batch, now)

    patch.setattr(fetching, "_take", cursor_first)


def last_writer_wins(patch: Patch) -> None:
    """Of two who wrote the same field unseen by each other, the later one silently stays."""
    with_edit = Field.with_edit

    def latest_only(self: Field, header: Header, edit: Edit) -> Field:
        field = with_edit(self, header, edit)
        return Field(tuple(sorted(field.heads, key=Head.rank)[-1:]), field.awaited)

    patch.setattr(Field, "with_edit", latest_only)


def receipts_nobody_gave(patch: Patch) -> None:
    """The laptop takes an answer that never came for a receipt."""
    hand_over = handing_over.hand_over

    def careless(store: Store, link: Link, cases: list[UUID], now: datetime) -> frozenset[UUID]:
        try:
            return hand_over(store, link, cases, now)
        except Unreachable:
            with store.changing(now) as changing:
                changing.connection.exec_driver_sql(
                    "DELETE FROM waiting WHERE case_id != ?",
                    (store.id.bytes,),
                )
            raise

    patch.setattr(handing_over, "hand_over", careless)


def a_fork_is_thrown_away(patch: Patch) -> None:
    """What a laptop wrote after it was put back is dropped instead of chained anew."""
    patch.setattr(rechaining, "lay_back", lambda *_: None)


def what_is_not_listed_is_deleted(patch: Patch) -> None:
    """A case that the central store does not name is erased from the laptop."""
    fetch = OneCase.fetch

    def erasing_fetch(self: OneCase, now: datetime) -> None:
        with self._store.reading() as reading:
            known = members.latest(reading, self.id)
        if known is None or self._head is not None:
            return fetch(self, now)
        with self._store.changing(now) as changing:
            erasing.erase(changing, self.id)
        return None

    patch.setattr(OneCase, "fetch", erasing_fetch)


def numbers_without_a_lock(patch: Patch) -> None:
    """Numbers are handed out like those of a sequence: who commits later may have the smaller."""
    handed_out: dict[UUID, int] = {}
    s, r = t.stream.c, t.record.c

    def unlocked(call: Call, case: UUID) -> stream_rows.Stream | None:
        row = call.db.execute(
            select(s.seq, s.digest, s.membership).where(s.org_id == call.org, s.case_id == case)
        ).one_or_none()
        if row is None:
            return None
        latest = call.db.execute(
            select(r.body, r.signature).where(
                r.org_id == call.org, r.case_id == case, r.version == row.membership
            )
        ).one()
        signed = stream_rows.SignedMembership(bytes(latest.body), bytes(latest.signature))
        return stream_rows.Stream(case, row.seq, bytes(row.digest), signed)

    def append(call: Call, stream: stream_rows.Stream, fresh: Any, ends: Any, given: Any) -> Any:
        last = max(stream.seq, handed_out.get(stream.case, 0))
        handed_out[stream.case] = last + len(fresh)
        return appended(call, replace(stream, seq=last), fresh, ends, given)

    appended = stream_rows.append
    patch.setattr(pushing, "locked", unlocked)
    patch.setattr(pushing, "append", append)


def anybody_may_look(patch: Patch) -> None:
    """The central store hands a stream to whoever asks."""
    s = t.stream.c

    def seated(call: Call, case: UUID) -> Any:
        return call.db.execute(
            select(s.seq, s.digest).where(s.org_id == call.org, s.case_id == case)
        ).one_or_none()

    patch.setattr(central_streams, "seated", seated)


def anybody_may_write(patch: Patch) -> None:
    """The central store and the laptops take changes of people who may only read."""
    patch.setattr(pushing, "may_come", lambda *_: None)
    patch.setattr(members, "admitting", lambda *_: lambda _header: True)


def a_repeated_push_is_counted_twice(patch: Patch) -> None:
    """The stream's number moves on for what came again, before anybody looks whether it is known.

    (That such a push is given other numbers would be no bug that matters: a laptop only takes from
    them that it was heard, and gets the true ones with its next page.)
    """
    numbers = pushing._numbers

    def counted(call: Call, batch: Batch) -> tuple[int, ...]:
        before = stream_rows.locked(call, batch.case)
        given = numbers(call, batch)
        after = stream_rows.locked(call, batch.case)
        if before and after and before.seq == after.seq:
            s = t.stream.c
            here = (s.org_id == call.org, s.case_id == batch.case)
            call.db.execute(update(t.stream).where(*here).values(seq=after.seq + len(given)))
        return given

    patch.setattr(pushing, "_numbers", counted)


def told_before_its_bytes_are_there(patch: Patch) -> None:
    """A change that names a paper is handed over before the paper is."""
    patch.setattr(handing_over.blob_references, "may_go", lambda *_: lambda _header: True)


def half_a_paper_is_a_receipt(patch: Patch) -> None:
    """The laptop takes the first answer about a paper for the receipt for all of it."""
    sent = blob_moves.sent

    def at_once(changing: Changing, cipher: bytes, offset: int, *, receipt: bool) -> None:
        sent(changing, cipher, offset, receipt=receipt or offset > 0)

    patch.setattr(blob_moves, "sent", at_once)


def unknown_fields_are_dropped(patch: Patch) -> None:
    """Who saves a value writes down only what their own program knows of it."""
    packed = registers._packed

    def known_alone(state: ValueState, shown: Any) -> bytes:
        known = {name: field for name, field in state.fields.items() if name in shown}
        return packed(ValueState(known), shown)

    patch.setattr(registers, "_packed", known_alone)


def what_is_let_in_stays_aside(patch: Patch) -> None:
    """The office lets late work in, and the central store forgets to take it into its stream."""
    patch.setattr(directories.aside, "release", lambda *_: None)


def a_gap_in_a_chain_is_nothing(patch: Patch) -> None:
    """The laptop keeps changes whose predecessors it has not got, and loses the page before."""
    new_in = receiving._new_in

    def every_fifth_is_known(reading: Any, batch: Batch) -> Any:
        return [one for one in new_in(reading, batch) if one.hash[0] % 5]

    patch.setattr(receiving, "_new_in", every_fifth_is_known)


PLANTED: tuple[Callable[[Patch], None], ...] = (
    acknowledged_before_it_is_kept,
    cursor_before_the_page,
    last_writer_wins,
    receipts_nobody_gave,
    a_fork_is_thrown_away,
    what_is_not_listed_is_deleted,
    numbers_without_a_lock,
    anybody_may_look,
    anybody_may_write,
    a_repeated_push_is_counted_twice,
    a_gap_in_a_chain_is_nothing,
    told_before_its_bytes_are_there,
    half_a_paper_is_a_receipt,
    unknown_fields_are_dropped,
    what_is_let_in_stays_aside,
)


CAUGHT_BY: dict[Callable[[Patch], None], int] = {
    acknowledged_before_it_is_kept: 1,
    cursor_before_the_page: 19,
    last_writer_wins: 42,
    receipts_nobody_gave: 1,
    a_fork_is_thrown_away: 39,
    what_is_not_listed_is_deleted: 23,
    numbers_without_a_lock: 8,
    anybody_may_look: 185,
    anybody_may_write: 10,
    a_repeated_push_is_counted_twice: 32,
    a_gap_in_a_chain_is_nothing: 0,
    told_before_its_bytes_are_there: 22,
    half_a_paper_is_a_receipt: 157,
    unknown_fields_are_dropped: 45,
    what_is_let_in_stays_aside: 24,
}
"""A schedule that catches each, and holds without it. The long form looks for the first."""


@contextmanager
def planted(bug: Callable[[Patch], None]) -> Iterator[None]:
    """The bug is in the program for this long."""
    with pytest.MonkeyPatch.context() as patch:
        bug(patch)
        yield
