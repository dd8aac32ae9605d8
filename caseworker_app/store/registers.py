"""The registers of a value as bytes beside its row, and back; what the row says is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import cbor2

from caseworker_app.domain.changes import REMOVED, Edit, Field, Head, Header, ValueState
from caseworker_app.domain.kinds import KINDS
from caseworker_app.store import codec

_NOT_SHOWN = object()

COLUMNS = {kind: tuple(codec.columns(cls)) for kind, cls in KINDS.items()}
DEFAULTS = {
    kind: {f: codec.plain(getattr(cls(id=UUID(int=0), case=UUID(int=0)), f)) for f in COLUMNS[kind]}
    for kind, cls in KINDS.items()
}
_TEXTS = {
    kind: frozenset(name for name in COLUMNS[kind] if codec.is_text(cls, name))
    for kind, cls in KINDS.items()
}

Kept = tuple[bytes, bool, dict[str, Any]]
"""The registers, whether something in them has to be decided, and what they show."""


def kept(kind: str, state: ValueState) -> Kept:
    """What is kept of a value in this state."""
    shown = _shown(kind, state.shown(), gone=state.gone)
    return _packed(state, shown), bool(state.disputed) or _kept_against_removal(state), shown


def begun(kind: str, edits: Sequence[tuple[Header, Edit]]) -> Kept | None:
    """What is kept of a value that begins with these edits, each going on from the one before.

    It is what `kept` says of them, without the way over all registers: most of what is fetched is
    of this form. None for all else.
    """
    first = edits[0][0]
    heads: dict[str, Header] = {}
    values: dict[str, Any] = {}
    for header, edit in edits:
        name = edit.field
        before = heads.get(name)
        if before is None:
            if edit.bases:
                return None
        elif edit.bases != (before.change,) or before is header or name == REMOVED:
            return None
        heads[name], values[name] = header, edit.value
    if values.get(REMOVED):
        return None
    shown = _shown(kind, values, gone=False)
    plain = REMOVED not in values and all(shown.get(name) is raw for name, raw in values.items())
    if plain and header is first:  # then that one change is behind all of them
        return _packed_head(first, tuple(values)), False, shown
    return _packed_heads(heads, values, shown), False, shown


def _shown(kind: str, values: dict[str, Any], *, gone: bool) -> dict[str, Any]:
    """What this version of the program understands; for the rest, its own default is shown."""
    readable = {name: raw for name, raw in values.items() if _is_understood(kind, name, raw)}
    return {**DEFAULTS[kind], **readable, REMOVED: gone}


def _is_understood(kind: str, name: str, raw: Any) -> bool:
    if type(raw) is str and name in _TEXTS[kind]:
        return True
    if type(raw) in _REMEMBERED and len(raw) <= _MOST_REMEMBERED:
        return _fits(kind, name, raw)
    return codec.fits(KINDS[kind], name, raw)


_REMEMBERED, _MOST_REMEMBERED = {str, bytes}, 32
"""Days, moments, ids and choices: they come over and over."""


@lru_cache(1024)
def _fits(kind: str, name: str, raw: str | bytes) -> bool:
    return codec.fits(KINDS[kind], name, raw)


def _kept_against_removal(state: ValueState) -> bool:
    heads = state.fields.get(REMOVED, Field()).heads
    return not state.gone and any(head.value for head in heads)


def _packed(state: ValueState, shown: Mapping[str, Any]) -> bytes:
    """Heads by change; values only where the row's own column cannot hold them."""
    heads: dict[UUID, tuple[int, UUID, list[str]]] = {}
    awaited: dict[str, list[bytes]] = {}
    rivals: dict[str, dict[bytes, Any]] = {}
    saw: dict[bytes, list[bytes]] = {}
    for name, field in state.fields.items():
        if field.awaited:
            awaited[name] = sorted(change.bytes for change in field.awaited)
        for head in field.heads:
            heads.setdefault(head.change, (head.clock, head.device, []))[2].append(name)
            if head.saw:
                saw[head.change.bytes] = sorted(change.bytes for change in head.saw)
        if (
            len(field.heads) != 1
            or name == REMOVED
            or not _shows(shown, name, field.heads[0].value)
        ):
            rivals[name] = {head.change.bytes: head.value for head in field.heads}
    listed = [[c.bytes, clock, d.bytes, sorted(n)] for c, (clock, d, n) in sorted(heads.items())]
    return cbor2.dumps([listed, awaited, rivals, saw], canonical=True)


def _packed_head(header: Header, names: tuple[str, ...]) -> bytes:
    """The same where one change says all that the row shows: [[[change, clock, device, names]]].

    Put together by hand: all of it but three numbers is the same in most of what is fetched.
    """
    clock = cbor2.dumps(header.clock)
    return b"".join(
        (_ONE_HEAD, header.change.bytes, clock, _ID, header.device.bytes, _listed(names), _NO_MORE)
    )


_ID = b"\x50"
_ONE_HEAD = b"\x84\x81\x84" + _ID
_NO_MORE = cbor2.dumps({}) * 3


@lru_cache(256)
def _listed(names: tuple[str, ...]) -> bytes:
    return cbor2.dumps(sorted(names))


def _packed_heads(
    heads: Mapping[str, Header], values: Mapping[str, Any], shown: Mapping[str, Any]
) -> bytes:
    """The same for fields of one head each."""
    by_change: dict[bytes, list[Any]] = {}
    rivals: dict[str, dict[bytes, Any]] = {}
    last, change, found = None, b"", list[Any]()
    for name, header in heads.items():
        if header is not last:  # mostly one change names them all
            last, change = header, header.change.bytes
            found = by_change.setdefault(change, [change, header.clock, header.device.bytes, []])
        found[3].append(name)
        if name == REMOVED or not _shows(shown, name, values[name]):
            rivals[name] = {change: values[name]}
    listed = [by_change[change] for change in sorted(by_change)]
    for one in listed:
        one[3].sort()
    return cbor2.dumps([listed, {}, rivals, {}], canonical=True)


def _shows(shown: Mapping[str, Any], name: str, value: Any) -> bool:
    """Whether the row's own column holds the value of the only head."""
    column = shown.get(name, _NOT_SHOWN)
    return bool(column == value) and type(column) is type(value)


def state(packed: bytes, row: Mapping[str, Any]) -> ValueState:
    """All registers of a value, from what was kept of them and the row that shows it."""
    listed, awaited, rivals, saw = cbor2.loads(packed)
    heads: dict[str, list[Head]] = {}
    for change, clock, device, names in listed:
        for name in names:
            value = rivals[name][change] if name in rivals else row[name]
            seen = frozenset(UUID(bytes=c) for c in saw.get(change, ())) if name == REMOVED else ()
            head = Head(clock, UUID(bytes=device), UUID(bytes=change), value, frozenset(seen))
            heads.setdefault(name, []).append(head)
    names_known = {*heads, *awaited}
    return ValueState(
        {
            name: Field(
                tuple(sorted(heads.get(name, ()), key=Head.rank, reverse=True)),
                frozenset(UUID(bytes=change) for change in awaited.get(name, ())),
            )
            for name in names_known
        }
    )
