"""A member with good keys who means harm: whatever they like, signed and in its place."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import cbor2

from caseworker_app.domain.changes import Header
from caseworker_app.store import log, tables
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.changes import chain_hash, packed_header
from tests.builders import NOW
from tests.sync.office_and_laptops import Laptop


def write(by: Laptop | Store, case: UUID, *edits: list[Any], **header: Any) -> UUID:
    """Edits that no program makes, as one change: [kind, id, field, value, bases]."""
    filled = [[*edit, []] if len(edit) == 4 else edit for edit in edits]
    return write_body(by, case, zlib.compress(cbor2.dumps(filled)), **header)


def write_body(by: Laptop | Store, case: UUID, body: bytes, **header: Any) -> UUID:
    """Any bytes as the body of a change; `header` names what shall be other than usual there."""
    store = by if isinstance(by, Store) else by.store
    keys = store.keys
    with store.changing(NOW) as changing:
        epoch, wrapped = changing.wrapped_key(case)
        sequence, previous, clock = log.tail(changing.connection, case, keys.device_id, 1 << 62)
        said = Header(
            store.id, case, uuid4(), keys.device_id, sequence + 1, previous, clock + 1,
            tables.SCHEMA, epoch,
        )  # fmt: skip
        said = replace(said, **header)
        packed = packed_header(said)
        sealed = keys.seal(case, epoch, wrapped, body, packed)
        sealed_hash = hashlib.sha256(sealed).digest()
        digest = chain_hash(packed, sealed_hash)
        entry = log.Entry(
            said, packed, sealed, sealed_hash, digest, keys.sign(digest), refused=True
        )
        log.write_own(changing.connection, entry)
    return said.change
