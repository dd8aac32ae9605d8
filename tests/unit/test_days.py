"""Days are the days of the people at the table: across midnight, summer time and leap years."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from caseworker_app.domain.case_view import EventKind, GoalCard, domain_views, timeline
from caseworker_app.domain.goals import Goal, Step
from caseworker_app.domain.lines import Due, DueKind, by_due
from caseworker_app.domain.people import CaseFile, CaseStatus, ContactNote, age
from caseworker_app.domain.talk import Conversation, Rating, TalkStatus
from caseworker_app.domain.who import Who, belongs, is_long_without
from tests.unit.test_find import line

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system keeps its own zone")

CASE = UUID(int=1)
TODAY = date(2026, 10, 25)  # the clocks go back at 03:00


@pytest.fixture(autouse=True)
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as zone:
        zone.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


def talk(number: int, started: datetime, finished: datetime | None = None) -> Conversation:
    return Conversation(
        id=UUID(int=number), case=CASE, status=TalkStatus.HELD, started=started, finished=finished
    )


def note(number: int, at: datetime) -> ContactNote:
    return ContactNote(id=UUID(int=number), case=CASE, at=at, words=str(number))


def test_a_talk_after_midnight_is_due_on_the_day_of_the_table() -> None:
    person = line("A", 1, next_talk=datetime(2026, 10, 24, 22, 30, tzinfo=UTC))
    due = person.due(TODAY)
    assert (due.kind, due.on) == (DueKind.TALK, date(2026, 10, 25))
    assert due.at is not None
    assert (due.at.hour, due.at.minute) == (0, 30)
    assert person.due_on(TODAY) == due.on


def test_a_step_comes_before_a_talk_of_a_later_day_only() -> None:
    late = datetime(2026, 10, 25, 23, 30, tzinfo=UTC)  # 00:30 on the 26th, in winter time
    step_first = line("A", 1, next_talk=late, next_step=date(2026, 10, 25))
    assert step_first.due(TODAY) == Due(DueKind.STEP, date(2026, 10, 25))
    same_day = line("A", 1, next_talk=late, next_step=date(2026, 10, 26))
    assert same_day.due(TODAY).kind is DueKind.TALK


def test_the_yearly_talk_and_the_first_one_have_their_days() -> None:
    last = datetime(2025, 10, 24, 22, 30, tzinfo=UTC)  # the 25th, at half past midnight
    assert line("A", 1, last_talk=last).due(TODAY) == Due(DueKind.YEARLY_TALK, TODAY)
    assert is_long_without(line("A", 1, last_talk=last), TODAY)
    assert not is_long_without(line("A", 1, last_talk=last + timedelta(days=1)), TODAY)
    opened = date(2026, 10, 1)
    assert line("A", 1, opened=opened).due(TODAY) == Due(DueKind.FIRST_TALK, opened)
    assert line("A", 1).due(TODAY) == Due(DueKind.FIRST_TALK, TODAY)


def test_the_week_ends_at_midnight_of_the_table_also_when_it_has_an_hour_more() -> None:
    last_moment = datetime(2026, 10, 31, 22, 59, tzinfo=UTC)
    assert belongs(line("A", 1, next_talk=last_moment), Who.WEEK, TODAY)
    assert not belongs(line("A", 1, next_talk=last_moment + timedelta(minutes=1)), Who.WEEK, TODAY)


def test_the_list_goes_by_days_then_names_and_closed_files_come_last() -> None:
    midnight = datetime(2026, 10, 25, 23, tzinfo=UTC)
    lines = [
        line("closed", 1, status=CaseStatus.CLOSED, next_step=date(2020, 1, 1)),
        line("tomorrow", 2, next_talk=midnight),
        line("b today", 3, next_talk=midnight - timedelta(minutes=1)),
        line("a today", 4, next_step=TODAY),
    ]
    assert [person.name for person in by_due(lines, TODAY)] == [
        "a today", "b today", "tomorrow", "closed",
    ]  # fmt: skip


def test_the_hour_that_comes_twice_keeps_its_order_in_the_timeline() -> None:
    summer, winter = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    notes = (note(11, winter), note(10, summer), note(9, summer - timedelta(hours=3)))
    step = Step(id=UUID(int=20), case=CASE, what="x", done_on=date(2026, 10, 25))
    cards = (GoalCard(Goal(id=UUID(int=2), case=CASE), (step,)),)
    file = CaseFile(id=CASE, case=CASE, opened=date(2026, 10, 24))
    events = timeline(file, (), (), notes, cards, (), ())
    assert [event.value.int for event in events] == [11, 10, 20, 9, 1]
    assert [event.on.day for event in events] == [25, 25, 25, 24, 24]
    assert events[-1].kind is EventKind.OPENED


def test_the_length_of_a_talk_counts_real_minutes_through_the_change_of_the_clock() -> None:
    begun = datetime(2026, 10, 24, 23, 30, tzinfo=UTC).astimezone()  # 01:30 in summer time
    over = datetime(2026, 10, 25, 1, 30, tzinfo=UTC).astimezone()  # 02:30 in winter time
    (event,) = timeline(CaseFile(id=CASE, case=CASE), (talk(5, begun, over),), (), (), (), (), ())
    assert event.minutes == 120


def test_ratings_are_compared_by_the_moment_of_their_talks() -> None:
    summer, winter = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    talks = (talk(6, winter), talk(5, summer))
    ratings = tuple(
        Rating(id=UUID(int=n), case=CASE, conversation=UUID(int=n), domain="L01", satisfaction=n)
        for n in (5, 6)
    )
    (view,), now, before = domain_views(talks, ratings)
    assert (view.now, view.before, now, before) == (6, 5, TODAY, TODAY)


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        (date(2001, 5, 4), date(2026, 5, 3), 24),
        (date(2001, 5, 4), date(2026, 5, 4), 25),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2004, 2, 29), date(2028, 2, 29), 24),
        (None, date(2026, 1, 1), None),
    ],
)
def test_age_in_whole_years(born: date | None, today: date, years: int | None) -> None:
    assert age(born, today) == years
