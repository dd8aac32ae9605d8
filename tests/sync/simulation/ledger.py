"""What was written, by whom, and where it lies: so that afterwards nothing can be missing.

What lay on one laptop alone and nowhere else is lost with it; that is taken off the list. All that
lies anywhere when something is lost must be there in the end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from caseworker_app.domain.changes import Change
from caseworker_app.store import log
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.changes import Sealed, chain_hash
from tests.sync.simulation import said
from tests.sync.simulation.central import Central
from tests.sync.simulation.laptop import Laptop

Keys = Mapping[tuple[UUID, int], bytes]
"""Wrapped for a laptop, by (case, epoch)."""


@dataclass(frozen=True, slots=True)
class Written:
    """One change and the texts in it."""

    case: UUID
    device: UUID
    sequence: int
    texts: frozenset[str]


class Ledger:
    """All changes that anybody ever made, by their hashes."""

    def __init__(self) -> None:
        self.known: dict[bytes, Written] = {}
        self.expected: dict[UUID, set[str]] = {}

    def look_at(self, store: Store) -> None:
        """Read what is new on a laptop; what it wrote itself must never be lost from now on."""
        with store.reading() as reading:
            new = [
                digest
                for digest, case in _listed(reading)
                if digest not in self.known and case != store.id
            ]
            wrapped = log.wrapped_keys(reading.connection) if new else {}
            for digest in new:
                row = reading.connection.exec_driver_sql(
                    f"{log.SELECT} WHERE hash = ?", (digest,)
                ).fetchone()
                change = log.opened(store.keys, log.entry(row), wrapped)
                self._note(digest, change)

    def look_at_last(self, store: Store, keys: Keys, central: Central) -> None:
        """Read what a laptop wrote anew for handing it in, with the keys it had, and has erased."""
        for row in (*central.rows("aside"), *central.rows("change")):
            digest = _hash(row)
            if digest in self.known or row["device_id"] != store.keys.device_id:
                continue
            sealed = Sealed.of(row["header"], row["body"])
            whole = log.Entry(
                sealed.header,
                sealed.header_bytes,
                sealed.sealed,
                sealed.sealed_hash,
                sealed.hash,
                b"",
            )
            if (sealed.header.case, sealed.header.epoch) in keys:
                self._note(digest, log.opened(store.keys, whole, keys))

    def _note(self, digest: bytes, change: Change) -> None:
        h = change.header
        texts = frozenset(text for text in said.laid([change]).texts() if said.MARK in text)
        self.known[digest] = Written(h.case, h.device, h.sequence, texts)
        self.expected.setdefault(h.case, set()).update(texts)

    def after_a_loss(
        self, laptops: Iterable[Laptop], signed_off: Iterable[Laptop], central: Central
    ) -> None:
        """Something is gone for good: only what still lies somewhere can be expected.

        A laptop that was signed off hands in what it wrote, and gives nothing else back.
        """
        held = {digest for laptop in laptops for digest in hashes_on(laptop.store)}
        for laptop in signed_off:
            own = {one for one, of in self.known.items() if of.device == laptop.device.id}
            held |= set() if laptop.destroyed else own & set(hashes_on(laptop.store))
        held |= set(hashes_at(central)) | aside_at(central)
        left: dict[UUID, set[str]] = {}
        for digest in held:
            if digest in self.known:
                written = self.known[digest]
                left.setdefault(written.case, set()).update(written.texts)
        for case in self.expected:
            self.expected[case] &= left.get(case, set())

    def texts(self, hashes: Iterable[bytes]) -> set[str]:
        """All texts in these changes."""
        return {text for one in hashes if one in self.known for text in self.known[one].texts}


def keys_on(store: Store) -> Keys:
    """The keys of all its cases."""
    with store.reading() as reading:
        return log.wrapped_keys(reading.connection)


def hashes_on(store: Store, case: UUID | None = None) -> list[bytes]:
    """The changes on a laptop, in all cases or in one."""
    with store.reading() as reading:
        return [digest for digest, of in _listed(reading) if case in (None, of)]


def _listed(reading: Reading) -> list[tuple[bytes, UUID]]:
    query = "SELECT hash, case_id FROM change ORDER BY arrival"
    rows = reading.connection.exec_driver_sql(query)
    return [(bytes(digest), UUID(bytes=case)) for digest, case in rows]


def hashes_at(central: Central, case: UUID | None = None) -> list[bytes]:
    """The changes in the streams of the central store, in their order."""
    rows = central.stream(case) if case else central.rows("change")
    return [_hash(row) for row in rows]


def aside_at(central: Central) -> set[bytes]:
    """The changes that lie aside at the central store."""
    return {bytes(row["hash"]) for row in central.rows("aside")}


def _hash(row: dict[str, object]) -> bytes:
    body = row["body"]
    sealed = hashlib.sha256(body).digest() if isinstance(body, bytes) else row["body_hash"]
    header = row["header"]
    assert isinstance(header, bytes)
    assert isinstance(sealed, bytes)
    return chain_hash(header, sealed)
