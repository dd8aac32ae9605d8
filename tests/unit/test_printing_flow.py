"""Strips flow onto pages: none is lost, no page overflows, what belongs together stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.printing.flow import Strip, kept_together, pages

HEIGHT = 100.0


def nothing(_canvas: object, _y: float) -> None:
    """Draws nothing, but is no white space."""


def strip(height: float = 10, **more: object) -> Strip:
    return Strip(height, nothing, **more)


@given(
    st.lists(
        st.builds(
            strip, st.floats(1, 100), keep=st.booleans(), opener=st.booleans(), above=st.just(())
        ),
        min_size=1,
        max_size=60,
    )
)
def test_every_strip_is_printed_once_and_no_page_overflows(strips: list[Strip]) -> None:
    laid_out = pages(strips, HEIGHT)
    assert [one for page in laid_out for one in page] == strips
    assert all(sum(one.height for one in page) <= HEIGHT + 0.1 for page in laid_out)
    assert all(laid_out)


def test_what_belongs_together_moves_to_the_next_page_together() -> None:
    first, second = strip(60), [strip(30), strip(30)]
    assert pages([first, *kept_together(second, 80)], HEIGHT)[1][0].height == 30
    assert len(pages([first, *second], HEIGHT)[0]) == 2


def test_what_is_higher_than_its_limit_may_be_parted() -> None:
    block = [strip(30) for _ in range(4)]
    assert kept_together(block, 100) == block


def test_no_more_than_two_goals_begin_on_a_page() -> None:
    laid_out = pages([strip(opener=True) for _ in range(5)], HEIGHT)
    assert [len(page) for page in laid_out] == [2, 2, 1]


def test_white_space_vanishes_at_the_top_of_a_page() -> None:
    laid_out = pages([strip(95), Strip(10), strip(20)], HEIGHT)
    assert [len(page) for page in laid_out] == [1, 1]


def test_the_head_of_a_table_is_repeated_overleaf() -> None:
    head = strip(10)
    rows = [strip(30, above=(head,)) for _ in range(6)]
    laid_out = pages([head, *rows], HEIGHT)
    assert [len(page) for page in laid_out] == [4, 4]
