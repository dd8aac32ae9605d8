"""The participant's fixed words: every one in every language, and addressed as people wish."""

from __future__ import annotations

import re
import string

import pytest

from caseworker_app.content.participant import (
    LANGUAGES,
    NAMES,
    Tongue,
    domain_name,
    domains,
    say,
    tongue,
    words,
)
from caseworker_app.domain.guide import FORMS, Words
from caseworker_app.domain.life import LIFE_DOMAINS, WISHES_PICTOGRAM

POLITE = {"de": re.compile(r"\b(Sie|Ihr|Ihre\w*|Ihnen)\b"), "nl": re.compile(r"\b([Uu]|[Uu]w)\b")}
FAMILIAR = {
    "de": re.compile(r"\b([Dd]u|[Dd]ir|[Dd]ich|[Dd]ein\w*)\b"),
    "nl": re.compile(r"\b([Jj]e|[Jj]ij|[Jj]ou|[Jj]ouw)\b"),
}
ALL = {**{f"words.{key}": text for key, text in words().items()},
       **{f"domains.{key}": text for key, text in domains().items()}}  # fmt: skip
EACH = pytest.mark.parametrize(("key", "text"), ALL.items(), ids=ALL)


@EACH
def test_every_word_is_said_in_all_six_languages(key: str, text: Words):
    assert {tag for tag, _words in text.by_language if "-" not in tag} == set(LANGUAGES), key


@EACH
def test_there_are_no_other_forms_than_those_of_the_guides(key: str, text: Words):
    known = {f"{code}-{form}" if form else code for code in LANGUAGES for form in FORMS}
    assert {tag for tag, _words in text.by_language} <= known, key


@EACH
def test_whoever_is_addressed_politely_can_be_addressed_informally_too(key: str, text: Words):
    given = dict(text.by_language)
    for language, polite in POLITE.items():
        for base, informal in (("", "-informal"), ("-plain", "-plain-informal")):
            if polite.search(given.get(language + base, "")):
                assert language + informal in given, f"{key}: {language + informal} is missing"


@EACH
def test_nobody_is_addressed_in_two_ways_at_once(key: str, text: Words):
    for tag, said in text.by_language:
        language, _, form = tag.partition("-")
        if language in POLITE:
            wrong = POLITE if "informal" in form else FAMILIAR
            assert not wrong[language].search(said), f"{key} ({tag}): {said}"


@EACH
def test_no_form_only_repeats_what_a_nearer_one_says(key: str, text: Words):
    for tag, said in text.by_language:
        others = Words(tuple(pair for pair in text.by_language if pair[0] != tag))
        if "-" in tag:
            assert others.to(tag) != said, f"{key}: {tag} can be left out"


@EACH
def test_the_same_gaps_are_filled_in_every_language(key: str, text: Words):
    def gaps(said: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(said) if name}

    assert len({frozenset(gaps(said)) for _tag, said in text.by_language}) == 1, key


@EACH
def test_all_is_written_in_the_letters_of_its_language(key: str, text: Words):
    letters = {"uk": re.compile(r"[А-ЯҐЄІЇа-яґєії]"), "ar": re.compile(r"[\u0621-\u064a]")}
    for tag, said in text.by_language:
        assert said == said.strip()
        assert '"' not in said
        assert "  " not in said
        if tag in letters and not re.fullmatch(r"[\W\d{}a-z]*", said):
            assert letters[tag].search(said), f"{key}: {tag}"


def test_every_part_of_life_has_an_everyday_name():
    named = {domain.id for domain in LIFE_DOMAINS} | {WISHES_PICTOGRAM[:3], "X02"}
    assert set(domains()) == named
    assert domain_name("L04", "nl") == "Werk en wat ik doe"
    assert domain_name("L04", "tr") == "İş ve yaptıklarım"


def test_a_sentence_is_said_in_the_form_somebody_likes():
    assert say("satisfied", "de") == "Wie zufrieden sind Sie damit?"
    assert say("satisfied", "de-informal") == "Wie zufrieden bist du damit?"
    assert say("satisfied", "nl-plain-informal") == "Hoe tevreden ben je hiermee?"
    assert say("back-to", "ar", name="Miriam") == "العودة إلى Miriam"


def test_a_guide_speaks_the_coachs_language_where_it_lacks_the_participants():
    said = Words((("de", "Ihr Tag"), ("de-informal", "Dein Tag"), ("en", "Your day")))
    assert tongue("uk", "de", plain=False, informal=True).text(said) == "Dein Tag"
    assert tongue("en", "de", plain=True, informal=True).text(said) == "Your day"


def test_who_speaks_another_language_is_met_in_that_of_the_screen():
    assert tongue("pap", "nl", plain=True, informal=False) == Tongue("nl-plain", "nl-plain")
    assert not tongue("uk", "nl", plain=False, informal=False).is_from_the_right
    assert tongue("ar", "nl", plain=False, informal=False).is_from_the_right


def test_every_language_is_called_by_its_own_name():
    assert tuple(NAMES) == LANGUAGES
