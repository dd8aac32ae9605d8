"""What a coach reads before ringing the bell."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from caseworker_app.content import guides
from caseworker_app.domain.case_view import GoalCard
from caseworker_app.domain.goals import Goal, GoalStatus, Step
from caseworker_app.domain.people import CaseFile, Person
from caseworker_app.domain.prepare import Known, Preparation, prepare
from caseworker_app.domain.talk import (
    Conversation,
    Rating,
    Statement,
    TalkStatus,
    Topic,
    TopicState,
    WantsChange,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CASE = UUID(int=1)
GUIDE = guides.guide("meedoen", 1)


def a_talk(days_ago: int, status=TalkStatus.HELD) -> Conversation:
    at = NOW - timedelta(days=days_ago)
    planned = status is not TalkStatus.HELD
    moments = {"planned_for": at} if planned else {"started": at}
    return Conversation(id=uuid4(), case=CASE, status=status, **moments)


def prepared(**more) -> Preparation:
    file, person = CaseFile(id=CASE, case=CASE), Person(id=uuid4(), case=CASE, given_name="Wim")
    return prepare(Known(file=file, person=person, **more), GUIDE, TODAY)


def rated(talk, domain: str, wants: WantsChange) -> Rating:
    return Rating(id=uuid4(), case=CASE, conversation=talk.id, domain=domain, wants_change=wants)


def said(talk, words: str, section: str = "x", **more) -> Statement:
    return Statement(
        id=uuid4(), case=CASE, conversation=talk.id, section=section, words=words, **more
    )


def test_of_a_new_person_nothing_has_to_be_known():
    known = prepared()
    assert known.is_first
    assert (known.last, known.months, known.goals, known.wishes) == (None, 0, (), ())


def test_the_gap_is_counted_from_the_last_talk_that_was_held():
    known = prepared(talks=(a_talk(400), a_talk(800), a_talk(5, TalkStatus.MISSED)))
    assert known.months == 13


def test_only_what_failed_since_the_last_talk_is_told():
    before, missed = a_talk(300, TalkStatus.CANCELLED), a_talk(20, TalkStatus.MISSED)
    called_off = a_talk(5, TalkStatus.CANCELLED)
    known = prepared(talks=(called_off, a_talk(100), missed, before))
    assert known.not_held == (missed, called_off)


def test_notes_parked_topics_and_remembered_words_are_those_of_the_last_talk():
    old, new = a_talk(400), a_talk(30)
    parked = [
        Topic(
            id=uuid4(), case=CASE, conversation=talk.id, section=GUIDE.sections[place].id,
            state=TopicState.PARKED,
        )
        for talk, place in ((old, 1), (new, 2))
    ]  # fmt: skip
    note, remembered = said(new, "a note", ""), said(new, "I sing", for_goals=True)
    latest = said(new, "I paint", for_goals=True)
    known = prepared(
        talks=(old, new),
        topics=tuple(parked),
        statements=(said(old, "an old note", ""), note, remembered, latest),
    )
    assert known.parked == (GUIDE.sections[2],)
    assert known.notes == (note,)
    assert known.own_words == latest
    assert known.remembered == (remembered,)  # the other stands above already


def test_where_a_change_is_wanted_counts_as_each_domain_was_last_rated():
    old, new = a_talk(400), a_talk(30)
    ratings = (
        rated(new, "L09", WantsChange.LATER),
        rated(old, "L04", WantsChange.YES),
        rated(new, "L01", WantsChange.NO),
        rated(old, "L01", WantsChange.YES),
        rated(new, "L13", WantsChange.YES),
    )
    known = prepared(talks=(new, old), ratings=ratings)
    assert [one.domain for one in known.wishes] == ["L04", "L13", "L09"]


def test_steps_that_wait_stand_nearest_first_and_those_taken_since_are_told_apart():
    goal = Goal(id=uuid4(), case=CASE, words="Two days a week.")
    aside = Goal(id=uuid4(), case=CASE, words="Later", status=GoalStatus.NOT_NOW)

    def step(what: str, due: int | None = None, done: int | None = None) -> Step:
        day = [None if days is None else TODAY + timedelta(days=days) for days in (due, done)]
        return Step(id=uuid4(), case=CASE, goal=goal.id, what=what, due=day[0], done_on=day[1])

    steps = (step("no day"), step("soon", 3), step("late", -9), step("old", -90, -80),
             step("taken", -5, -6), step("", 1))  # fmt: skip
    known = prepared(
        talks=(a_talk(30),), goals=(GoalCard(goal, steps), GoalCard(aside, (step("not now", 1),)))
    )
    (card,) = known.goals
    assert [one.what for one in card.steps] == ["late", "soon", "no day"]
    assert [one.what for one in known.taken] == ["taken"]
