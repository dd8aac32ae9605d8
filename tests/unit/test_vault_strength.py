"""The strength meter tells the truth, and a proposal is worth 64 bits."""

from __future__ import annotations

import math
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.i18n import LANGUAGES
from caseworker_app.vault.strength import proposal, strength, words_of


@pytest.mark.parametrize(
    "guessed_first",
    [
        "sommer2024sommer2024",
        "qwertzuiopqwertzuiop",
        "wachtwoord wachtwoord",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "Amsterdam2024!",
        "welkom welkom welkom",
        "ich liebe dich",
        "123456789012345678",
        "Passwort123456",
        "november november 2026",
    ],
)
def test_what_is_guessed_first_is_not_enough_however_long(guessed_first):
    assert not strength(guessed_first).enough


@pytest.mark.parametrize("short", ["xK9#qT2!vB7$w", "zv8 qk", "a b c d"])
def test_what_is_too_short_is_not_enough_however_random(short):
    assert not strength(short).enough


@pytest.mark.parametrize(
    "good", ["zebra tulp fiets winter kaas", "xK9#qT2!vB7$wmZp", "anker dünen löffel trommel süden"]
)
def test_five_words_or_fourteen_random_characters_are_enough(good):
    assert strength(good).enough


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proposal_is_enough_even_for_who_knows_our_lists(language):
    proposed = [proposal(language) for _ in range(20)]
    assert all(strength(words).enough for words in proposed)
    assert len(set(proposed)) == 20
    choices = math.perm(len(words_of(language)), len(proposed[0].split()))
    assert math.log2(choices) >= 64


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_lists_are_long_and_easy_to_type(language):
    words = words_of(language)
    assert len(words) >= 2048
    assert len(set(words)) == len(words)
    assert all(re.fullmatch("[a-z]{3,10}", word) for word in words)


def test_four_words_of_our_lists_count_for_less_than_six():
    four = strength("anker brood winter kaas")
    six = strength("anker brood winter kaas tulp fiets")
    assert four.level < six.level == 4
    assert four.advice in ("One more word.", "Good. One more word makes it very strong.")


def test_the_coachs_own_names_do_not_count():
    personal = ["Annegret Tiedemann", "Fallwerk Niederrhein"]
    words = "Tiedemann Annegret Fallwerk Niederrhein"
    assert strength(words).level > strength(words, personal).level
    assert strength(words, personal).advice.startswith("Leave out names")


@pytest.mark.parametrize(
    ("passphrase", "advice"),
    [
        ("", "Take five or more words that do not belong together."),
        ("brood", "Make it longer: at least 14 characters, or five words."),
        ("abcdefabcdef", "Leave out repetitions, rows of keys, numbers in order and dates."),
        ("de kat is nat", "One more word."),
    ],
)
def test_the_advice_says_what_to_do_next(passphrase, advice):
    assert strength(passphrase).advice == advice


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_a_level_and_a_sentence(text):
    found = strength(text, [text[:5]])
    assert 0 <= found.level <= 4
    assert found.advice.endswith(".")


def test_the_estimator_is_not_loaded_before_it_is_needed():
    loaded = "import sys, caseworker_app.vault.strength; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
