"""The truth of a store: signed, sealed, chained changes, and the pure rule that makes them a state.

A change is one save. Its header travels in the clear, its edits are sealed with the case's key, and
its hash names the device's previous change in the same case, so that one signature vouches for all
before it. Every field is a multi-value register: the state is a function of the *set* of changes,
whatever their order and however often they arrive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Header:
    """What anybody who carries a change may see.

    `previous` is the hash (32 bytes) of the device's change before this one in the same case, empty
    for its first; `sequence` counts them from 1. `clock` is a hybrid logical clock reading.
    """

    store: UUID
    case: UUID
    change: UUID
    device: UUID
    sequence: int
    previous: bytes
    clock: int
    schema: int
    epoch: int


class Edit(NamedTuple):
    """One field of one value. `value` is plain (text, number, bytes, None), as the codec makes it.

    `bases` are the changes that the author saw as the current heads of the field.
    """

    kind: str
    entity: UUID
    field: str
    value: Any
    bases: tuple[UUID, ...] = ()

    def __repr__(self) -> str:
        """Values end up in logs and tracebacks, their words must not."""
        return f"<edit of {self.kind} {self.entity}>"


class Head(NamedTuple):
    """A value of a field that nobody has replaced knowingly.

    `saw` is kept for removals alone: the changes of the whole value that the remover knew.
    """

    clock: int
    device: UUID
    change: UUID
    value: Any
    saw: frozenset[UUID] = frozenset()

    def __repr__(self) -> str:
        """Without what it holds, as for an edit."""
        return f"<head {self.change}>"

    def rank(self) -> tuple[int, bytes, bytes]:
        """The greatest is shown meanwhile: the latest, then the greater device."""
        return self.clock, self.device.bytes, self.change.bytes


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """A header with its opened edits."""

    header: Header
    edits: tuple[Edit, ...]


class Field(NamedTuple):
    """One register: its heads, the one to show first, and replaced changes still on their way.

    The heads follow from the set of changes alone. `awaited` may also hold changes that came and
    were replaced long ago: nobody waits for those, and none comes a second time.
    """

    heads: tuple[Head, ...] = ()
    awaited: frozenset[UUID] = frozenset()

    def with_edit(self, header: Header, edit: Edit) -> Field:
        """The register after one more edit. Each change is applied once, in any order."""
        known = {head.change for head in self.heads}
        staying = [head for head in self.heads if head.change not in edit.bases]
        awaited = self.awaited | (set(edit.bases) - known)
        if header.change in awaited:
            return Field(tuple(staying), awaited - {header.change})
        saw = frozenset(edit.bases) if edit.field == REMOVED else frozenset()
        new = Head(header.clock, header.device, header.change, edit.value, saw)
        if not staying:
            return Field((new,), awaited)
        ranked = sorted([*staying, new], key=Head.rank, reverse=True)
        return Field(tuple(ranked), awaited)


@dataclass(frozen=True, slots=True, repr=False)
class ValueState:
    """All registers of one value. Pure in the set of changes: order makes no difference."""

    fields: Mapping[str, Field]

    @property
    def gone(self) -> bool:
        """Whether the value is out of view.

        It is when those who removed it saw every head the value has: an edit that none of them had
        seen, or somebody who brought it back meanwhile, keeps the value visible.
        """
        removals = self.fields.get(REMOVED, Field()).heads
        if not removals or not all(head.value for head in removals):
            return False
        seen = {change for head in removals for change in (head.change, *head.saw)}
        return all(
            head.change in seen
            for name, field in self.fields.items()
            if name != REMOVED
            for head in field.heads
        )

    @property
    def disputed(self) -> tuple[str, ...]:
        """The fields in which two people wrote different things, neither having seen the other."""
        return tuple(
            name
            for name, field in self.fields.items()
            if len({comparable(head.value) for head in field.heads}) > 1
        )

    def with_edits(self, edits: Iterable[tuple[Header, Edit]]) -> ValueState:
        """The value after more edits. What a change says twice of one field counts once."""
        fields = dict(self.fields)
        applied: set[tuple[UUID, str]] = set()
        for header, edit in edits:
            if (header.change, edit.field) not in applied:
                applied.add((header.change, edit.field))
                fields[edit.field] = fields.get(edit.field, Field()).with_edit(header, edit)
        return ValueState(fields)

    def heads_of(self, field: str) -> tuple[UUID, ...]:
        """The changes an author sees as current; for a removal, those of the whole value."""
        if field == REMOVED:
            found = {head.change for f in self.fields.values() for head in f.heads}
            return tuple(sorted(found))
        return tuple(head.change for head in self.fields.get(field, Field()).heads)

    def shown(self) -> dict[str, Any]:
        """The plain value to show for each field."""
        return {name: field.heads[0].value for name, field in self.fields.items() if field.heads}


def resolve(edits: Iterable[tuple[Header, Edit]]) -> ValueState:
    """The state of one value from all its edits; repeats of a change are ignored."""
    return ValueState({}).with_edits(edits)


def comparable(value: Any) -> Any:
    """What is equal exactly when two plain values are, lists and maps included."""
    return repr(value) if isinstance(value, list | dict) else value
