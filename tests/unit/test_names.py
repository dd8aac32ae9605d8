"""How words are folded: the same for every way to write them, and while they are being typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.lines import PersonLine
from caseworker_app.domain.names import as_name, digits, folded, tokens
from caseworker_app.services.find import PeopleIndex
from tests.unit.test_find import line

LETTERS = "abeijouyzßäöüéçğıİşøœæłđñÿĳŻÅ'’- "


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "MUELLER"), ("Dijkstra", "Dykstra"), ("Weiß", "WEISS"), ("Yıldız", "yildiz"),
        ("İnci", "inci"), ("Ĳsbrand", "IJsbrand"), ("Łódź", "lodz"), ("Æbelø", "aebelo"),
        ("Bünde", "bu\u0308nde"), ("𝐓𝐨𝐦", "tom"), ("Ｍüller", "muller"),
    ],
)  # fmt: skip
def test_two_ways_to_write_a_name_are_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@given(st.text(LETTERS, min_size=1, max_size=12), st.integers(1, 11))
@settings(max_examples=500, deadline=None)
def test_a_word_begun_is_the_beginning_of_the_word(word: str, length: int) -> None:
    """Otherwise a name would vanish from the list while it is typed, and come back."""
    assert "".join(tokens(word)).startswith("".join(tokens(word[:length])))


def test_a_name_with_ij_stays_in_the_list_while_it_is_typed() -> None:
    index = PeopleIndex([line("Sjoerd Dijkstra", 1), line("Wijnand Dyk", 2)])
    for name in ("Dijkstra", "dykstra"):
        for length in range(1, len(name) + 1):
            found: list[PersonLine] = [hit.line for hit in index.find(name[:length])]
            assert "Sjoerd Dijkstra" in [person.name for person in found], name[:length]


def test_signs_are_no_part_of_a_word() -> None:
    assert tokens("☕Kaffee, →Arbeit! 20 °C_x") == ("kaffee", "arbeit", "20", "c", "x")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("zoë van dijk", "Zoë Van Dijk"), ("  Jan  de Wit ", "Jan de Wit"), ("030 123", ""), ("", "")],
)
def test_what_was_looked_for_as_a_name(typed: str, name: str) -> None:
    assert as_name(typed) == name


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("+49 30 23125", "03023125"), ("0049 30 23125", "03023125"), ("+31 (0)6 1234", "061234"),
        ("49 30", "4930"), ("7.3.1988", "731988"),
    ],
)  # fmt: skip
def test_telephone_numbers_lose_the_prefix_of_their_country(written: str, bare: str) -> None:
    assert digits(written) == bare
