"""What is sealed in a change: the short way to its edits says what the careful one says."""

from __future__ import annotations

import zlib
from uuid import uuid4

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app import errors
from caseworker_app.domain.changes import Edit
from caseworker_app.store import bodies
from caseworker_app.sync.wire.packing import Malformed, nearly_plain, plain

IDS = st.sampled_from([bytes(16), uuid4().bytes])
ODD = st.integers(0, 10).map(
    lambda n: (
        cbor2.undefined, cbor2.CBORSimpleValue(3), 2**70, cbor2.CBORTag(28, [1]), 1.5,
        cbor2.CBORTag(256, ["a"]), [[[[[1]]]]], {"a": [1]}, {b"b": 1}, b"short", -(2**64),
    )[n]
)  # fmt: skip
NUMBERS = st.integers(-(2**63), 2**63 - 1)
USUAL = st.one_of(st.text(max_size=40), NUMBERS, st.booleans(), st.none(), IDS)
ITEMS = st.lists(
    st.one_of(
        st.tuples(st.just("goal"), IDS, st.just("words"), USUAL, st.lists(IDS, max_size=2)),
        st.tuples(st.one_of(USUAL, ODD), IDS, st.just("words"), ODD, st.just([])),
        st.tuples(st.just("goal"), IDS, st.just("words"), USUAL, st.just([]), ODD),
    ),
    max_size=4,
)


def carefully(raw: bytes) -> object:
    """As it was before there was a short way."""
    try:
        items = plain(raw, bodies.MOST)
        return [bodies._edit(item) for item in items]
    except (ValueError, TypeError):
        return "damaged"


def found(raw: bytes) -> object:
    try:
        return list(bodies.edits_in(zlib.compress(raw), bodies.MOST))
    except errors.StoreDamaged:
        return "damaged"


@given(ITEMS, st.data())
@settings(max_examples=600, deadline=None)
def test_both_ways_find_the_same_whatever_the_bytes(items, data) -> None:
    raw = bytearray(cbor2.dumps(items))
    for _ in range(data.draw(st.integers(0, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    raw = raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw
    assert repr(found(bytes(raw))) == repr(carefully(bytes(raw)))


@given(st.lists(st.builds(Edit, st.just("goal"), st.uuids(), st.text(), USUAL), max_size=5))
@settings(deadline=None)
def test_what_is_packed_is_found_again(edits: list[Edit]) -> None:
    assert list(bodies.edits_in(bodies.packed(edits), bodies.MOST)) == edits


@pytest.mark.parametrize("tag", [*range(64), 100, 256, 258, 260, 261, 1004, 43000, 55799, 1 << 40])
def test_no_tag_gets_through(tag: int) -> None:
    for inside in (1, b"\x01", "a", [], [1, 2], {"a": 1}):
        with pytest.raises(Malformed):
            nearly_plain(_tagged(tag, cbor2.dumps(inside)))


def _tagged(tag: int, inside: bytes) -> bytes:
    head = cbor2.dumps(tag)
    return bytes([head[0] | 0xC0]) + head[1:] + inside


def test_nothing_may_stand_behind_the_edits() -> None:
    raw = cbor2.dumps([])
    assert found(raw) == []
    assert found(raw + b"\x00") == "damaged"
    with pytest.raises(Malformed):
        nearly_plain(raw + raw)
