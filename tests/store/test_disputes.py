"""Two coaches wrote different things without a network: both stay, and either of them decides."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.changes import REMOVED
from caseworker_app.domain.disputes import Dispute
from caseworker_app.domain.goals import Goal, Step
from caseworker_app.domain.people import CaseFile, Person
from caseworker_app.domain.talk import Statement
from caseworker_app.services import answers, checking, disputes, goals, people, removing
from caseworker_app.store import drafts, erasing
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case, a_profile, a_store, a_talk, say
from tests.store.test_exchange import entries, introduce, share, take_in_all

NAMES = {"one": "Femke de Boer", "two": "Dunja Demir", "three": "Noor Bos"}
LATER = NOW + timedelta(hours=1)


@dataclass
class Laptops:
    """Laptops of colleagues who share one case and meet when they are told to."""

    stores: dict[str, Store]
    case: UUID
    goal: Goal

    def meet(self) -> None:
        """Everybody gets everything."""
        for taker in self.stores.values():
            for giver in self.stores.values():
                if giver is not taker:
                    take_in_all(taker, entries(giver, self.case))

    def name(self, device: UUID) -> str:
        return next(
            NAMES[name] for name, store in self.stores.items() if store.keys.device_id == device
        )

    def disputes(self, who: str) -> tuple[Dispute, ...]:
        return disputes.listed(self.stores[who], self.case, self.name)

    def only(self, who: str) -> Dispute:
        (dispute,) = self.disputes(who)
        return dispute

    def write(self, who: str, words: str, at: Any = NOW) -> None:
        store = self.stores[who]
        seen = self.shown(who)
        goals.save_goal(store, replace(seen, words=words), seen, at)

    def shown(self, who: str) -> Goal:
        with self.stores[who].reading() as reading:
            goal = reading.get(Goal, self.goal.id)
        assert goal
        return goal

    def values(self, who: str) -> set[str]:
        """All texts that can be seen: the one that stands, or the sides of the dispute."""
        found = {side.value for d in self.disputes(who) if d.field == "words" for side in d.sides}
        return found or {self.shown(who).words}


def colleagues(folder: Path, names: str) -> dict[str, Store]:
    """Laptops that know each other."""
    stores = {name: a_store(folder / name, a_profile(NAMES[name])) for name in names.split()}
    for store in stores.values():
        for other in stores.values():
            if store is not other:
                introduce(store, other)
    return stores


def sharing_a_case(stores: dict[str, Store], words: str = "I want out.") -> Laptops:
    """A new case with one goal, on all of them."""
    first, *others = stores.values()
    case = a_case(first, "Wim Hoekstra")
    for other in others:
        share(case, first, other)
    laptops = Laptops(stores, case, goals.add_goal(first, case, words, "L04", NOW))
    laptops.meet()
    return laptops


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    """Three laptops for many cases; in the end nothing in them may contradict the log."""
    stores = colleagues(tmp_path_factory.mktemp("three"), "one two three")
    yield stores
    for store in stores.values():
        assert checking.check_open(store).findings == []
        store.close()


@pytest.fixture
def laptops(three: dict[str, Store]) -> Laptops:
    """Two of them with a case of their own."""
    return sharing_a_case({name: three[name] for name in ("one", "two")})


@pytest.fixture
def apart(laptops: Laptops) -> Laptops:
    """Both have written another text for the same goal, and have met."""
    laptops.write("one", "Two days a week.", NOW + timedelta(minutes=5))
    laptops.write("two", "On Tuesday and Friday.", NOW + timedelta(minutes=40))
    laptops.meet()
    return laptops


def test_both_texts_stand_side_by_side_with_who_and_when_and_the_text_before(apart: Laptops):
    dispute = apart.only("one")
    assert (dispute.about.id, dispute.field) == (apart.goal.id, "words")
    assert (dispute.person and dispute.person.name, dispute.setting.number) == ("Wim Hoekstra", 1)
    mine, theirs = dispute.sides
    assert (mine.value, theirs.value) == ("Two days a week.", "On Tuesday and Friday.")
    assert [(a.name, a.mine, a.at) for side in dispute.sides for a in side.authors] == [
        ("Femke de Boer", True, NOW + timedelta(minutes=5)),
        ("Dunja Demir", False, NOW + timedelta(minutes=40)),
    ]
    assert (dispute.before_known, dispute.before) == (True, "I want out.")


def test_each_sees_their_own_text_first(apart: Laptops):
    assert [side.value for side in apart.only("two").sides] == [
        "On Tuesday and Friday.",
        "Two days a week.",
    ]


@pytest.mark.parametrize("who", ["one", "two"])
@pytest.mark.parametrize("chosen", ["Two days a week.", "On Tuesday and Friday.", "Both."])
def test_whoever_decides_it_is_over_everywhere(apart: Laptops, who: str, chosen: str):
    assert disputes.settle(apart.stores[who], apart.only(who), chosen, LATER)
    apart.meet()
    for name, store in apart.stores.items():
        assert apart.disputes(name) == ()
        assert disputes.count(store, apart.case) == 0
        assert apart.shown(name).words == chosen


def test_equal_words_are_no_dispute(laptops: Laptops):
    laptops.write("one", "Two days a week.")
    laptops.write("two", "Two days a week.")
    laptops.meet()
    assert laptops.disputes("one") == ()
    assert disputes.count(laptops.stores["two"], laptops.case) == 0


def test_what_both_wrote_alike_stands_on_one_side_with_both_of_them(three: dict[str, Store]):
    laptops = sharing_a_case(three)
    for who, words in (("one", "A"), ("two", "B"), ("three", "B")):
        laptops.write(who, words)
    laptops.meet()
    sides = laptops.only("one").sides
    assert [(s.value, [a.name for a in s.authors]) for s in sides] == [
        ("A", ["Femke de Boer"]),
        ("B", ["Dunja Demir", "Noor Bos"]),
    ]


def test_a_third_text_that_arrives_meanwhile_is_never_overwritten(three: dict[str, Store]):
    laptops = sharing_a_case(three)
    for who, words in (("one", "A"), ("two", "B"), ("three", "C")):
        laptops.write(who, words)
    take_in_all(laptops.stores["one"], entries(laptops.stores["two"], laptops.case))
    looked_at = laptops.only("one")
    laptops.meet()
    assert not disputes.settle(laptops.stores["one"], looked_at, "A", LATER)
    assert laptops.values("one") == {"A", "B", "C"}


def test_what_was_decided_before_the_third_text_came_is_shown_again_with_what_is_left(
    three: dict[str, Store],
):
    laptops = sharing_a_case(three)
    for who, words in (("one", "A"), ("two", "B"), ("three", "C")):
        laptops.write(who, words)
    take_in_all(laptops.stores["one"], entries(laptops.stores["two"], laptops.case))
    assert disputes.settle(laptops.stores["one"], laptops.only("one"), "A", LATER)
    laptops.meet()
    for who in laptops.stores:
        assert laptops.values(who) == {"A", "C"}
    assert laptops.only("one").before == "I want out."
    assert disputes.settle(laptops.stores["three"], laptops.only("three"), "C", LATER)
    laptops.meet()
    assert {laptops.shown(who).words for who in laptops.stores} == {"C"}


def test_both_decide_differently_at_the_same_time_and_nothing_is_lost(apart: Laptops):
    for who, words in (("one", "Two days."), ("two", "Tuesdays.")):
        assert disputes.settle(apart.stores[who], apart.only(who), words, LATER)
    apart.meet()
    assert apart.values("one") == apart.values("two") == {"Two days.", "Tuesdays."}
    assert disputes.settle(apart.stores["one"], apart.only("one"), "Tuesdays.", LATER)
    apart.meet()
    assert apart.disputes("two") == ()


def test_what_somebody_else_decided_meanwhile_is_not_decided_again(apart: Laptops):
    looked_at = apart.only("one")
    assert disputes.settle(apart.stores["two"], apart.only("two"), "Settled there.", LATER)
    apart.meet()
    assert not disputes.settle(apart.stores["one"], looked_at, "Two days a week.", LATER)
    assert apart.shown("one").words == "Settled there."


def test_writing_on_in_a_dispute_goes_on_with_ones_own_text_alone(apart: Laptops):
    seen = replace(apart.shown("one"), words="Two days a week.")
    goals.save_goal(apart.stores["one"], replace(seen, words="Two whole days."), seen, LATER)
    apart.meet()
    assert apart.values("two") == {"Two whole days.", "On Tuesday and Friday."}
    assert apart.only("two").before == "I want out."


def test_the_text_before_is_the_last_that_both_had_seen(laptops: Laptops):
    for who, words in (("one", "1"), ("one", "1b"), ("two", "2"), ("two", "2b"), ("two", "2c")):
        laptops.write(who, words)
    laptops.meet()
    assert laptops.only("two").before == "I want out."


def test_where_nothing_was_written_before_that_is_known_too(laptops: Laptops):
    for who, words in (("one", "I get up at eight."), ("two", "I laugh more.")):
        store, seen = laptops.stores[who], laptops.shown(who)
        goals.save_goal(store, replace(seen, sign=words), seen, NOW)
    laptops.meet()
    dispute = laptops.only("one")
    assert (dispute.field, dispute.before_known, dispute.before) == ("sign", True, "")


def test_days_and_choices_come_as_what_they_are(laptops: Laptops):
    step = goals.add_step(laptops.stores["one"], laptops.goal, NOW)
    laptops.meet()
    for who, due in (("one", date(2026, 12, 1)), ("two", date(2026, 12, 4))):
        goals.save_step(laptops.stores[who], replace(step, due=due), step, NOW)
    laptops.meet()
    dispute = laptops.only("one")
    assert [side.value for side in dispute.sides] == [date(2026, 12, 1), date(2026, 12, 4)]
    assert dispute.before is None
    assert dispute.setting.number == 1
    assert disputes.settle(laptops.stores["one"], dispute, date(2026, 12, 2), LATER)
    laptops.meet()
    with laptops.stores["two"].reading() as reading:
        assert reading.all(Step, case=laptops.case)[0].due == date(2026, 12, 2)


# --- what was begun ------------------------------------------------------------------------------


def test_what_was_begun_stays_on_its_laptop_until_it_is_decided(apart: Laptops):
    one = apart.stores["one"]
    disputes.keep_draft(one, apart.only("one"), "Two days, and", LATER)
    apart.meet()
    assert [apart.only(who).draft for who in ("one", "two")] == ["Two days, and", ""]
    assert disputes.settle(one, apart.only("one"), "Two days.", LATER)
    with one.reading() as reading:
        assert drafts.drafts(reading, apart.case) == {}


def test_what_was_begun_goes_with_its_case(apart: Laptops):
    one = apart.stores["one"]
    disputes.keep_draft(one, apart.only("one"), "Two days, and", LATER)
    with one.changing(LATER) as changing:
        erasing.erase(changing, apart.case)
        assert drafts.drafts(changing, apart.case) == {}


# --- changed here, removed there ---------------------------------------------------------------


@pytest.fixture(params=["one", "two"])
def torn(laptops: Laptops, request: pytest.FixtureRequest) -> tuple[Laptops, str]:
    """One laptop changed the goal that the other took away; who is to decide."""
    laptops.write("one", "Two days a week.")
    removing.remove(laptops.stores["two"], laptops.shown("two"), NOW)
    laptops.meet()
    return laptops, request.param


def test_what_one_changed_and_the_other_removed_stays_in_view_until_somebody_decides(torn):
    laptops, who = torn
    dispute = laptops.only(who)
    assert dispute.is_removal
    kept = next(side for side in dispute.sides if not side.value)
    gone = next(side for side in dispute.sides if side.value)
    assert kept.changed == (("words", "Two days a week."),)
    assert [author.name for author in kept.authors] == ["Femke de Boer"]
    assert [author.name for author in gone.authors] == ["Dunja Demir"]
    assert dispute.sides[0].mine
    assert not laptops.shown(who).removed


def test_keeping_it_keeps_it_everywhere(torn):
    laptops, who = torn
    assert disputes.keep(laptops.stores[who], laptops.only(who), LATER)
    laptops.meet()
    for name in laptops.stores:
        assert laptops.disputes(name) == ()
        assert (laptops.shown(name).removed, laptops.shown(name).words) == (
            False,
            "Two days a week.",
        )


def test_letting_it_go_takes_it_away_everywhere(torn):
    laptops, who = torn
    assert disputes.let_go(laptops.stores[who], laptops.only(who), LATER)
    laptops.meet()
    for name, store in laptops.stores.items():
        assert laptops.disputes(name) == ()
        assert laptops.shown(name).removed
        assert checking.check_open(store).findings == []


def test_one_keeps_what_the_other_lets_go_and_it_is_asked_again(torn):
    laptops, who = torn
    other = "two" if who == "one" else "one"
    assert disputes.keep(laptops.stores[who], laptops.only(who), LATER)
    assert disputes.let_go(laptops.stores[other], laptops.only(other), LATER)
    laptops.meet()
    for name in laptops.stores:
        assert laptops.only(name).is_removal
        assert not laptops.shown(name).removed


def test_a_change_that_came_since_keeps_it_from_being_let_go(torn):
    laptops, who = torn
    other = "two" if who == "one" else "one"
    looked_at = laptops.only(who)
    laptops.write(other, "Three days.")
    laptops.meet()
    assert not disputes.let_go(laptops.stores[who], looked_at, LATER)
    assert not laptops.shown(who).removed


def test_the_texts_of_what_is_gone_are_not_asked_about(apart: Laptops):
    looked_at = apart.only("one")
    removing.remove(apart.stores["one"], apart.shown("one"), LATER)
    apart.meet()
    assert apart.disputes("one") == apart.disputes("two") == ()
    assert not disputes.settle(apart.stores["one"], looked_at, "Two days a week.", LATER)
    assert apart.shown("one").removed


def test_whether_it_stays_is_asked_before_what_it_says(apart: Laptops):
    removing.remove(apart.stores["one"], apart.shown("one"), LATER)
    apart.write("two", "Every Friday.", LATER)
    apart.meet()
    assert [d.field for d in apart.disputes("two")] == [REMOVED, "words"]
    assert disputes.count(apart.stores["two"], apart.case) == 2


# --- over all cases ----------------------------------------------------------------------------


def test_all_cases_are_listed_by_name_and_removed_files_are_not(tmp_path: Path):
    laptops = sharing_a_case(colleagues(tmp_path, "one two"))
    one, two = laptops.stores["one"], laptops.stores["two"]
    laptops.write("one", "A")
    laptops.write("two", "B")
    laptops.meet()
    second = a_case(one, "Anna Abel")
    share(second, one, two)
    take_in_all(two, entries(one, second))
    for store, phone in ((one, "030 1"), (two, "030 2")):
        with store.reading() as reading:
            person = reading.all(Person, case=second)[0]
        people.save_person(store, replace(person, phone=phone), person, NOW)
    take_in_all(one, entries(two, second))
    found = disputes.listed(one)
    assert [(d.person.name, d.field) for d in found if d.person] == [
        ("Anna Abel", "phone"),
        ("Wim Hoekstra", "words"),
    ]
    assert disputes.count(one) == 2
    with one.reading() as reading:
        file = reading.get(CaseFile, second)
    assert file
    removing.remove(one, file, LATER)
    assert [d.field for d in disputes.listed(one)] == ["words"]


def test_the_participants_words_bring_their_conversation_and_guide(laptops: Laptops):
    one, two = laptops.stores.values()
    talk = a_talk(one, laptops.case)
    say(one, talk, "I like it here.", "went-well")
    laptops.meet()
    for store, words in ((one, "I liked it here."), (two, "I like it there.")):
        with store.reading() as reading:
            said = reading.all(Statement, case=laptops.case)[0]
        answers.save_statement(store, replace(said, words=words), said, NOW)
    laptops.meet()
    dispute = laptops.only("two")
    assert isinstance(dispute.about, Statement)
    assert dispute.setting.talk == talk
    assert dispute.setting.guide
    assert dispute.setting.guide.question(dispute.about.question)


# --- any order at all --------------------------------------------------------------------------

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(["write", "write", "remove", "restore", "settle", "settle", "meet"]),
        st.sampled_from(["A", "B", "C"]),
    ),
    min_size=3,
    max_size=12,
)


def act(laptops: Laptops, who: str, deed: str, words: str, at: Any) -> None:
    store, shown = laptops.stores[who], laptops.shown(who)
    if deed == "write":
        laptops.write(who, words, at)
    elif deed == "remove":
        removing.remove(store, shown, at)
    elif deed == "restore":
        removing.restore(store, shown, at)
    elif deed == "settle":
        for dispute in laptops.disputes(who)[:1]:
            value = words > "A" if dispute.is_removal else words
            assert disputes.settle(store, dispute, value, at)
            assert dispute.key not in [one.key for one in laptops.disputes(who)]
    else:
        laptops.meet()


@given(deeds=DEEDS, chance=st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_any_interleaving_ends_alike_everywhere_and_can_be_decided(
    three: dict[str, Store], deeds: list[tuple[str, str, str]], chance: random.Random
) -> None:
    laptops = sharing_a_case(three)
    for minute, (who, deed, words) in enumerate(deeds):
        act(laptops, who, deed, words, NOW + timedelta(minutes=minute))
    laptops.meet()
    _all_see_the_same(laptops)
    while laptops.disputes("one"):
        who = chance.choice(list(three))
        dispute = laptops.disputes(who)[0]
        chosen = chance.choice(dispute.sides).value
        assert disputes.settle(three[who], dispute, chosen, LATER)
        laptops.meet()
        _all_see_the_same(laptops)
    assert all(disputes.count(store, laptops.case) == 0 for store in three.values())


def _all_see_the_same(laptops: Laptops) -> None:
    seen: list[object] = []
    for who in laptops.stores:
        listed = laptops.disputes(who)
        sides = {d.key: (d.heads, d.before, {s.value for s in d.sides}) for d in listed}
        seen.append((sides, laptops.shown(who), disputes.count(laptops.stores[who], laptops.case)))
    assert seen[0] == seen[1] == seen[2]
