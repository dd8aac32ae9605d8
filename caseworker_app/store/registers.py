"""The registers of a value as bytes beside its row, and back; what the row says is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    return _packed_heads(heads, values, shown), False, shown


def _shown(kind: str, values: dict[str, Any], *, gone: bool) -> dict[str, Any]:
    """What this version of the program understands; for the rest, its own default is shown."""
    cls, texts = KINDS[kind], _TEXTS[kind]
    readable = {
        name: raw
        for name, raw in values.items()
        if (type(raw) is str and name in texts) or codec.fits(cls, name, raw)
    }
    return {**DEFAULTS[kind], **readable, REMOVED: gone}


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
