"""A slots file is never lost: not when the program dies while writing it, not on a full disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app.sync.wire.passphrases import FLOOR
from caseworker_app.vault import SLOTS_NAME, slots
from tests.store.dying_writer import OLD
from tests.store.slots_at_hand import NOW, STORE

ROOT = Path(__file__).parents[2]

# Files of this process may not grow beyond 300 bytes: a disk that fills while the file is written.
FULL_DISK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from caseworker_app.errors import DiskFull
from caseworker_app.vault import slots

data_key = slots.unlock_with_recovery(Path(sys.argv[1]), sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
try:
    slots.renew_recovery_key(Path(sys.argv[1]), data_key, now=datetime.now(UTC))
except DiskFull:
    sys.exit(5)
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the trial forks")


def left_after_dying(folder: Path, way: str) -> list[str]:
    slots.create(folder, STORE, OLD, now=NOW, cost=FLOOR)
    trial = subprocess.run(
        [sys.executable, "-m", "tests.store.dying_writer", str(folder), way],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    outcome = json.loads(trial.stdout)
    assert outcome["code"] == 0
    return outcome["left"]


def test_dying_at_any_step_of_a_passphrase_change_leaves_a_file_that_opens(tmp_path):
    left = left_after_dying(tmp_path, "safe")
    assert set(left) == {"old", "new"}
    assert left == sorted(left, reverse=True)  # old up to the renaming, new ever after
    assert left.count("old") >= 8


def test_the_trial_would_notice_a_file_written_in_place(tmp_path):
    assert "none" in left_after_dying(tmp_path, "in-place")


def test_a_full_disk_is_named_and_the_old_file_stays(tmp_path):
    data_key, recovery_key = slots.create(tmp_path, STORE, OLD, now=NOW, cost=FLOOR)
    before = (tmp_path / SLOTS_NAME).read_bytes()
    trial = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path), recovery_key.text],
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert trial.returncode == 5
    assert (tmp_path / SLOTS_NAME).read_bytes() == before
    assert [path.name for path in tmp_path.glob("slots*")] == [SLOTS_NAME]
    assert slots.unlock_with_recovery(tmp_path, recovery_key.text) == data_key
