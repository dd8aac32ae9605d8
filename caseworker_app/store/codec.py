"""Values as plain data and back: the same form in sealed changes, in tables and in frozen plans.

Plain means what CBOR and SQLite both take: text, numbers, bytes, None, and lists and maps of them.
Ids become 16 bytes, days ISO text, moments ISO text in UTC.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import cattrs
import cbor2

from caseworker_app import errors
from caseworker_app.domain.entity import INDEXED, SEARCHED, Entity
from caseworker_app.sync.wire.packing import plain as from_cbor

T = TypeVar("T")

_MISFITS = (
    ValueError, TypeError, KeyError, AttributeError, OverflowError, cattrs.BaseValidationError
)  # fmt: skip

_converter = cattrs.Converter()
_MOST = 1 << 31
"""No number of ours is greater, and there must be room to count on from it."""

_FIRST, _LAST = date(1, 1, 3), date(9998, 12, 31)
"""Within these a day stays one in every time zone, and a plan can look a year ahead."""

_HINTS: dict[str, dict[str, Any]] = {}


def _moment(value: datetime) -> str:
    """Aware moments in UTC; a wall time without a zone (a talk on a printed plan) as it is."""
    if value.tzinfo is None:
        return value.isoformat(timespec="seconds")
    return value.astimezone(UTC).isoformat(timespec="milliseconds")


_converter.register_unstructure_hook(UUID, lambda value: value.bytes)
_converter.register_unstructure_hook(date, date.isoformat)
_converter.register_unstructure_hook(datetime, _moment)
_converter.register_structure_hook(UUID, lambda raw, _: UUID(bytes=memoryview(raw).tobytes()))
_converter.register_structure_hook(date, lambda raw, _: date.fromisoformat(raw))
_converter.register_structure_hook(datetime, lambda raw, _: datetime.fromisoformat(raw))


def plain(value: Any) -> Any:
    """The plain form of any value of ours."""
    return _converter.unstructure(value)


def valued(cls: type[T], raw: Any) -> T:
    """The value of this class from its plain form. Unknown keys are ignored."""
    return _converter.structure(raw, cls)


def field_valued(cls: type[Entity], name: str, raw: Any) -> Any:
    """What the value of one field is, from its plain form."""
    return _converter.structure(raw, _hints(cls)[name])


def fits(cls: type[Entity], name: str, raw: Any) -> bool:
    """Whether this program understands the plain value of a field: newer ones may write others."""
    hint = _hints(cls).get(name)
    if hint is None:
        return False
    if hint in (str, bytes):
        return type(raw) is hint
    if hint in (int, bool):
        return _is_number(raw)
    try:
        found = _converter.structure(raw, hint)
    except _MISFITS:
        return False
    return raw is None or _is_usual(found, raw)


def is_text(cls: type[Entity], name: str) -> bool:
    """Whether any text fits the field, and nothing else does."""
    return _hints(cls)[name] is str


def _is_number(raw: Any) -> bool:
    return isinstance(raw, int) and -_MOST <= raw < _MOST


def _is_usual(found: Any, raw: Any) -> bool:
    """Whether pages may reckon with it. A moment without a zone compares with no other."""
    if isinstance(found, datetime):
        return found.tzinfo is not None and _FIRST <= found.date() <= _LAST
    if isinstance(found, date):
        return _FIRST <= found <= _LAST
    if type(found) is int:
        return _is_number(raw)
    return found is not None


def _hints(cls: type[Entity]) -> dict[str, Any]:
    if cls.kind not in _HINTS:
        hints = get_type_hints(cls)
        _HINTS[cls.kind] = {name: hints[name] for name in cls.field_names()}
    return _HINTS[cls.kind]


def packed(value: Any) -> bytes:
    """The plain form as canonical CBOR: equal values give equal bytes."""
    return cbor2.dumps(plain(value), canonical=True)


def unpacked(cls: type[T], raw: bytes) -> T:
    """The value of this class from its CBOR form. StoreDamaged when it is none."""
    try:
        return valued(cls, from_cbor(raw))
    except _MISFITS as error:
        raise errors.StoreDamaged from error


_SQL_TYPES = {str: "TEXT", int: "INTEGER", bool: "INTEGER", UUID: "BLOB", bytes: "BLOB"}


def columns(cls: type[Entity]) -> dict[str, str]:
    """Field name to SQL type, for all fields of a kept value but its identity."""
    return {name: _sql_type(hint) for name, hint in _hints(cls).items()}


def searched(cls: type[Entity]) -> tuple[str, ...]:
    """The fields whose words go into the full-text index."""
    return tuple(f.name for f in fields(cls) if f.metadata.get(SEARCHED))


def indexed(cls: type[Entity]) -> tuple[str, ...]:
    """The fields that get an index of their own."""
    return tuple(f.name for f in fields(cls) if f.metadata.get(INDEXED))


def _sql_type(hint: Any) -> str:
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return _SQL_TYPES.get(hint, "TEXT")
