"""Whoever wrote something is called as the directory of their organisation says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from caseworker_app.domain.goals import Goal
from caseworker_app.services import disputes, goals
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case, a_store
from tests.store.test_exchange import introduce as by_key
from tools.picture_colleague import Meeting, introduce, let_in


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[Meeting, Goal]]:
    """Two laptops that know each other's keys and wrote different things."""
    mine, theirs = a_store(tmp_path / "mine"), a_store(tmp_path / "theirs")
    by_key(mine, theirs)
    by_key(theirs, mine)
    meeting = Meeting(mine, theirs, a_case(mine))
    let_in(mine, theirs, meeting.case, NOW)
    goal = goals.add_goal(mine, meeting.case, "I want out.", "", NOW)
    meeting.exchange(NOW)
    for store, words in ((mine, "A"), (theirs, "B")):
        goals.save_goal(store, replace(goal, words=words), goal, NOW)
    meeting.exchange(NOW)
    yield meeting, goal
    mine.close()
    theirs.close()


def names(store: Store) -> list[str]:
    (dispute,) = disputes.listed(store)
    return [author.name for side in dispute.sides for author in side.authors]


def test_without_an_organisation_only_the_own_name_is_known(apart: tuple[Meeting, Goal]):
    meeting, _goal = apart
    assert names(meeting.mine) == ["Miriam Falk", ""]


def test_the_directory_names_colleagues(apart: tuple[Meeting, Goal]):
    meeting, _goal = apart
    introduce({"Miriam Falk": meeting.mine, "Dunja Demir": meeting.theirs}, NOW)
    assert names(meeting.mine) == ["Miriam Falk", "Dunja Demir"]
