"""Finding people while typing, whatever is typed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.lines import PersonLine
from caseworker_app.domain.people import CaseStatus
from caseworker_app.services.find import PeopleIndex


def line(name: str, number: int, **more: object) -> PersonLine:
    values: dict[str, object] = {
        "birth_date": None, "place": "", "phone": "", "status": CaseStatus.OPEN, "opened": None,
        "next_talk": None, "next_step": None, "last_talk": None, **more,
    }  # fmt: skip
    return PersonLine(case=UUID(int=number), name=name, number=f"2026-{number:04d}", **values)


PEOPLE = [
    line("Sabine Müller", 1, place="Bünde", birth_date=date(1988, 3, 7)),
    line("Karl-Heinz Mueller", 2, phone="+49 30 23125 014"),
    line("Janne Möller", 3),
    line("Zoë van der Horst", 4, others=("Petra Müller",)),
    line("Elif Yıldız", 5),
    line("Łukasz Dąbrowski", 6),
    line("Samira El Idrissi", 7),
    line("Sjoerd Dijkstra", 8, phone="06-12345678"),
]
INDEX = PeopleIndex(PEOPLE)


def found(typed: str) -> list[str]:
    return [hit.line.name for hit in INDEX.find(typed)]


@pytest.mark.parametrize("typed", ["Müller", "mueller", "MULLER", "muler", "müler", "Mülle"])
def test_every_way_to_write_an_umlaut_finds_the_same_people_first(typed: str) -> None:
    assert set(found(typed)[:2]) == {"Sabine Müller", "Karl-Heinz Mueller"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("van der", "Zoë van der Horst"),
        ("horst zoe", "Zoë van der Horst"),
        ("vn der Horst", "Zoë van der Horst"),
        ("Hrost", "Zoë van der Horst"),
        ("yildiz", "Elif Yıldız"),
        ("dabrowsky", "Łukasz Dąbrowski"),
        ("lukasz", "Łukasz Dąbrowski"),
        ("el idrisi", "Samira El Idrissi"),
        ("Dykstra", "Sjoerd Dijkstra"),
        ("heinz", "Karl-Heinz Mueller"),
        ("7.3.1988", "Sabine Müller"),
        ("07-03-1988", "Sabine Müller"),
        ("1988-03-07", "Sabine Müller"),
        ("030 23125", "Karl-Heinz Mueller"),
        ("+49 30 23125014", "Karl-Heinz Mueller"),
        ("0612345678", "Sjoerd Dijkstra"),
        ("2026-0005", "Elif Yıldız"),
        ("bünde", "Sabine Müller"),
    ],
)
def test_somebody_is_found_by(typed: str, name: str) -> None:
    assert found(typed)[0] == name


def test_a_name_in_the_network_is_found_below_the_people_themselves_and_says_where() -> None:
    hits = INDEX.find("petra müller")
    assert (hits[0].line.name, hits[0].found_in) == (
        "Zoë van der Horst",
        "Petra Müller",
    )
    assert found("müller").index("Zoë van der Horst") > 1


def test_nothing_typed_shows_everybody_in_their_order() -> None:
    assert found("  ") == [person.name for person in PEOPLE]


def test_a_word_that_fits_nobody_finds_nobody() -> None:
    assert found("xqwzk") == []
    assert found("sabine xqwzk") == []


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_is_only_a_search(typed: str) -> None:
    assert len(INDEX.find(typed)) <= len(PEOPLE)
