"""A few kills in every run of the tests; `make faults` makes many."""

from tests.faults import killing


def test_what_the_screen_acknowledged_is_there_after_kill_9() -> None:
    outcome = killing.kill_many(5, seed=7)
    assert outcome.missing == []
    assert outcome.not_clean == []
    assert outcome.acknowledged > 0


def test_a_program_that_writes_too_late_is_caught() -> None:
    assert killing.kill_many(3, 7, "late").missing
