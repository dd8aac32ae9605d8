"""What is sealed in a change: its edits as CBOR, made small, and filled up."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import cbor2

from caseworker_app import errors
from caseworker_app.domain.changes import Edit
from caseworker_app.sync.wire.changes import MOST_HEADER_BYTES, MOST_PUSH_BYTES
from caseworker_app.sync.wire.packing import MOST_ITEMS, Malformed, nearly_plain, plain

FAST = 1
"""Bodies are a few hundred bytes: a better compression level costs time and saves nothing."""

MOST = 8 * 1024 * 1024
"""Bytes a body may unpack to: a forged one must not exhaust the memory."""

_ALWAYS, _TIMES = 64 * 1024, 32

_SAID = 5
_SIMPLE = {str, bytes, int, bool, type(None)}

PARTS = _SAID + 1
"""Items of an edit in a body, besides its bases."""

MOST_WEIGHT = MOST_ITEMS - 1

STEP = 256
"""Bytes: sealed bodies are filled up to a multiple of it, so that sizes tell little."""

SEAL_BYTES = 28

MOST_SEALED = MOST_PUSH_BYTES - MOST_HEADER_BYTES
"""Bytes of a sealed body: with its header it is one push. The central store takes no larger one."""

_MB = 1024 * 1024


def weight(edits: Sequence[Edit]) -> int:
    """How many items the edits are in a body, which may hold less than MOST_WEIGHT."""
    return len(edits) * PARTS + sum(len(edit.bases) for edit in edits)


def packed(edits: Sequence[Edit], *, travels: bool = True) -> bytes:
    """The body of a change.

    DocumentTooLarge for one that nobody could open again, or that could never be handed over, if
    it is one that `travels`: those behind it in its chain would have to stay here, too.
    """
    raw = cbor2.dumps([plain_edit(edit) for edit in edits])
    if len(raw) > MOST or weight(edits) >= MOST_WEIGHT:
        raise errors.DocumentTooLarge(most=MOST // _MB)
    body = _compressed(raw)
    body += bytes(-(len(body) + SEAL_BYTES) % STEP)
    if travels and len(body) + SEAL_BYTES > MOST_SEALED:
        raise errors.DocumentTooLarge(most=MOST_PUSH_BYTES // _MB)
    return body


def plain_edit(edit: Edit) -> list[Any]:
    """An edit as it lies in a body."""
    bases = [base.bytes for base in edit.bases]
    return [edit.kind, edit.entity.bytes, edit.field, edit.value, bases]


def _compressed(raw: bytes) -> bytes:
    """The body, small, but never smaller than others believe it."""
    small = zlib.compress(raw, FAST)
    return small if len(raw) <= most_of(len(small)) else zlib.compress(raw, 0)


def most_of(size: int) -> int:
    """To how many bytes a body of this size from others may unpack.

    What people write becomes a fourth. A page of bodies that become a thousandth would fill
    the memory and the disk of everybody who fetches it.
    """
    return min(MOST, max(_ALWAYS, _TIMES * size))


def edits_in(body: bytes, most: int) -> tuple[Edit, ...]:
    """The edits in an opened body. StoreDamaged when it holds something else, or more bytes."""
    raw = _unzipped(body, most)
    try:
        return _usual_edits(raw) or tuple(_edit(item) for item in plain(raw, MOST))
    except (ValueError, TypeError) as error:
        raise errors.StoreDamaged from error


def _unzipped(body: bytes, most: int) -> bytes:
    unzip = zlib.decompressobj()
    try:
        raw = unzip.decompress(body, most)
    except zlib.error as error:
        raise errors.StoreDamaged from error
    if not unzip.eof:
        raise errors.StoreDamaged
    return raw


def _usual_edits(raw: bytes) -> tuple[Edit, ...]:
    """The edits when they are what they mostly are: few, of simple values. Otherwise none."""
    try:
        items = nearly_plain(raw)
    except Malformed:
        return ()
    edits = []
    for item in items if type(items) is list else ():
        if type(item) is not list or len(item) != _SAID:
            return ()
        kind, value_id, field, value, bases = item
        if (type(kind), type(field), type(bases)) != (str, str, list) or type(value) not in _SIMPLE:
            return ()
        edits.append(
            Edit(kind, _same(value_id), field, value, tuple(map(_id, bases)) if bases else ())
        )
    return tuple(edits)


def _edit(item: list[Any]) -> Edit:
    kind, value_id, field, value, bases = item[:5]  # a newer program may say more
    if not (isinstance(kind, str) and isinstance(field, str)):
        raise TypeError
    return Edit(kind, _same(value_id), field, value, tuple(map(_id, bases)))


def _id(raw: Any) -> UUID:
    if type(raw) is not bytes:
        raise TypeError
    return UUID(bytes=raw)


@lru_cache(512)
def _same(raw: Any) -> UUID:
    """The id of a value: one after the other, many edits are of the same."""
    return _id(raw)
