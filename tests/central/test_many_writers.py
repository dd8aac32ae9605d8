"""Whatever was acknowledged is delivered, however commits overtake each other."""

from tests.central import many_writers


def test_nothing_is_never_delivered(postgres, laptop):
    found = many_writers.run(postgres, laptop, changes=4_000, seed=14)
    assert len(found.acknowledged) == 4_000
    assert (found.lost, found.gaps) == (0, 0)
    assert found.delivered == found.acknowledged


def test_a_plain_cursor_would_lose_some(postgres):
    assert many_writers.naive(postgres, rows=1_500, seed=14) > 0
