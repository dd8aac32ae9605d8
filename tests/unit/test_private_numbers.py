from __future__ import annotations

import pytest

from caseworker_app.domain.private_numbers import holds_private_number


@pytest.mark.parametrize("bsn", ["111222333", "123456782", "1112.22.333", "111 222 333"])
def test_a_bsn_is_noticed_however_it_is_written(bsn):
    assert holds_private_number(bsn)
    assert holds_private_number(f"haar nummer is {bsn}, zei ze")


@pytest.mark.parametrize("tax_id", ["86095742719", "47036892816", "86 095 742 719"])
def test_a_german_tax_id_is_noticed(tax_id):
    assert holds_private_number(tax_id)
    assert holds_private_number(f"Steuer-ID: {tax_id}.")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Hört links schlechter",
        "+49 30 23125 111",
        "+31 6 12345678",
        "030 23125 014",
        "06 12 34 56 78",
        "0612345678",
        "04.05.2001",
        "2026-0417",
        "111222334",
        "86095742718",
        "000000000",
        "1112223330",
        "12345678903",
        "1013 LX",
    ],
)
def test_telephone_numbers_days_and_other_numbers_are_left_alone(words):
    assert not holds_private_number(words)


def test_one_wrong_digit_makes_it_another_number():
    for place in range(9):
        other = list("123456782")
        other[place] = str((int(other[place]) + 1) % 10)
        assert not holds_private_number("".join(other))


def test_a_telephone_number_may_look_like_a_bsn_with_a_zero_in_front():
    assert holds_private_number("010464554")
    assert not holds_private_number("010464554", phone=True)
    assert holds_private_number("111222333", phone=True)
