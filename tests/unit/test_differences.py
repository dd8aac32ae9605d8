"""What two texts differ in is marked, whole words, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.differences import differing

MOST_SECONDS = 2.0
TEXTS = st.lists(
    st.sampled_from(["I", "will", "two", "days,", "Tuesday\nand", ".", "“", "030", "ich"])
).map(" ".join)


def marked(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    return [text[start : start + length] for start, length in spans]


@pytest.mark.parametrize(
    ("one", "other", "mine", "theirs"),
    [
        (
            "Ich will zwei Tage in der Woche gebraucht werden.",
            "Ich will am Dienstag gebraucht werden.",
            ["zwei Tage in der Woche"],
            ["am Dienstag"],
        ),
        ("030 23125 014", "030 23125 041", ["014"], ["041"]),
        ("Es geht.", "Es geht gut.", [], ["gut"]),
        ("Es geht", "Es  geht", [], []),
        ("Ja", "", ["Ja"], []),
        ("Größe", "größe", ["Größe"], ["größe"]),
        ("", "", [], []),
    ],
)
def test_words_that_only_one_has_are_marked(one, other, mine, theirs):
    left, right = differing(one, other)
    assert (marked(one, left), marked(other, right)) == (mine, theirs)


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_what_is_not_marked_is_the_same_in_both(one: str, other: str):
    left, right = differing(one, other)
    assert unmarked(one, left) == unmarked(other, right)


@given(TEXTS, TEXTS)
def test_marks_lie_in_the_text_one_after_the_other_and_on_words(one: str, other: str):
    end = 0
    for start, length in differing(one, other)[0]:
        assert end <= start
        assert length > 0
        end = start + length
        assert not one[start].isspace()
        assert not one[end - 1].isspace()
    assert end <= len(one)


def unmarked(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    kept = list(text)
    for start, length in spans:
        kept[start : start + length] = " " * length
    return re.findall(r"[^\W_]+|[^\w\s]|_", "".join(kept))


def test_two_very_long_texts_are_compared_in_no_time():
    one = "Ich will wieder arbeiten und ich will Ruhe. " * 700
    other = one.replace("Ruhe", "Garten", 30)
    before = process_time()
    assert differing(one, other) != ((), ())
    assert process_time() - before < MOST_SECONDS
