"""Statements side by side, and the part of a long list: any number of them, in any order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from ui.forms.side_by_side import placed
from ui.forms.some_of_many import part_of

SAID = st.lists(st.tuples(st.booleans(), st.integers(20, 400)), max_size=30)


def places(said: list[tuple[bool, int]], width: int) -> list[QRect]:
    measured = [(own, lambda _width, height=height: height) for own, height in said]
    return placed(measured, width, below=8, beside=16, narrowest=300)


@given(SAID, st.integers(200, 1200))
def test_no_statement_lies_on_another_and_later_ones_never_begin_higher(said, width):
    found = places(said, width)
    assert [place.height() for place in found] == [height for _own, height in said]
    assert [place.top() for place in found] == sorted(place.top() for place in found)
    for number, place in enumerate(found):
        assert QRect(0, 0, width, 10**6).contains(place)
        assert not any(place.intersects(other) for other in found[:number])


@given(SAID)
def test_with_room_for_two_the_participants_words_stand_at_the_left(said):
    found = places(said, 700)
    both = len({own for own, _height in said}) == 2
    for (own, _height), place in zip(said, found, strict=True):
        assert place.width() == (342 if both else 700)
        assert place.left() == (358 if both and not own else 0)


@given(SAID, st.integers(200, 615))
def test_without_room_for_two_they_stand_below_each_other(said, width):
    assert {place.width() for place in places(said, width)} <= {width}


@given(st.integers(1, 5000), st.integers(1, 100), st.data())
def test_the_part_of_a_long_list_holds_the_current_place(total, most, data):
    current = data.draw(st.integers(0, total - 1))
    part = part_of(total, current, most)
    assert part.first <= current < part.end <= total
    assert part.end - part.first <= most
    assert part.before + (part.end - part.first) + part.after == total
