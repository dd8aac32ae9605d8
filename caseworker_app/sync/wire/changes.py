"""A change as it travels: its header in the clear, its sealed body, and who vouches for it.

A device's changes in one case are chained by hashes, so the signature of the last one in a batch
vouches for all before it. Only that one is sent and checked; the others' signatures never leave
the laptop that made them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

import cbor2

from caseworker_app.domain.changes import Header
from caseworker_app.sync.wire.packing import Malformed

MOST_CHANGES = 500
"""In one push."""

MOST_PUSH_BYTES = 4 * 1024 * 1024
MOST_CHANGE_BYTES = MOST_PUSH_BYTES
"""Of one sealed body. A body is one save; documents travel apart."""

MOST_HEADER_BYTES = 1024
HASH_BYTES = 32
_COUNTED = 1 << 64
_HEADER_TYPES = (bytes, bytes, bytes, bytes, int, bytes, int, int, int)
_KNOWN = len(_HEADER_TYPES)
_ID_BYTES = 16


@dataclass(frozen=True, repr=False)
class Sealed:
    """One change. `sealed` is None once its body was erased; `sealed_hash` stays for the chain."""

    header_bytes: bytes
    sealed: bytes | None
    sealed_hash: bytes

    @classmethod
    def of(cls, header_bytes: bytes, sealed: bytes) -> Sealed:
        """A change whose body is here."""
        return cls(header_bytes, sealed, hashlib.sha256(sealed).digest())

    @cached_property
    def header(self) -> Header:
        """The header that these bytes say. Malformed when they are none."""
        return unpacked_header(self.header_bytes)

    @cached_property
    def hash(self) -> bytes:
        """What is signed, and what the device's next change names as the one before."""
        return chain_hash(self.header_bytes, self.sealed_hash)


@dataclass(frozen=True, slots=True, repr=False)
class Batch:
    """Changes of one case in the order of the stream, or of the outbox.

    `signatures` holds (device, signature) for the last change of each device that is in here.
    """

    case: UUID
    changes: tuple[Sealed, ...]
    signatures: tuple[tuple[UUID, bytes], ...]


def packed_header(header: Header) -> bytes:
    """The header's bytes: what is signed and bound to the body."""
    h = header
    ids = [h.store.bytes, h.case.bytes, h.change.bytes, h.device.bytes]
    return cbor2.dumps([*ids, h.sequence, h.previous, h.clock, h.schema, h.epoch])


def unpacked_header(raw: bytes) -> Header:
    """The header in these bytes. Malformed when they are none; what a newer one adds is ignored."""
    try:  # too short to become a large memory, and too many to be scanned each
        found = cbor2.loads(raw[: MOST_HEADER_BYTES + 1], max_depth=2, allow_indefinite=False)
    except (cbor2.CBORError, ValueError, TypeError, OverflowError):
        raise Malformed from None
    if not isinstance(found, list) or not _KNOWN <= len(found) <= MOST_HEADER_BYTES >= len(raw):
        raise Malformed
    if tuple(map(type, found[:_KNOWN])) != _HEADER_TYPES:
        raise Malformed
    ids, (sequence, previous, clock, schema, epoch) = found[:4], found[4:_KNOWN]
    numbers = (sequence, clock, schema, epoch)
    if min(numbers) < 0 or max(numbers) >= _COUNTED // 2 or sequence < 1:
        raise Malformed
    if any(len(one) != _ID_BYTES for one in ids):
        raise Malformed
    if len(previous) not in (0, HASH_BYTES) or (sequence == 1) != (not previous):
        raise Malformed
    store, case, change, device = ids
    made = (_again(store), _again(case), UUID(bytes=change), _again(device))
    return Header(*made, sequence, previous, clock, schema, epoch)


@lru_cache(512)
def _again(raw: bytes) -> UUID:
    """An id that stands in many headers."""
    return UUID(bytes=raw)


def chain_hash(header_bytes: bytes, sealed_hash: bytes) -> bytes:
    """SHA-256 over the header and the hash of the sealed body: 32 bytes."""
    return hashlib.sha256(header_bytes + sealed_hash).digest()


def added(digest: bytes, change_hash: bytes) -> bytes:
    """The digest of a stream (32 bytes) with one more change in it, whatever their order.

    A sum of the hashes of all changes: cheap to continue, and equal only for the same changes.
    """
    total = int.from_bytes(digest, "big") + int.from_bytes(change_hash, "big")
    return (total % (1 << 256)).to_bytes(32, "big")


NOTHING = bytes(HASH_BYTES)
"""The digest of an empty stream."""


def pack_batch(batch: Batch) -> list[object]:
    """A batch as plain data, small: [case, [[header, body or hash, is it a body], ...], [...]]."""
    listed = [
        [c.header_bytes, c.sealed_hash if c.sealed is None else c.sealed, c.sealed is not None]
        for c in batch.changes
    ]
    signatures = [[device.bytes, signature] for device, signature in batch.signatures]
    return [batch.case.bytes, listed, signatures]


def unpack_batch(raw: Any) -> Batch:
    """The batch in plain data. Malformed when it is none, or holds more than one may."""
    try:
        case, listed, signatures = raw
        changes = tuple(_sealed(*item[:3]) for item in listed)
        vouched = tuple((_id(device), bytes_of(given)) for device, given in signatures)
        batch = Batch(_again(bytes_of(case)), changes, vouched)
    except (ValueError, TypeError):
        raise Malformed from None
    for change in batch.changes:
        found = change.header.case  # mostly the very same one: comparing the ids costs more
        if found is not batch.case and found != batch.case:
            raise Malformed
    return batch


def _sealed(header_bytes: object, body: object, whole: object) -> Sealed:
    if type(header_bytes) is not bytes or type(body) is not bytes or type(whole) is not bool:
        raise Malformed
    if len(body) > MOST_CHANGE_BYTES:
        raise Malformed
    if whole:
        return Sealed.of(header_bytes, body)
    if len(body) != HASH_BYTES:
        raise Malformed
    return Sealed(header_bytes, None, body)


def _id(value: object) -> UUID:
    return UUID(bytes=bytes_of(value))


def bytes_of(value: object) -> bytes:
    """The value, if it is bytes."""
    if type(value) is not bytes:
        raise Malformed
    return value
