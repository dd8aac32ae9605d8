"""Where people wrote different things unseen by each other, and what stood there before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from uuid import UUID

from caseworker_app.domain.changes import Edit, ValueState
from caseworker_app.domain.disputes import disputed_fields
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.kinds import KINDS
from caseworker_app.store import codec, log, projection, registers
from caseworker_app.store.transactions import Changing, Reading

Opened = dict[UUID, tuple[Edit, ...]]
"""Changes that were opened already: the first one of a case may hold a whole file."""

FARTHEST = 200
"""So many changes of one field are looked back through for what stood there before."""

# A partial index holds nothing but these rows, so it makes no difference how many others there are.
_APART = " UNION ALL ".join(
    f"SELECT '{kind}' AS kind, id, case_id, {place} AS place, _row FROM {kind}"  # noqa: S608
    f" WHERE _disputed AND NOT removed"
    for place, kind in enumerate(KINDS)
)
_LISTED = f"""
SELECT apart.kind, apart.id, apart.case_id FROM ({_APART}) apart
LEFT JOIN case_file f ON f.id = apart.case_id
WHERE f.removed IS NOT 1 AND (? IS NULL OR apart.case_id = ?)
ORDER BY apart.case_id, apart.place, apart._row
"""  # noqa: S608


@dataclass(frozen=True, slots=True, repr=False)
class Contested:
    """A value in which something has to be decided, with all its registers."""

    value: Entity
    state: ValueState

    @property
    def fields(self) -> tuple[str, ...]:
        """What has to be decided. What a newer program wrote is left to it, too."""
        return tuple(
            name
            for name in disputed_fields(type(self.value), self.state)
            if all(self.understands(name, head.value) for head in self.state.fields[name].heads)
        )

    def understands(self, name: str, plain: Any) -> bool:
        """Whether this program knows what a field says."""
        return codec.fits(type(self.value), name, plain)

    def typed(self, name: str, plain: Any) -> Any:
        """What a head of this field says, as the value itself would hold it."""
        if not self.understands(name, plain):
            return getattr(self.value, name, None)
        return codec.field_valued(type(self.value), name, plain)


def contested(reading: Reading, case: UUID | None = None) -> list[Contested]:
    """The values in dispute of one case, or of all whose files are in view."""
    wanted = case.bytes if case else None
    rows = reading.connection.exec_driver_sql(_LISTED, (wanted, wanted)).fetchall()
    found = (contested_value(reading, KINDS[k], UUID(bytes=i), UUID(bytes=c)) for k, i, c in rows)
    return [one for one in found if one is not None]


def contested_value(
    reading: Reading, cls: type[Entity], value_id: UUID, case: UUID
) -> Contested | None:
    """One value as it stands at this moment; None when it is not here."""
    state, value = projection.load(reading.connection, cls, value_id, case)
    return Contested(value, state) if value is not None else None


def settle(changing: Changing, one: Contested, name: str, value: Any) -> None:
    """Let this value replace all that people wrote in a field: the dispute ends everywhere.

    For `removed`, that is everything that anybody wrote about the value.
    """
    about = one.value
    edit = Edit(about.kind, about.id, name, codec.plain(value), one.state.heads_of(name))
    changing.append(about.case, [edit], {about.id: one.state})


def before(reading: Reading, one: Contested, name: str, opened: Opened) -> tuple[bool, Any]:
    """(whether it is known, what) stood in a field before people went apart.

    It is the newest change that all of them had seen. Where none of them saw any, nothing had been
    written there.
    """
    heads = one.state.fields[name].heads
    walks = [_back_from(reading, one, name, head.change, opened) for head in heads]
    seen: list[set[UUID]] = [set() for _ in walks]
    for step in zip_longest(*walks):
        for known, found in zip(seen, step, strict=True):
            if found is None:
                continue
            change, edit = found
            known.add(change)
            if all(change in others for others in seen):
                return one.understands(name, edit.value), one.typed(name, edit.value)
    if any(seen):
        return False, None
    return True, one.typed(name, registers.DEFAULTS[one.value.kind][name])


def _back_from(
    reading: Reading, one: Contested, name: str, head: UUID, opened: Opened
) -> Iterator[tuple[UUID, Edit]]:
    """The changes of a field that led to `head`, the nearest first; only those that are here."""
    waiting, known = [head], {head}
    while waiting and len(known) < FARTHEST:
        change = waiting.pop(0)
        if change not in opened:
            opened[change] = log.edits_of(reading.connection, reading.place.keys, change)
        for edit in opened[change]:
            if (edit.entity, edit.field) == (one.value.id, name):
                if change != head:
                    yield change, edit
                waiting += [base for base in edit.bases if base not in known]
                known.update(edit.bases)
