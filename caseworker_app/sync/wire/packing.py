"""Values as CBOR and back, trusting nobody: types, sizes, depth and number of items are checked.

Only a plain part of CBOR is taken: no tags, no indefinite lengths, no map keys but text. A message
is scanned before anything is built from it, so that a small body cannot become a large memory.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from typing import Any, NoReturn, TypeVar, cast
from uuid import UUID

import cattrs
import cbor2

T = TypeVar("T")

MOST_BYTES = 4 * 1024 * 1024 + 256 * 1024
"""Of one message: 4 MiB of changes and what is around them."""

MOST_ITEMS = 50_000
"""Of what anybody may send. Whoever is asked for much may be allowed more."""

MOST_DEPTH = 12
_COUNTED = 1 << 63

_ARRAY, _MAP, _TAG, _SIMPLE = 4, 5, 6, 7
_BYTES, _TEXT = 2, 3
_NOT_ALLOWED = 31  # indefinite length
_LONG = {24: 1, 25: 2, 26: 4, 27: 8}
_SHORT_SIMPLE = (20, 21, 22)  # false, true, null
_PLAIN_SIMPLE = (*_SHORT_SIMPLE, 25, 26, 27)  # and numbers with a fraction


_converter = cattrs.Converter(detailed_validation=False)


class Malformed(ValueError):
    """Bytes from somewhere else that are not the message they should be."""


def pack(value: Any) -> bytes:
    """A wire value as canonical CBOR: equal values give equal bytes."""
    return cbor2.dumps(_converter.unstructure(value), canonical=True)


def plain_already(cls: type[T]) -> type[T]:
    """For a message whose fields hold plain data: it is packed without looking for ids in them."""
    names = tuple(field.name for field in fields(cast("Any", cls)))
    _converter.register_unstructure_hook(
        cls, lambda value: {name: getattr(value, name) for name in names}
    )
    return cls


def unpack(
    cls: type[T], raw: bytes, most_bytes: int = MOST_BYTES, most_items: int = MOST_ITEMS
) -> T:
    """The wire value in these bytes. Malformed for anything else; unknown names are ignored."""
    return structured(cls, plain(raw, most_bytes, most_items))


def structured(cls: type[T], raw: Any) -> T:
    """The wire value in plain data. Malformed when a type or a name is missing or another one."""
    try:
        return _converter.structure(raw, cls)
    except (ValueError, TypeError, KeyError, AttributeError, cattrs.BaseValidationError):
        raise Malformed from None


def plain(raw: bytes, most_bytes: int = MOST_BYTES, most_items: int = MOST_ITEMS) -> Any:
    """The plain data in these bytes: text, numbers, bytes, None, lists and maps."""
    if len(raw) > most_bytes:
        raise Malformed
    _scan(raw, most_items)
    return _built(raw, MOST_DEPTH + 1)


def nearly_plain(raw: bytes) -> Any:
    """The same, much faster, for few bytes: the caller must still look at the type of each item.

    The decoder itself takes no tags, but `undefined` and such may stand in place of any item. So
    few bytes hold no more items than a message may. Malformed for what lies deeper than a list of
    lists of lists, too: `plain` must be asked then.
    """
    if len(raw) > MOST_ITEMS:
        raise Malformed
    # the decoder would not mind something behind the item: an end that nobody can guess shows it
    both = _built(b"\x82" + raw + _END, _FLAT)
    if both[1] != _END[1:]:
        raise Malformed
    return both[0]


_FLAT = 4
_END = b"\x50" + secrets.token_bytes(16)


def _built(raw: bytes, most_depth: int) -> Any:
    try:
        return cbor2.loads(
            raw,
            max_depth=most_depth,
            allow_indefinite=False,
            allow_duplicate_keys=False,
            strict_hashable_types=True,
            tag_hook=_refuse_tag,
            semantic_decoders=_NO_TAGS,
        )
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError):
        raise Malformed from None


def _refuse_tag(*_: Any) -> NoReturn:
    raise Malformed


# Those that the decoder has a meaning for; all others come to its hook.
_NO_TAGS = dict.fromkeys(
    (0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 100, 256, 258, 260, 261, 1004, 43000, 55799),
    _refuse_tag,
)


def _scan(raw: bytes, most_items: int) -> None:
    """Walk over the heads of all items without building one: costs little, as it stops early."""
    at, left, room = 0, 1, most_items - 1
    around: list[int] = []  # how many items are left in each container around this one
    while left or around:
        if not left:
            left = around.pop()
            continue
        left -= 1
        if at >= len(raw):
            raise Malformed
        short = _SHORT[raw[at]]
        if short:
            at += short
            continue
        kind, value, at = _head(raw, at)
        if kind in (_BYTES, _TEXT):
            at += value
        elif kind in (_ARRAY, _MAP):
            around.append(left)
            left = value * (kind - _ARRAY + 1)
            room -= left
            _refuse_what_is_too_much(room, len(around) if left else 0)
        _refuse_what_is_not_plain(kind, value)
    if at != len(raw):
        raise Malformed


def _bytes_taken(first: int) -> int:
    """How long an item is whose first byte says so; 0 when there is more to look at."""
    kind, value = first >> 5, first & 31
    if kind == _SIMPLE:
        return int(value in _SHORT_SIMPLE)
    if value >= min(_LONG) or kind in (_ARRAY, _MAP, _TAG):
        return 0
    return 1 + value if kind in (_BYTES, _TEXT) else 1


_SHORT = tuple(_bytes_taken(first) for first in range(256))
"""By the first byte. Most items are short ones, and this is where the time of a message goes."""


def _refuse_what_is_too_much(room: int, depth: int) -> None:
    if room < 0 or depth >= MOST_DEPTH:
        raise Malformed


def _refuse_what_is_not_plain(kind: int, value: int) -> None:
    if kind == _TAG or (kind == _SIMPLE and value not in _PLAIN_SIMPLE):
        raise Malformed


def _head(raw: bytes, at: int) -> tuple[int, int, int]:
    """(major type, value, position after the head) of the item that begins here."""
    first = raw[at]
    kind, value = first >> 5, first & 31
    at += 1
    if value in _LONG:
        width = _LONG[value]
        if at + width > len(raw):
            raise Malformed
        if kind == _SIMPLE:
            return (kind, value, at + width)  # a number with a fraction
        return kind, int.from_bytes(raw[at : at + width], "big"), at + width
    if value >= min(_LONG) or (value == _NOT_ALLOWED):
        raise Malformed
    return kind, value, at


def _number(raw: Any, _: Any) -> int:
    """A whole number that every table can hold."""
    if type(raw) is not int or not -_COUNTED <= raw < _COUNTED:
        raise Malformed
    return raw


def _exactly(cls: type) -> Callable[[Any, Any], Any]:
    def hook(raw: Any, _: Any) -> Any:
        if type(raw) is not cls:
            raise Malformed
        return raw

    return hook


def _id(raw: Any, _: Any) -> UUID:
    if type(raw) is not bytes:
        raise Malformed
    return UUID(bytes=raw)


_converter.register_structure_hook(int, _number)
for _cls in (str, bytes, bool):
    _converter.register_structure_hook(_cls, _exactly(_cls))
_converter.register_structure_hook(StrEnum, lambda raw, cls: cls(raw))  # before its being text
_converter.register_structure_hook(UUID, _id)
_converter.register_unstructure_hook(UUID, lambda value: value.bytes)
