"""What a log says, worked out anew and in another way than the program does.

The program brings tables up to date change by change. Here all changes are laid side by side: a
head is what no other change says it has seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from caseworker_app.domain.changes import REMOVED, Change, Edit, Header, ValueState
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.kinds import KINDS
from caseworker_app.store import codec

Value = tuple[str, UUID]

MARK = "·"
"""Stands in every text that a coach writes here, and in no other."""


@dataclass(slots=True)
class Laid:
    """All that was written in one case."""

    by_field: dict[tuple[Value, str], list[tuple[Header, Edit]]] = field(default_factory=dict)

    def heads(self, value: Value, name: str) -> list[tuple[Header, Edit]]:
        """What nobody has replaced, the one to show first."""
        written = self.by_field.get((value, name), [])
        seen = {base for _, edit in written for base in edit.bases}
        heads = [(header, edit) for header, edit in written if header.change not in seen]
        return sorted(heads, key=_latest, reverse=True)

    def fields_of(self, value: Value) -> set[str]:
        """The fields of a value that somebody wrote."""
        return {name for of, name in self.by_field if of == value}

    def values(self) -> set[Value]:
        """Everything somebody wrote about."""
        return {value for value, _ in self.by_field}

    def removed(self, value: Value) -> bool:
        """Whether it was removed by people who had seen all there is of it."""
        removals = self.heads(value, REMOVED)
        if not removals or not all(edit.value for _, edit in removals):
            return False
        known = {c for header, edit in removals for c in (header.change, *edit.bases)}
        others = self.fields_of(value) - {REMOVED}
        return all(h.change in known for name in others for h, _ in self.heads(value, name))

    def texts(self) -> set[str]:
        """Every text that was ever written."""
        written = (edit.value for edits in self.by_field.values() for _, edit in edits)
        return {value for value in written if isinstance(value, str)}


def laid(changes: Iterable[Change]) -> Laid:
    """The changes of one case, side by side."""
    found = Laid()
    for change in changes:
        for edit in change.edits:
            of = ((edit.kind, edit.entity), edit.field)
            found.by_field.setdefault(of, []).append((change.header, edit))
    return found


def differences(found: Laid, value: Value, state: ValueState, shown: dict[str, Any]) -> list[str]:
    """In what the program's own account of a value differs from this one. Names no words."""
    wrong = []
    for name in sorted(found.fields_of(value)):
        heads = found.heads(value, name)
        kept = state.fields[name].heads if name in state.fields else ()
        if [header.change for header, _ in heads] != [head.change for head in kept]:
            wrong.append(f"{value[0]}.{name}: other heads")
        elif (
            name in shown
            and name != REMOVED
            and heads
            and not _is_shown(value[0], name, heads[0][1].value, shown[name])
        ):
            wrong.append(f"{value[0]}.{name}: another value is shown")
    if bool(shown[REMOVED]) != found.removed(value):
        wrong.append(f"{value[0]}: removed or not")
    return wrong


def _is_shown(kind: str, name: str, written: Any, shown: Any) -> bool:
    """What this program does not understand is kept, and not shown."""
    return bool(written == shown) or not codec.fits(KINDS[kind], name, written)


def _latest(written: tuple[Header, Edit]) -> tuple[int, bytes, bytes]:
    header, _ = written
    return header.clock, header.device.bytes, header.change.bytes


def plain_fields(value: Entity | None) -> dict[str, Any]:
    """The plain value of each field that is shown; nothing when the value is not there."""
    if value is None:
        return {}
    return {name: codec.plain(getattr(value, name)) for name in value.field_names()}
