"""Handing over and fetching the bytes of documents, from wherever it was cut before.

The central store says how far it has come, this laptop knows how far it has: each part that arrives
is kept at once, on both sides. A round moves only so much, so that a film does not keep everybody's
notes waiting; the next round goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import SEALED_PIECE
from caseworker_app.errors import CaseworkerError
from caseworker_app.services.exchange import blob_requests as requests
from caseworker_app.services.exchange import handing_over, keeping_members
from caseworker_app.services.exchange.blob_requests import There
from caseworker_app.services.exchange.keeping_members import WRITING, Me
from caseworker_app.store import blob_moves, blob_references, blobs, members, streams
from caseworker_app.store.store import Store
from caseworker_app.store.streams import State
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import NotBelieved, Refused, SlowDown, Unreachable

T = TypeVar("T")
LARGEST, SMALLEST = SEALED_PIECE, SEALED_PIECE // 16
"""Bytes in one request: a piece, or a part of one where the line does not carry so many at once."""

ROUND = 16 << 20
"""Bytes that one round moves in each direction, and a little more."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many documents are complete now, and whether there is more than a round may move.

    `troubles` are those of single documents, which did not hold up the others.
    """

    documents: int
    more: bool
    troubles: tuple[CaseworkerError, ...] = ()


def exchange(store: Store, link: Link, now: datetime) -> Moved:
    """Hand over and fetch documents, then the changes that waited for them.

    Unreachable when the line is cut, SlowDown; what has arrived until then counts.
    """
    given = hand_over_all(store, link, now)
    with store.reading() as reading:
        cases = _open_cases(reading, link)
    got = fetch(store, link, cases, now, ROUND)
    return Moved(
        given.documents + got.documents, given.more or got.more, given.troubles + got.troubles
    )


def hand_over_all(store: Store, link: Link, now: datetime) -> Moved:
    """Hand over what one time may move of all documents, then the changes that waited for them.

    Unreachable, SlowDown; what has arrived stays there.
    """
    with store.reading() as reading:
        me = keeping_members.me_of(reading)
        writing = [case for case in _open_cases(reading, link) if _writes(reading, case, me)]
    given = hand_over(store, link, writing, now, ROUND)
    if given.documents:
        handing_over.hand_over(store, link, writing, now)
    return given


def _open_cases(reading: Reading, link: Link) -> list[UUID]:
    listed = streams.streams(reading, link.org)
    return [one.case for one in listed if one.state is not State.TAKEN]


def _writes(reading: Reading, case: UUID, me: Me) -> bool:
    latest = members.latest(reading, case)
    return latest is not None and latest.record.role_of(me.org, me.user) in WRITING


def hand_over(
    store: Store, link: Link, cases: Iterable[UUID], now: datetime, most: int = ROUND
) -> Moved:
    """Hand over the documents of these cases. Unreachable, SlowDown; what has arrived stays there.

    The changes that name them wait for it: `blob_references.may_go`.
    """
    going = _Round(store, link, now, most)
    for case in cases:
        _renew(store, case, now)
        with store.reading() as reading:
            waiting = blobs.unsent(reading, case)
        going.each(waiting, going.send)
    return going.end()


def fetch(
    store: Store, link: Link, cases: Iterable[UUID], now: datetime, most: int = ROUND
) -> Moved:
    """Fetch what was asked for in these cases, and small documents unasked.

    Unreachable, SlowDown; what has arrived is kept. What is not at the central store yet comes
    another time.
    """
    coming = _Round(store, link, now, most)
    for case in cases:
        _ask_for_small_ones(store, case, now)
        with store.reading() as reading:
            wanted = blob_moves.wanted(reading, case)
        coming.each(wanted, coming.receive)
    return coming.end()


def _renew(store: Store, case: UUID, now: datetime) -> None:
    with store.reading() as reading:
        old = blob_references.old_documents(reading, case)
    for document in old:
        with store.changing(now) as changing:
            blob_references.renew(changing, document, now)


def _ask_for_small_ones(store: Store, case: UUID, now: datetime) -> None:
    with store.reading() as reading:
        new = blob_moves.never_seen(reading, case)
    if new:
        with store.changing(now) as changing:
            for document in new:
                blob_moves.want(changing, document, now)


@dataclass(slots=True)
class _Round:
    """`left` is how much may still be moved, `part` how much goes into one request."""

    store: Store
    link: Link
    now: datetime
    left: int
    part: int = LARGEST
    documents: int = 0
    more: bool = False
    troubles: list[CaseworkerError] = field(default_factory=list)

    def each(self, items: Iterable[T], move: Callable[[T], bool]) -> None:
        """Trouble with one document is no reason to leave the others; no network is one."""
        for item in items:
            try:
                self.documents += move(item)
            except (Unreachable, SlowDown):
                raise
            except (Refused, NotBelieved) as trouble:
                self.troubles.append(trouble)

    def end(self) -> Moved:
        """What was moved."""
        return Moved(self.documents, self.more, tuple(self.troubles))

    def send(self, state: blobs.State) -> bool:
        """Whether the central store has confirmed the whole of it."""
        if self._is_over():
            return False
        there = requests.begin(self.link, state.case, state.cipher, state.size)
        while not there.whole:
            self._keep_sent(state, there)
            if self._is_over():
                return False
            there = self._sent(state, there)
        self._keep_sent(state, there)
        return True

    def _sent(self, state: blobs.State, there: There) -> There:
        with self.store.reading() as reading:
            part = blobs.sealed_part(reading, state.cipher, there.offset, self.part)
        self.left -= len(part)
        try:
            after = requests.send(self.link, state.case, state.cipher, there, part)
        except Unreachable:
            self._slower()
            return requests.begin(self.link, state.case, state.cipher, state.size)
        if after.offset <= there.offset:
            raise NotBelieved(rule="a document that does not grow")
        return after

    def _keep_sent(self, state: blobs.State, there: There) -> None:
        with self.store.changing(self.now) as changing:
            blob_moves.sent(changing, state.cipher, there.offset, receipt=there.whole)

    def receive(self, wanted: tuple[Document, blobs.State]) -> bool:
        """Whether it is complete here now."""
        document, state = wanted
        offset = state.arrived
        while offset < state.size:
            if self._is_over():
                return False
            length = min(self.part, state.size - offset)
            try:
                part = requests.part(self.link, document.case, document.cipher, offset, length)
            except Unreachable:
                self._slower()
                continue
            if part is None:
                return False
            offset = self._kept(document, offset, part)
        self._complete(document, state.size)
        return True

    def _kept(self, document: Document, offset: int, part: bytes) -> int:
        self.left -= len(part)
        with self.store.changing(self.now) as changing:
            after = blob_moves.receive(changing, document, offset, part)
            if after != offset + len(part):
                blob_moves.leave(changing, document.cipher)
        if after != offset + len(part):
            raise NotBelieved(rule="a piece of a document")
        return after

    def _complete(self, document: Document, size: int) -> None:
        with self.store.reading() as reading:
            fits = blobs.is_what_it_is_called(reading, document.cipher, size)
        with self.store.changing(self.now) as changing:
            if fits:
                blob_moves.arrived(changing, document.cipher)
            else:
                blob_moves.begin_again(changing, document.cipher)
                blob_moves.leave(changing, document.cipher)
        if not fits:
            raise NotBelieved(rule="the hash of a document")

    def _is_over(self) -> bool:
        if self.left <= 0:
            self.more = True
        return self.left <= 0

    def _slower(self) -> None:
        """Try with less at once. Unreachable when it is little already."""
        self.part //= 4
        if self.part < SMALLEST:
            raise Unreachable
