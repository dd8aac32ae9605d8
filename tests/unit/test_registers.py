"""The short ways to the registers of a value say what the general one says."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.changes import REMOVED, Edit, Header, ValueState
from caseworker_app.store import registers

VALUE, CASE = UUID(int=1), UUID(int=2)
FIELDS = ("words", "section", "said", "conversation", "draft", "from a newer program", REMOVED)
RAW = st.one_of(
    st.text(max_size=3),
    st.binary(max_size=3),
    st.integers(-3, 3),
    st.booleans(),
    st.none(),
    st.sampled_from(["2026-11-28T09:00:00.000+00:00", UUID(int=7).bytes, 1 << 70]),
)


def header(number: int) -> Header:
    return Header(UUID(int=3), CASE, UUID(int=100 + number), UUID(int=4), number, b"", number, 3, 1)


@st.composite
def straight(draw: st.DrawFn) -> list[tuple[Header, Edit]]:
    """A value as it mostly comes: each edit of a field on the one before."""
    listed: list[tuple[Header, Edit]] = []
    last: dict[str, UUID] = {}
    for number in range(1, draw(st.integers(1, 3)) + 1):
        here = header(number)
        for field in draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=5, unique=True)):
            bases = (last[field],) if field in last else ()
            listed.append((here, Edit("statement", VALUE, field, draw(RAW), bases)))
            last[field] = here.change
    return listed


@given(straight())
def test_what_begins_is_kept_as_if_it_had_gone_the_long_way(edits):
    short = registers.begun("statement", edits)
    long = registers.kept("statement", ValueState({}).with_edits(edits))
    assert short in (None, long)
    assert short is None or [*map(type, short[2].values())] == [*map(type, long[2].values())]


@pytest.mark.parametrize("fields", [("words",), ("words", "section", "said")])
def test_what_one_change_says_goes_the_short_way(fields):
    edits = [
        (header(1), Edit("statement", VALUE, one, "2026-11-28T09:00:00.000+00:00"))
        for one in fields
    ]
    assert registers.begun("statement", edits) == registers.kept(
        "statement", ValueState({}).with_edits(edits)
    )
