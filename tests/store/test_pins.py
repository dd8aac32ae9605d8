"""The coach's short PIN: kept stretched, and not the first that somebody tries."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.domain.people import Profile
from caseworker_app.errors import PinRefused
from caseworker_app.services import pins, stores
from caseworker_app.store.store import Store
from tests.builders import NOW, a_store

PIN = "4829"


@pytest.fixture
def store(tmp_path: Path):
    opened = a_store(tmp_path / "store")
    yield opened
    opened.close()


def test_before_one_is_chosen_there_is_none(store: Store):
    assert not pins.has_pin(store)
    assert not pins.check_pin(store, "")
    assert not pins.check_pin(store, PIN)


def test_only_the_chosen_one_is_right(store: Store):
    pins.set_pin(store, PIN, NOW)

    assert pins.has_pin(store)
    assert pins.check_pin(store, PIN)
    assert not pins.check_pin(store, "4820")
    assert not pins.check_pin(store, PIN + "0")
    assert not pins.check_pin(store, "")


def test_a_new_one_takes_the_place_of_the_old(store: Store):
    pins.set_pin(store, PIN, NOW)
    pins.set_pin(store, "70618243", NOW)

    assert pins.check_pin(store, "70618243")
    assert not pins.check_pin(store, PIN)


def test_what_is_kept_is_salted_and_holds_no_digits_of_it(store: Store):
    pins.set_pin(store, PIN, NOW)
    first = stores.profile(store).pin
    pins.set_pin(store, PIN, NOW)

    assert stores.profile(store).pin != first
    assert PIN not in first
    assert PIN not in repr(stores.profile(store))


def test_the_rest_of_the_profile_stays(store: Store):
    before = stores.profile(store)
    pins.set_pin(store, PIN, NOW)
    after = stores.profile(store)

    assert isinstance(after, Profile)
    assert (after.name, after.organisation) == (before.name, before.organisation)


@pytest.mark.parametrize(
    "easy",
    ["", "123", "0000", "1234", "4321", "7890", "9876", "1111", "11111111", "1212", "123123",
     "12341234", "2580", "1984", "2026", "123456789", "12a4", "４８２９", " 4829"],
)  # fmt: skip
def test_what_anybody_would_try_first_is_refused(store: Store, easy: str):
    assert not pins.is_good(easy)
    with pytest.raises(PinRefused):
        pins.set_pin(store, easy, NOW)
    assert not pins.has_pin(store)


@pytest.mark.parametrize("good", ["4829", "70618243", "1357", "19041", "0815"])
def test_other_numbers_are_good(good: str):
    assert pins.is_good(good)
