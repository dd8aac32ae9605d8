"""The tables that people's questions are answered from: always what the log says, never more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

import cbor2
from sqlalchemy import Connection

from caseworker_app.domain.changes import REMOVED, Change, Edit, Field, Head, Header, ValueState
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.names import folded
from caseworker_app.store import codec
from caseworker_app.store.connection import driver

E = TypeVar("E", bound=Entity)

_NOT_SHOWN = object()

COLUMNS = {kind: tuple(codec.columns(cls)) for kind, cls in KINDS.items()}
DEFAULTS = {
    kind: {f: codec.plain(getattr(cls(id=UUID(int=0), case=UUID(int=0)), f)) for f in COLUMNS[kind]}
    for kind, cls in KINDS.items()
}
SEARCHED = {kind: codec.searched(cls) for kind, cls in KINDS.items()}

_SELECT = {kind: f"SELECT id, case_id, {', '.join(c)} FROM {kind}" for kind, c in COLUMNS.items()}  # noqa: S608
_LOAD = {
    kind: f"SELECT _state, case_id, {', '.join(c)} FROM {kind} WHERE id = ? AND case_id = ?"  # noqa: S608
    for kind, c in COLUMNS.items()
}
_WRITE = {
    kind: f"INSERT INTO {kind} (id, case_id, _state, _disputed, {', '.join(c)})"  # noqa: S608
    f" VALUES (?, ?, ?, ?, {', '.join('?' for _ in c)}) ON CONFLICT (id) DO UPDATE SET"
    f" _state = excluded._state, _disputed = excluded._disputed,"
    f" {', '.join(f'{name} = excluded.{name}' for name in c)}"
    f" WHERE case_id = excluded.case_id"
    for kind, c in COLUMNS.items()
}
_FOUND = "INSERT INTO found (id, kind, case_id) VALUES (?, ?, ?)"


def select(kind: str) -> str:
    """The start of a query for values of this kind; the caller adds WHERE and ORDER BY."""
    return _SELECT[kind]


def value(cls: type[E], row: Iterable[Any]) -> E:
    """The value in a row that `select` gave."""
    names = ("id", "case", *COLUMNS[cls.kind])
    return codec.valued(cls, dict(zip(names, row, strict=True)))


def load(
    connection: Connection, cls: type[E], value_id: UUID, case: UUID
) -> tuple[ValueState, E | None]:
    """All registers of one value and the value they show; an empty state when there is none yet."""
    kind = cls.kind
    row = driver(connection).execute(_LOAD[kind], (value_id.bytes, case.bytes)).fetchone()
    if row is None:
        return ValueState({}), None
    shown = dict(zip(COLUMNS[kind], row[2:], strict=True))
    value = codec.valued(cls, {"id": value_id.bytes, "case": row[1], **shown})
    return _state(row[0], shown), value


def apply(
    connection: Connection,
    changes: Iterable[Change],
    states: Mapping[UUID, ValueState] | None = None,
) -> None:
    """Bring tables and index up to date with more changes. Unknown kinds stay in the log.

    A change touches the values of its own case alone: whoever has the key of one case cannot write
    in another. A value is written once however many of the changes touch it. `states` saves looking
    up again what the caller has just loaded.
    """
    by_value: dict[tuple[str, UUID, UUID], list[tuple[Header, Edit]]] = {}
    for change in changes:
        for edit in change.edits:
            if edit.kind in KINDS:
                of = (edit.kind, edit.entity, change.header.case)
                by_value.setdefault(of, []).append((change.header, edit))
    for (kind, value_id, case), edits in by_value.items():
        state = (states or {}).get(value_id)
        if state is None:
            state, _ = load(connection, KINDS[kind], value_id, case)
        _apply(connection, kind, value_id, case, state, edits)


def _apply(
    connection: Connection,
    kind: str,
    value_id: UUID,
    case: UUID,
    state: ValueState,
    edits: list[tuple[Header, Edit]],
) -> None:
    state = state.with_edits(edits)
    shown = {**DEFAULTS[kind], **_readable(kind, state.shown()), REMOVED: state.gone}
    row = (
        value_id.bytes,
        case.bytes,
        _packed_state(state, shown),
        bool(state.disputed) or _kept_against_removal(state),
        *(shown[name] for name in COLUMNS[kind]),
    )
    written = driver(connection).execute(_WRITE[kind], row).rowcount
    looked_for = (*SEARCHED[kind], REMOVED)
    if written and any(edit.field in looked_for for _, edit in edits):
        _index(connection, kind, value_id, case, shown)


def _readable(kind: str, shown: dict[str, Any]) -> dict[str, Any]:
    """What this version of the program understands; for the rest, its own default is shown."""
    return {name: raw for name, raw in shown.items() if codec.fits(KINDS[kind], name, raw)}


def _kept_against_removal(state: ValueState) -> bool:
    heads = state.fields.get(REMOVED, Field()).heads
    return not state.gone and any(head.value for head in heads)


def _index(
    connection: Connection, kind: str, value_id: UUID, case: UUID, shown: dict[str, Any]
) -> None:
    """Put the words of one value into the index, folded; a removed value's words leave it."""
    if not SEARCHED[kind]:
        return
    words = " ".join(shown[name] for name in SEARCHED[kind] if shown[name])
    if shown[REMOVED] or not words:
        row = (
            driver(connection)
            .execute("DELETE FROM found WHERE id = ? RETURNING number", (value_id.bytes,))
            .fetchone()
        )
        driver(connection).execute("DELETE FROM word WHERE rowid = ?", row or (None,))
        return
    run = driver(connection).execute
    row = run("SELECT number FROM found WHERE id = ?", (value_id.bytes,)).fetchone()
    # only without one there is a page to write; RETURNING would cost five times as much
    number = row[0] if row else run(_FOUND, (value_id.bytes, kind, case.bytes)).lastrowid
    run("INSERT OR REPLACE INTO word (rowid, words) VALUES (?, ?)", (number, folded(words)))


def _packed_state(state: ValueState, shown: Mapping[str, Any]) -> bytes:
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
        if len(field.heads) != 1 or name == REMOVED or not _shows(shown, name, field):
            rivals[name] = {head.change.bytes: head.value for head in field.heads}
    listed = [[c.bytes, clock, d.bytes, sorted(n)] for c, (clock, d, n) in sorted(heads.items())]
    return cbor2.dumps([listed, awaited, rivals, saw], canonical=True)


def _shows(shown: Mapping[str, Any], name: str, field: Field) -> bool:
    """Whether the row's own column holds the value of the only head."""
    kept, value = shown.get(name, _NOT_SHOWN), field.heads[0].value
    return bool(kept == value) and type(kept) is type(value)


def _state(packed: bytes, row: dict[str, Any]) -> ValueState:
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
