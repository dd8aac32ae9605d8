from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from caseworker_app.domain.lines import PersonLine
from caseworker_app.domain.people import CaseStatus
from caseworker_app.domain.who import Who, belongs, is_long_without, months_between

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def line(**values):
    given = {
        "case": UUID(int=1),
        "name": "Tobias Brandt",
        "number": "2026-0001",
        "birth_date": None,
        "place": "",
        "phone": "",
        "status": CaseStatus.OPEN,
        "opened": TODAY - timedelta(days=500),
        "next_talk": None,
        "next_step": None,
        "last_talk": None,
    }
    return PersonLine(**{**given, **values})


def test_this_week_shows_talks_and_steps_of_the_next_seven_days_and_late_ones():
    assert belongs(line(next_talk=NOON + timedelta(days=6)), Who.WEEK, TODAY)
    assert belongs(line(next_step=TODAY - timedelta(days=3)), Who.WEEK, TODAY)
    assert not belongs(line(next_talk=NOON + timedelta(days=7)), Who.WEEK, TODAY)
    assert not belongs(line(), Who.WEEK, TODAY)


def test_long_without_a_talk_means_a_year_and_none_agreed():
    year_ago = NOON - timedelta(days=365)
    assert is_long_without(line(last_talk=year_ago), TODAY)
    assert not is_long_without(line(last_talk=year_ago + timedelta(days=1)), TODAY)
    assert not is_long_without(line(last_talk=year_ago, next_talk=NOON), TODAY)
    assert not is_long_without(line(), TODAY)
    assert belongs(line(last_talk=year_ago), Who.LONG, TODAY)


def test_a_closed_file_is_only_among_all_and_among_the_closed():
    closed = line(status=CaseStatus.CLOSED, next_step=TODAY, last_talk=NOON - timedelta(days=900))
    assert [who for who in Who if belongs(closed, who, TODAY)] == [Who.ALL, Who.CLOSED]


def test_months_are_counted_whole():
    assert months_between(date(2025, 10, 23), TODAY) == 13
    assert months_between(date(2025, 10, 24), TODAY) == 12
