"""The picture of a life: what a row says, what is compared with what, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.life import LIFE_DOMAINS
from caseworker_app.domain.picture import Order, Picture, domains, picture
from caseworker_app.domain.talk import FACES, NUMBERS, Missing, Rating, TalkStatus, Voice
from tests.pictures import (
    FACE_SCALE,
    TODAY,
    a_conversation,
    a_guide,
    a_picture,
    a_question,
    a_rating,
    a_row,
    a_section,
    a_talk,
    answered,
    said,
)


def drawn(now, *, ratings=(), earlier=(), guide=None, **more) -> Picture:
    talk = a_talk(now, guide, ratings=tuple(ratings), **more)
    return picture(talk, (now, *earlier), ratings)


# --- the rows ----------------------------------------------------------------------------------


def test_every_life_domain_of_the_guide_has_a_row_in_the_order_of_the_conversation():
    guide = a_guide(
        a_section("b", domains=("L06", "L02")),
        a_section("a", a_question("how-work", domain="L04"), domains=("L02", "L01")),
    )
    assert [row.domain for row in drawn(a_conversation(), guide=guide).rows] == [
        *("L06", "L02", "L01", "L04"),
    ]


def test_a_hidden_topic_has_no_row():
    now, guide = a_conversation(), a_guide()
    talk = a_talk(now, asked=replace(guide, sections=guide.sections[:1]))
    shown = picture(talk, (now,), (a_rating(now, "L06", 3),))
    assert [row.domain for row in shown.rows] == ["L01", "L09"]


def test_a_guide_without_life_domains_has_an_empty_picture():
    shown = drawn(a_conversation(), guide=a_guide(a_section("talk")))
    assert shown.rows == ()
    assert not shown.is_rated


@pytest.mark.parametrize(
    ("rating", "missing"),
    [
        ({}, Missing.NOT_ASKED),
        ({"missing": Missing.NOT_SAID}, Missing.NOT_SAID),
        ({"missing": Missing.NOT_KNOWN}, Missing.NOT_KNOWN),
        ({"missing": Missing.NOT_RELEVANT}, Missing.NOT_RELEVANT),
        ({"importance": 8}, Missing.NOT_ASKED),
        ({"satisfaction": 0}, None),
    ],
)
def test_a_row_without_a_number_says_why(rating, missing):
    now = a_conversation()
    assert drawn(now, ratings=[a_rating(now, "L06", **rating)]).row("L06").missing is missing


def test_what_was_noted_last_counts():
    now = a_conversation()
    first, second = a_rating(now, "L06", 3), a_rating(now, "L06", 7)
    assert drawn(now, ratings=[first, second]).row("L06").satisfaction == 7
    taken_back = replace(second, removed=True)
    assert drawn(now, ratings=[first, taken_back]).row("L06").satisfaction == 3


# --- last time ---------------------------------------------------------------------------------


def test_last_time_is_the_newest_talk_in_which_this_very_domain_was_rated():
    now, lately, long_ago = a_conversation(), a_conversation(30), a_conversation(300)
    ratings = [
        a_rating(now, "L06", 3),
        a_rating(now, "L01", 6),
        a_rating(lately, "L01", 5),
        a_rating(long_ago, "L01", 1),
        a_rating(long_ago, "L06", 6),
    ]
    shown = drawn(now, ratings=ratings, earlier=(lately, long_ago))
    assert (shown.row("L01").before, shown.row("L06").before) == (5, 6)
    assert shown.row("L06").last.on == (TODAY - timedelta(days=300)).astimezone().date()
    assert len(shown.last_days) == 2
    assert shown.row("L09").last is None


@pytest.mark.parametrize(
    "other",
    [
        {"status": TalkStatus.CANCELLED},
        {"status": TalkStatus.MISSED},
        {"removed": True},
        {"started": TODAY + timedelta(days=1)},
        {"started": None},
    ],
)
def test_only_talks_that_were_held_before_count_as_last_time(other):
    now, then = a_conversation(), a_conversation(30, **other)
    shown = drawn(now, ratings=[a_rating(then, "L06", 9)], earlier=(then,))
    assert shown.row("L06").last is None


def test_a_talk_in_which_somebody_would_rather_not_say_is_passed_over():
    now, lately, long_ago = a_conversation(), a_conversation(30), a_conversation(300)
    ratings = [
        a_rating(lately, "L06", missing=Missing.NOT_SAID),
        a_rating(long_ago, "L06", 6),
    ]
    assert drawn(now, ratings=ratings, earlier=(lately, long_ago)).row("L06").before == 6


def test_numbers_and_faces_are_not_compared():
    now, then = a_conversation(), a_conversation(30)
    ratings = [a_rating(now, "L06", 4, scale=FACES), a_rating(then, "L06", 8, scale=NUMBERS)]
    row = drawn(now, ratings=ratings, earlier=(then,)).row("L06")
    assert row.last is not None
    assert not row.is_comparable
    assert (row.before, row.change) == (None, None)


def test_what_was_not_rated_today_is_shown_on_the_scale_of_last_time():
    now, then = a_conversation(), a_conversation(30)
    row = drawn(now, ratings=[a_rating(then, "L06", 4, scale=FACES)], earlier=(then,)).row("L06")
    assert (row.scale, row.before, row.is_comparable) == (FACE_SCALE, 4, True)


def test_a_scale_that_nobody_knows_any_more_still_has_its_points():
    now = a_conversation()
    row = drawn(now, ratings=[a_rating(now, "L06", 4, scale="stars")]).row("L06")
    assert (row.scale.id, row.scale.last, row.scale.low.to("de")) == ("stars", 10, "")


# --- strengths ---------------------------------------------------------------------------------


def well(**more):
    now = a_conversation()
    usual = {"section": "doing", "question": "liked-most"}
    statement = said(now, "Boule mit Ali", **{**usual, **more})
    return drawn(now, statements=(statement,))


def test_a_strength_is_marked_where_the_person_named_something_that_goes_well():
    assert [row.domain for row in well().rows if row.strength] == ["L01", "L09"]


@pytest.mark.parametrize(
    "more",
    [
        {"voice": Voice.COACH},
        {"voice": Voice.THIRD},
        {"draft": True},
        {"removed": True},
        {"words": "  "},
        {"question": "usual-week"},
    ],
)
def test_nothing_else_makes_a_strength(more):
    assert not any(row.strength for row in well(**more).rows)


def test_an_answer_to_a_question_for_strengths_names_one_too():
    now = a_conversation()
    assert drawn(now, answers=(answered(now, "liked-most", "garden"),)).row("L09").strength
    assert not drawn(now, answers=(answered(now, "liked-most", "no"),)).row("L09").strength
    taken_back = (answered(now, "liked-most", "garden"), answered(now, "liked-most", ""))
    assert not drawn(now, answers=taken_back).row("L09").strength


@pytest.mark.parametrize(("share", "marked"), [(None, False), (2, False), (3, True), (4, True)])
def test_much_own_strength_is_marked(share, marked):
    assert a_row(own_share=share).strength is marked


# --- the order ---------------------------------------------------------------------------------


def order_of(shown: Picture, order: Order) -> list[str]:
    return [row.domain for row in shown.ordered(order).rows]


def test_the_most_changed_stand_first_whichever_way_they_changed():
    assert order_of(a_picture(), Order.CHANGE) == ["L04", "L06", "L01", "L09", "L13"]


def test_what_is_important_and_less_satisfying_stands_first():
    assert order_of(a_picture(), Order.DISTANCE) == ["L06", "L04", "L09", "L01", "L13"]


def test_points_of_different_scales_are_not_measured_against_each_other():
    shown = a_picture(
        a_row("L01", 4, importance=5, scale=FACE_SCALE),
        a_row("L02", 2, importance=9),
        a_row("L03", 1, importance=5, scale=FACE_SCALE),
        a_row("L04", 8, importance=9),
    )
    assert order_of(shown, Order.DISTANCE) == ["L03", "L01", "L02", "L04"]


# --- for anything that may be rated ------------------------------------------------------------

NUMBER = st.none() | st.integers(0, 10)
DOMAINS = [domain.id for domain in LIFE_DOMAINS]


@st.composite
def cases(draw):
    """Some conversations with some ratings, a guide with some topics, one of the talks as now."""
    talks = [a_conversation(days) for days in draw(st.lists(st.integers(1, 900), max_size=4))]
    now = a_conversation()
    ratings = draw(
        st.lists(
            st.builds(
                lambda talk, domain, number, important, scale, missing: a_rating(
                    talk, domain, number, importance=important, scale=scale, missing=missing
                ),
                st.sampled_from([now, *talks]),
                st.sampled_from(DOMAINS),
                NUMBER,
                NUMBER,
                st.sampled_from([NUMBERS, FACES]),
                st.none() | st.sampled_from(Missing),
            ),
            max_size=30,
        )
    )
    chosen = draw(st.lists(st.sampled_from(DOMAINS), unique=True))
    guide = a_guide(*(a_section(f"s{i}", domains=(one,)) for i, one in enumerate(chosen)))
    return now, talks, ratings, guide if chosen else a_guide(a_section("none"))


@given(cases())
def test_any_ratings_give_a_picture_of_exactly_the_domains_that_are_asked(case):
    now, talks, ratings, guide = case
    shown = drawn(now, ratings=ratings, earlier=talks, guide=guide)
    assert tuple(row.domain for row in shown.rows) == domains(guide)
    for row in shown.rows:
        assert (row.satisfaction is None) == (row.missing is not None)
        if row.before is not None:
            assert row.last.on < shown.on
            assert row.scale.id == row.last.scale


@given(cases(), st.sampled_from(Order))
def test_no_order_loses_or_adds_a_row(case, order):
    now, talks, ratings, guide = case
    shown = drawn(now, ratings=ratings, earlier=talks, guide=guide)
    assert sorted(order_of(shown, order)) == sorted(row.domain for row in shown.rows)
    assert shown.ordered(Order.CONVERSATION) == shown


@given(cases(), st.sampled_from(DOMAINS), st.integers(0, 10))
def test_a_rating_touches_no_row_but_its_own(case, domain, number):
    now, talks, ratings, guide = case
    before = drawn(now, ratings=ratings, earlier=talks, guide=guide)
    one_more: list[Rating] = [*ratings, a_rating(now, domain, number)]
    after = drawn(now, ratings=one_more, earlier=talks, guide=guide)
    for old, new in zip(before.rows, after.rows, strict=True):
        if old.domain != domain:
            assert (old.rating, old.last, old.named_well) == (new.rating, new.last, new.named_well)
