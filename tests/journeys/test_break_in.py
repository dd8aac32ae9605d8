"""Somebody has the laptop, or its files: what they can open, what they can change unnoticed."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from datetime import timedelta

import pytest

from caseworker_app.domain.names import tokens
from caseworker_app.errors import CaseworkerError, SlotsDamaged, WrongPassphrase
from caseworker_app.services import find, people, removing, stores
from caseworker_app.store.store import Store
from caseworker_app.vault import SLOTS_NAME
from tests.builders import NOW, PASSPHRASE, a_case, a_store, a_talk, say
from tests.faults import damage
from tests.faults.damage import Target

SEED = 24


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A closed store full of people. Each test may harm its file; none harms the original."""
    target = Target(tmp_path_factory.mktemp("target"))
    yield target
    assert target.noticed(target.whole) == "clean"


# --- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        PASSPHRASE.upper(),
        PASSPHRASE[:-1],
        PASSPHRASE + "a",
        "x' OR '1'='1",
        "\0",
        "a" * 9999,
    ],
)
def test_no_other_passphrase_opens(target: Target, typed: str) -> None:
    with pytest.raises(WrongPassphrase):
        stores.unlock(target.folder, typed)


def test_a_slots_file_cut_anywhere_opens_nothing_and_says_so(target: Target) -> None:
    slots_file = target.folder / SLOTS_NAME
    whole = slots_file.read_bytes()
    try:
        for length in range(len(whole.rstrip()) - 1):
            slots_file.write_bytes(whole[:length])
            with pytest.raises(SlotsDamaged):
                stores.unlock(target.folder, PASSPHRASE)
            with pytest.raises(CaseworkerError):
                stores.unlock_with_recovery(target.folder, "AAAA-" * 7)
    finally:
        slots_file.write_bytes(whole)


# --- the file ------------------------------------------------------------------------------------


def test_one_flipped_bit_in_any_page_is_noticed(target: Target) -> None:
    outcome = damage.flip_bits(target, 60, SEED)
    assert outcome.trials == 60
    assert outcome.unnoticed == []
    assert outcome.not_calm == []


def test_a_file_that_ends_too_early_is_noticed(target: Target) -> None:
    outcome = damage.cut_short(target, 30, SEED)
    assert outcome.trials == 30
    assert outcome.unnoticed == []
    assert outcome.not_calm == []


def test_a_page_of_yesterday_in_the_file_of_today_is_noticed(target: Target) -> None:
    """Each such page carries a right seal: only the chains and the projection tell."""
    outcome = damage.put_pages_back(target, 20, SEED)
    assert outcome.trials >= 10
    assert outcome.unnoticed == []
    assert outcome.not_calm == []


def test_the_whole_file_of_yesterday_is_a_sound_store_of_yesterday(target: Target) -> None:
    """An honest limit: nothing on the laptop itself remembers how far the store had come.

    Only somebody who has seen the newer changes, a server or a second laptop, can tell.
    """
    target.write_more("Theodolinde Rabenschlag")
    assert "Rabenschlag" in target.people()
    assert target.noticed(target.whole) == "clean"
    assert "Rabenschlag" not in target.people()


# --- what is typed into a search -----------------------------------------------------------------

BAD = (
    "'",
    '"',
    "''",
    '""',
    "\\",
    "%",
    "_",
    "*",
    "?",
    "(",
    ")",
    "^",
    "-",
    "+",
    ":",
    ";",
    "--",
    "/*",
    "{a b}",
    "\0",
    "\x1a",
    "\u2028",
    "\u202e",
    "\ud800",
    "' OR '1'='1",
    "'; DROP TABLE person; --",
    '" OR words MATCH "garten',
    '"garten" OR "tulpe"',
    "garten OR tulpe",
    "garten AND NOT tulpe",
    "garten NOT tulpe",
    "NEAR(garten tulpe)",
    "NEAR(garten tulpe, 99999999999999999999)",
    "words : tulpe",
    "{words} : tulpe",
    "-words : tulpe",
    "^tulpe",
    "tulp*",
    "* garten",
    "garten *",
    "1) UNION SELECT private FROM device --",
    "x' UNION SELECT 1,2,3,4 --",
    "{0.__class__}",
    "%s %n %x",
    "${jndi:ldap://x}",
    "<script>alert(1)</script>",
    "🌷",
    "👩‍👩‍👧",
    "ß" * 500,
    "ﷺ" * 100,
    "a" * 5000,
    "a " * 2000,
    "'\"" * 1000,
    unicodedata.normalize("NFD", "Gärten äöü"),
    "İıŞş",
    "שלום عليكم",
    "0" * 400,
    "9" * 400,
    "+49 (0) 30 / 1 -- 2",
)


@pytest.fixture(scope="module")
def two_people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One who speaks of a garden, one who speaks of tulips, and one whose file was removed."""
    store = a_store(tmp_path_factory.mktemp("two") / "store")
    likes = {"Anna Garten": "garten", "Bert Tulpe": "tulpe", "Cem Weg": "garten"}
    cases = {name: a_case(store, name) for name in likes}
    for name, words in likes.items():
        say(store, a_talk(store, cases[name]), f"Ich mag {words}.")
    removing.remove(store, people.file(store, cases["Cem Weg"]), NOW + timedelta(minutes=1))
    yield store
    store.close()


@pytest.mark.parametrize("wrap", ["{}", "garten {}", "{} garten", 'garten" {} "'])
def test_whatever_is_typed_finds_no_words_but_those_asked_for(two_people: Store, wrap: str) -> None:
    for bad in BAD:
        typed = wrap.replace("{}", bad)
        hits = find.words(two_people, typed)
        for hit in hits:
            there = tokens(hit.words)
            assert all(any(word.startswith(term) for word in there) for term in tokens(typed))
        assert {hit.person for hit in hits} <= {"Anna Garten", "Bert Tulpe"}
    assert [hit.person for hit in find.words(two_people, "tulpe")] == ["Bert Tulpe"]


def test_random_signs_do_no_harm_to_either_search(two_people: Store) -> None:
    chance = random.Random(SEED)
    index = find.PeopleIndex(people.lines(two_people, NOW))
    signs = "".join(BAD)
    for _number in range(400):
        typed = "".join(chance.choice(signs) for _sign in range(chance.randint(1, 12)))
        find.words(two_people, typed)
        assert {hit.line.name for hit in index.find(typed)} <= {"Anna Garten", "Bert Tulpe"}


@pytest.mark.parametrize("bad", BAD)
def test_whatever_is_typed_for_a_person_finds_only_people_who_are_there(
    two_people: Store, bad: str
) -> None:
    index = find.PeopleIndex(people.lines(two_people, NOW))
    assert {hit.line.name for hit in index.find(bad)} <= {"Anna Garten", "Bert Tulpe"}
    assert [hit.line.name for hit in index.find(f"{bad} tulpe")] in ([], ["Bert Tulpe"])
