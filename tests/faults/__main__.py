"""The long fault tests: `make faults`. Writes build/faults.json, a row for each fault."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.faults import exchange_server, killing, schedules, thief

KILLS = int(os.environ.get("FAULTS_KILLS", "60"))
SEED = 20261122
RESULT = Path("build/faults.json")


def kill_while_typing() -> dict[str, Any]:
    """Fault 1, through the window: what the screen acknowledged is there after kill -9."""
    outcome = killing.kill_many(KILLS, SEED)
    print(
        f"{outcome.kills} kills, {outcome.acknowledged} acknowledged,"
        f" {len(outcome.missing)} missing, {len(outcome.not_clean)} findings"
    )
    planted = killing.kill_many(5, SEED, "late")
    print(f"planted bug: {len(planted.missing)} missing in {planted.kills} kills")
    return {
        "fault": "1 kill -9 while answers are typed",
        "trials": outcome.kills,
        "acknowledged": outcome.acknowledged,
        "failures": outcome.failures,
        "planted_bugs_caught": int(bool(planted.missing)),
        "planted_bugs": 1,
    }


def main() -> int:
    """0 when nothing was lost and every planted bug was caught."""
    rows = [kill_while_typing(), *thief.rows(), *exchange_server.rows(), *schedules.rows()]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(rows, indent=1), "utf-8")
    print(f"written to {RESULT}")
    good = all(
        row["failures"] == 0 and row["planted_bugs_caught"] == row["planted_bugs"] for row in rows
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
