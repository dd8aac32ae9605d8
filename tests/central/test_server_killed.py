"""Five kills of the server and of PostgreSQL; a hundred in `make faults`."""

import tempfile
from pathlib import Path

from tests.central.server_killed import kill_many


def test_what_was_acknowledged_survives_kill_9():
    with tempfile.TemporaryDirectory(prefix="killed-") as folder:
        outcome = kill_many(Path(folder) / "pg", kills=5, seed=4)
    assert outcome.kills == 5
    assert outcome.acknowledged > 100
    assert (outcome.lost, outcome.twice, outcome.damaged) == (0, 0, 0), outcome
