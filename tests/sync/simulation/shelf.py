"""The papers of a schedule: who gave what, and what is lost with the only laptop that had it.

Pieces are small here, so that a paper of a few hundred bytes comes and goes in several, and a round
moves only a few of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from caseworker_app.domain import pieces
from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import TAG
from caseworker_app.services import papers
from caseworker_app.services.exchange import blobs as blob_rounds
from caseworker_app.store import blob_moves, blobs
from caseworker_app.store.store import Store
from tests.sync.simulation.central import Central
from tests.sync.simulation.laptop import Laptop

PIECE = 512
SEALED = PIECE + TAG
SIZES = (0, 1, 200, 300, PIECE, PIECE + 1, 3 * PIECE, 5 * PIECE + 7)
SMALL = 2 * PIECE
ROUND = 4 * SEALED


@contextmanager
def small_pieces() -> Iterator[None]:
    """Papers are cut into small pieces for this long."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (pieces, blobs, papers):
            patch.setattr(module, "PIECE", PIECE)
        for module in (pieces, blobs, blob_moves):
            patch.setattr(module, "SEALED_PIECE", SEALED)
        patch.setattr(blob_moves, "SMALL", SMALL)
        patch.setattr(blob_rounds, "LARGEST", SEALED)
        patch.setattr(blob_rounds, "SMALLEST", SEALED // 16)
        patch.setattr(blob_rounds, "ROUND", ROUND)
        yield


@dataclass(slots=True)
class Given:
    """A paper as it was given, by which laptop, and the names under which its bytes were sealed."""

    content: bytes
    giver: str
    ciphers: set[bytes] = field(default_factory=set)


class Shelf:
    """Every paper that was ever given, by the id of its document; `lost` are those nobody has."""

    def __init__(self) -> None:
        self.given: dict[UUID, Given] = {}
        self.lost: set[UUID] = set()
        self.told: set[UUID] = set()

    def put(self, document: Document, content: bytes, giver: Laptop) -> None:
        """Somebody gave it."""
        self.given[document.id] = Given(content, giver.name, {document.cipher})

    def told_too_early(self, laptop: Laptop, central: Central, late: Collection[str]) -> int:
        """Of how many papers this laptop has just heard that exist on their giver's alone.

        Those of `late` givers are left out: their work was let in without the bytes.
        """
        with laptop.store.reading() as reading:
            rows = reading.connection.exec_driver_sql("SELECT id FROM document").fetchall()
        heard = {UUID(bytes=id_) for (id_,) in rows} & set(self.given) - self.told
        new = {id_ for id_ in heard if self.given[id_].giver not in (laptop.name, *late)}
        self.told |= new
        there = whole_at(central) if new else set()
        return sum(not self.given[id_].ciphers & there for id_ in new)

    def after_a_loss(self, laptops: Iterable[Laptop], central: Central) -> None:
        """Something is gone for good: the bytes of a paper may have lain there alone."""
        held = whole_at(central)
        for laptop in laptops:
            held |= whole_on(laptop.store)
        self.lost |= {id_ for id_, paper in self.given.items() if not paper.ciphers & held}


def whole_at(central: Central) -> set[bytes]:
    """The names of all papers that the central store has whole."""
    return {bytes(row["blob_id"]) for row in central.rows("blob") if row["whole"]}


def whole_on(store: Store, where: str = "complete", case: UUID | None = None) -> set[bytes]:
    """The names of the papers that are complete on a laptop, or of some of them."""
    query = f"SELECT cipher, case_id FROM blob_state WHERE cipher IS NOT NULL AND {where}"
    with store.reading() as reading:
        rows = reading.connection.exec_driver_sql(query).fetchall()
    return {bytes(cipher) for cipher, of in rows if case in (None, UUID(bytes=of))}
