"""The pictograms of the life domains, as they are drawn on paper."""

from __future__ import annotations

import math

import pytest

from caseworker_app import paths
from caseworker_app.domain.life import LIFE_DOMAINS
from caseworker_app.printing import pictogram

NAMES = sorted(file.stem for file in (paths.resources() / "pictograms").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_every_pictogram_stays_inside_its_grid(name: str) -> None:
    shapes = pictogram.shapes(name)
    assert shapes
    for segments, _ in shapes:
        assert segments[0][0] == "M"
        for kind, numbers in segments:
            assert len(numbers) == {"M": 2, "L": 2, "C": 6, "Z": 0}[kind]
            assert all(-0.5 <= number <= 24.5 for number in numbers)


def test_every_life_domain_has_its_pictogram_and_a_goal_without_one_has_a_star() -> None:
    assert {pictogram.of_domain(domain.id) for domain in LIFE_DOMAINS} < set(NAMES)
    assert pictogram.of_domain("") == "X01_wishes"


def test_a_circle_is_round() -> None:
    (segments, filled), *_ = pictogram.shapes("L01_day")
    assert not filled
    ends = [numbers[-2:] for kind, numbers in segments if kind == "C"]
    assert len(ends) == 4
    assert all(math.isclose(math.dist(end, (12, 12)), 5.5) for end in ends)


def test_arcs_end_where_the_file_says_and_closed_shapes_are_filled_where_asked() -> None:
    waves = pictogram.shapes("L07_home")[1][0]
    points = [numbers[-2:] for kind, numbers in waves if kind == "C"]
    assert points == [pytest.approx((7, 21)), pytest.approx((19, 19))]
    assert any(filled for _, filled in pictogram.shapes("L10_family"))
