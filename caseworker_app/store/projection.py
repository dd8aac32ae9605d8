"""The tables that people's questions are answered from: always what the log says, never more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from caseworker_app.domain.changes import Change, Edit, Header, ValueState
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.kinds import KINDS
from caseworker_app.store import codec, registers, wording
from caseworker_app.store.connection import driver
from caseworker_app.store.registers import Kept

E = TypeVar("E", bound=Entity)

COLUMNS = registers.COLUMNS

_SELECT = {kind: f"SELECT id, case_id, {', '.join(c)} FROM {kind}" for kind, c in COLUMNS.items()}  # noqa: S608
_LOAD = {
    kind: f"SELECT _state, {', '.join(c)} FROM {kind} WHERE id = ? AND case_id = ?"  # noqa: S608
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
_AT_ONCE = 500
"""Ids in one query."""


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
    state, shown = _loaded(connection, cls.kind, value_id, case)
    if shown is None:
        return state, None
    return state, codec.valued(cls, {"id": value_id.bytes, "case": case.bytes, **shown})


def _loaded(
    connection: Connection, kind: str, value_id: UUID, case: UUID
) -> tuple[ValueState, dict[str, Any] | None]:
    row = driver(connection).execute(_LOAD[kind], (value_id.bytes, case.bytes)).fetchone()
    if row is None:
        return ValueState({}), None
    shown = dict(zip(COLUMNS[kind], row[1:], strict=True))
    return registers.state(row[0], shown), shown


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
    for (kind, value_id, case), edits in _by_value(changes).items():
        state = (states or {}).get(value_id)
        if state is None:
            state, _ = _loaded(connection, kind, value_id, case)
        kept = registers.kept(kind, state.with_edits(edits))
        row = _row(kind, value_id, case, kept)
        written = driver(connection).execute(_WRITE[kind], row).rowcount
        if written and _moves_words(kind, edits):
            wording.index(connection, kind, value_id, case, kept[-1])


def apply_many(connection: Connection, changes: Iterable[Change]) -> None:
    """The same for many changes at once. Their words are only noted: see `wording.follow`."""
    by_value = _by_value(changes)
    here = _those_here(connection, by_value)
    rows: dict[str, list[tuple[Any, ...]]] = {}
    worded: dict[str, list[tuple[UUID, UUID]]] = {}
    for (kind, value_id, case), edits in by_value.items():
        kept = None if value_id.bytes in here else registers.begun(kind, edits)
        if kept is None:
            state, _ = _loaded(connection, kind, value_id, case)
            kept = registers.kept(kind, state.with_edits(edits))
        rows.setdefault(kind, []).append(_row(kind, value_id, case, kept))
        if _moves_words(kind, edits):
            worded.setdefault(kind, []).append((value_id, case))
    for kind, listed in rows.items():
        driver(connection).executemany(_WRITE[kind], listed)
    for kind, values in worded.items():
        wording.later(connection, kind, values)


_ByValue = dict[tuple[str, UUID, UUID], list[tuple[Header, Edit]]]


def _by_value(changes: Iterable[Change]) -> _ByValue:
    by_value: _ByValue = {}
    for change in changes:
        header = change.header
        last: tuple[str, UUID] | None = None
        edits: list[tuple[Header, Edit]] = []
        for edit in change.edits:
            if edit.kind not in KINDS:
                continue
            if (edit.kind, edit.entity) != last:
                last = edit.kind, edit.entity
                edits = by_value.setdefault((*last, header.case), [])
            edits.append((header, edit))
    return by_value


def _those_here(connection: Connection, values: Iterable[tuple[str, UUID, UUID]]) -> set[bytes]:
    """The ids among these that have a row already, in whichever case."""
    wanted: dict[str, list[bytes]] = {}
    for kind, value_id, _ in values:
        wanted.setdefault(kind, []).append(value_id.bytes)
    here: set[bytes] = set()
    for kind, ids in wanted.items():
        for at in range(0, len(ids), _AT_ONCE):
            some = ids[at : at + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            query = f"SELECT id FROM {kind} WHERE id IN ({marks})"  # noqa: S608
            here.update(row[0] for row in driver(connection).execute(query, some))
    return here


def _row(kind: str, value_id: UUID, case: UUID, kept: Kept) -> tuple[Any, ...]:
    packed, disputed, shown = kept
    return (value_id.bytes, case.bytes, packed, disputed, *map(shown.__getitem__, COLUMNS[kind]))


def _moves_words(kind: str, edits: Iterable[tuple[Header, Edit]]) -> bool:
    looked_for = wording.LOOKED_FOR.get(kind, frozenset())
    return any(edit.field in looked_for for _, edit in edits)
