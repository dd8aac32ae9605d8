"""The recovery key is typed from paper: every slip is noticed, no habit of writing matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.errors import MistypedRecoveryKey
from caseworker_app.vault.recovery import ALPHABET, RecoveryKey, _checks

KEY = RecoveryKey(bytes.fromhex("00112233445566778899aabbccddeeff"))
bits = st.binary(min_size=16, max_size=16)
places = st.integers(min_value=0, max_value=27)
symbols = st.sampled_from(ALPHABET)


def plain(key: RecoveryKey) -> str:
    return "".join(key.groups)


def test_it_is_seven_groups_of_four_easily_told_characters():
    assert [len(group) for group in KEY.groups] == [4] * 7
    assert not set(plain(KEY)) & set("0O1IL")
    assert len(set(ALPHABET)) == 31


def test_a_printed_key_means_the_same_for_ever():
    assert KEY.text == "226F-TUA8-9VGV-K8A8-U8TS-5JA7-HZZX"


@given(bits)
def test_what_was_printed_is_read_back(random):
    assert RecoveryKey.parse(RecoveryKey(random).text).bits == random


def test_the_least_and_the_greatest_key_are_read_back():
    for random in (bytes(16), b"\xff" * 16):
        assert RecoveryKey.parse(RecoveryKey(random).text).bits == random


def test_every_single_wrong_character_is_noticed():
    right = plain(KEY)
    for place, character in enumerate(right):
        for other in set(ALPHABET) - {character}:
            with pytest.raises(MistypedRecoveryKey):
                RecoveryKey.parse(right[:place] + other + right[place + 1 :])


def test_every_swap_of_neighbours_is_noticed():
    right = plain(KEY)
    for place in range(27):
        first, second = right[place], right[place + 1]
        if first != second:
            with pytest.raises(MistypedRecoveryKey):
                RecoveryKey.parse(right[:place] + second + first + right[place + 2 :])


@given(bits, places, places, symbols, symbols)
def test_any_two_wrong_characters_are_noticed(random, one, two, first, second):
    right = plain(RecoveryKey(random))
    typed = list(right)
    typed[one], typed[two] = first, second
    if "".join(typed) != right:
        with pytest.raises(MistypedRecoveryKey):
            RecoveryKey.parse("".join(typed))


@given(st.text(max_size=60))
def test_any_other_text_is_a_mistyped_key_and_never_a_crash(typed):
    with pytest.raises(MistypedRecoveryKey):
        RecoveryKey.parse(typed)


@pytest.mark.parametrize("between", ["", " ", "-", " – ", "\u00a0", "\n", "‑", ". "])
def test_it_does_not_matter_what_stands_between_the_groups(between):
    assert RecoveryKey.parse(between.join(KEY.groups)) == KEY
    assert RecoveryKey.parse(f" {between.join(KEY.groups).lower()} ") == KEY


def test_a_character_that_no_key_has_is_read_as_its_look_alike():
    keys = [RecoveryKey(bytes([number]) * 16) for number in range(40)]
    for there, typed in (("Q", "O"), ("Q", "0"), ("7", "1"), ("7", "l"), ("J", "i")):
        key = next(key for key in keys if there in plain(key))
        assert RecoveryKey.parse(key.text.replace(there, typed)) == key


@pytest.mark.parametrize("typed", [plain(KEY)[:-1], plain(KEY) + "2", "", plain(KEY) * 2])
def test_a_key_that_is_too_short_or_too_long_is_mistyped(typed):
    with pytest.raises(MistypedRecoveryKey):
        RecoveryKey.parse(typed)


def test_a_number_greater_than_any_key_is_mistyped_although_its_checks_match():
    symbols = [30] * 26
    typed = "".join(ALPHABET[symbol] for symbol in (*symbols, *_checks(symbols)))
    with pytest.raises(MistypedRecoveryKey):
        RecoveryKey.parse(typed)


def test_two_random_keys_differ():
    assert RecoveryKey.random() != RecoveryKey.random()
