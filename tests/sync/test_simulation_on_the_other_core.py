"""The other half of the schedules: tests are divided among cores by files."""

from __future__ import annotations

import pytest

from tests.sync.test_simulation import AT_ONCE, SCHEDULES, all_held


@pytest.mark.parametrize("first", range(SCHEDULES // 2, SCHEDULES, AT_ONCE))
def test_whatever_happens_all_of_it_is_there_in_the_end(first: int) -> None:
    all_held(range(first, first + AT_ONCE))
