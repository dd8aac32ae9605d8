"""The whole demo as its command plays it: two visits, then two laptops that share one file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from caseworker_app import paths
from tests import pdf_checker
from tests.pdf_reading import read_aloud
from ui.demo_visit.central import can_be_run
from ui.demo_visit.together import PLANS

LONGEST = 900


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one demo leaves; German first, so that the two laptops speak Dutch."""
    out = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, "-m", "caseworker_app", "demo", "--out", out, "--lang", "de"],
        cwd=paths.bundle(),
        env={**os.environ, "CUPS_SERVER": str(out / "no-such-socket")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=LONGEST,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture
def report(played: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((played / "report.json").read_text("utf-8"))
    return found


def test_both_laptops_end_with_the_same_file(report: dict[str, Any]) -> None:
    assert can_be_run()
    told = report["together"]
    assert told["laptops"] == 2
    assert told["same_state"]
    assert told["same_plan"]
    assert told["settled"] == 1
    assert report["findings"] == []


def test_both_print_the_same_plan_with_what_both_wrote(played: Path) -> None:
    first, second = ((played / name).read_bytes() for name in PLANS)
    assert first == second
    assert pdf_checker.findings(first) == []
    paper = " ".join(read_aloud(first).split())
    for words in (
        "Ik wil tekenen waar andere mensen bij zijn, eerst in de bibliotheek.",
        "De eerste zes bladzijden zijn klaar en meneer Bakker heeft ze gezien.",
        "Bij de bibliotheek vragen wie er nog meer prentenboeken maakt",
    ):
        assert words in paper
    assert "Ik wil elke week tekenen" not in paper


def test_every_step_is_to_be_seen_from_both_laptops(played: Path, report: dict[str, Any]) -> None:
    for laptop, steps in (
        (1, ("compare", "exchanged", "invited", "offline", "difference", "decided")),
        (2, ("first-day", "arrived", "offline", "same-plan")),
    ):
        for step in steps:
            names = [one for one in report["screens"] if f"-laptop-{laptop}-{step}-nl" in one]
            assert names
            assert all((played / "screens" / one).stat().st_size > 10_000 for one in names)
