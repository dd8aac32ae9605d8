"""Everything of a case in an order to read it in: nothing is lost, nothing is told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from caseworker_app.content import guides
from caseworker_app.domain.goals import Goal
from caseworker_app.domain.people import ContactNote
from caseworker_app.domain.reading import About, History, by_day, by_domain, by_topic
from caseworker_app.domain.talk import (
    Answer,
    Conversation,
    Missing,
    Rating,
    Statement,
    TalkStatus,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CASE = UUID(int=1)
GUIDE = guides.guide("meedoen", 1)
RATED = next(section for section in GUIDE.sections if section.domains)
UNRATED = next(section for section in GUIDE.sections if not section.domains)


def a_talk(days_ago: int, **more) -> Conversation:
    values = {"status": TalkStatus.HELD, "guide": "meedoen", "guide_version": 1, **more}
    return Conversation(id=uuid4(), case=CASE, started=NOW - timedelta(days=days_ago), **values)


def said(talk, section, words, question: int = 0) -> Statement:
    asked = section.questions[question].id if section else ""
    return Statement(
        id=uuid4(), case=CASE, conversation=talk.id, question=asked,
        section=section.id if section else "", words=words,
    )  # fmt: skip


def answered(talk, question: str, value: str = "", missing: Missing | None = None) -> Answer:
    return Answer(
        id=uuid4(), case=CASE, conversation=talk.id, question=question, value=value, missing=missing
    )


def rated(talk, domain: str, satisfaction: int) -> Rating:
    return Rating(
        id=uuid4(), case=CASE, conversation=talk.id, domain=domain, satisfaction=satisfaction
    )


def a_history() -> History:
    """Two conversations through the years, a call between them, a goal."""
    new, old = a_talk(20), a_talk(380)
    first = RATED.questions[0].id
    return History(
        talks=(new, old),
        statements=(
            said(old, RATED, "then"),
            said(new, UNRATED, "first"),
            said(new, RATED, "now"),
            said(new, None, "a quick note"),
        ),
        answers=(answered(new, first, missing=Missing.NOT_SAID), answered(old, first, "yes")),
        ratings=(rated(old, RATED.domains[0], 3), rated(new, RATED.domains[0], 6)),
        goals=(Goal(id=uuid4(), case=CASE, words="a goal", domain=RATED.domains[0]),),
        notes=(ContactNote(id=uuid4(), case=CASE, words="a call", at=NOW - timedelta(days=100)),),
        guides=(GUIDE,),
    )


def words_of(parts) -> list[str]:
    return [
        getattr(piece.value, "words", None) or str(getattr(piece.value, "satisfaction", ""))
        for part in parts
        for piece in part.pieces
    ]


def test_by_day_the_newest_stands_first_and_each_talk_goes_as_its_guide_does():
    assert words_of(by_day(a_history())) == [
        "a goal", "first", "", "now", "6", "a quick note", "a call", "", "then", "3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "order", [by_day, lambda history: by_topic(history, "de"), by_domain],
    ids=["day", "topic", "domain"],
)  # fmt: skip
def test_in_every_order_all_of_it_is_there(order):
    history = a_history()
    everything = {
        one.id
        for values in (history.statements, history.answers, history.ratings, history.notes)
        for one in values
    }
    told = [piece.value.id for part in order(history) for piece in part.pieces]
    assert everything | {goal.id for goal in history.goals} == set(told)


def test_by_topic_two_talks_stand_under_one_title():
    topic = next(part for part in by_topic(a_history(), "de") if part.section == RATED)
    assert words_of([topic]) == ["", "now", "6", "", "then", "3"]


def test_by_domain_the_goal_and_the_ratings_through_the_years_come_first():
    first = next(part for part in by_domain(a_history()) if part.domain == RATED.domains[0])
    assert words_of([first]) == ["a goal", "6", "3", "", "now", "", "then"]
    abouts = [part.about for part in by_domain(a_history())]
    assert abouts[-2:] == [About.WITHOUT_DOMAIN, About.NOTES]


def test_a_talk_whose_guide_is_not_here_is_read_all_the_same():
    history = replace(a_history(), guides=())
    parts = by_day(history)
    assert {"then", "now", "first", "a quick note", "6"} <= set(words_of(parts))
    assert all(part.section is None for part in parts)


def test_each_talk_is_read_with_the_version_it_was_held_with():
    reworded = replace(GUIDE, version=2, sections=GUIDE.sections[::-1])
    new = a_talk(1, guide_version=2)
    history = replace(
        a_history(),
        talks=(new, *a_history().talks),
        statements=(said(new, RATED, "newest"),),
        guides=(GUIDE, reworded),
    )
    (piece,) = next(part for part in by_day(history) if part.about is About.TOPIC).pieces
    assert piece.guide is reworded


def test_what_did_not_take_place_is_part_of_the_history_and_what_is_to_come_is_not():
    missed = a_talk(3, status=TalkStatus.MISSED)
    coming = replace(a_talk(0, status=TalkStatus.PLANNED), started=None, planned_for=NOW)
    parts = by_day(History(talks=(coming, missed)))
    assert [(part.about, part.talk) for part in parts] == [(About.NOT_HELD, missed)]
    assert by_topic(History(talks=(coming, missed)), "de") == []
