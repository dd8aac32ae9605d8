"""The organisation erases a case at the central store; laptops that have it work on as before."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine

from caseworker_app.services import goals, papers
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.sync.refusals import Withheld
from central_store.office.erasing import erase_case
from central_store.office.restoring import restored
from tests.builders import NOW
from tests.central.test_erased import forget, left
from tests.sync.office_and_laptops import Laptop, Team
from tests.sync.test_rounds import shared


def rounds_of(*laptops: Laptop) -> None:
    """Two rounds each. What a colleague wrote afterwards never comes, and the coach is told."""
    for laptop in laptops * 2:
        with suppress(Withheld):
            laptop.exchange()


def test_no_laptop_brings_it_back(team: Team, owner: Engine, tmp_path: Path) -> None:
    ine, tom, case = shared(team)
    (tmp_path / "brief.txt").write_bytes(b"Brief" * 5000)
    papers.add_file(ine.store, case, tmp_path / "brief.txt", NOW)
    for laptop in (ine, tom):
        laptop.exchange()
    assert left(team.ours, case)["document"] == 1
    log = tmp_path / "erasures.jsonl"
    erase_case(team.ours.office, case, log, NOW)

    team.laptop(tom.colleague, number=2)  # a new directory: keys are looked after everywhere
    goals.add_goal(tom.store, case, "danach", "", NOW)
    papers.add_file(tom.store, case, tmp_path / "brief.txt", NOW)
    rounds_of(ine, tom)
    assert left(team.ours, case) == {}
    assert exchange_view.view(tom.store).changes_waiting == 0

    forget(team.ours, case)  # the backup is older than the case
    restored(owner, log)
    rounds_of(ine, tom)
    assert left(team.ours, case) == {}
    assert {exchange_view.view(one.store).changes_waiting for one in (ine, tom)} == {0}
