"""The demo visit, with a list of what every window was called: OUT TITLES, a file for the list."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from caseworker_app.vault.machine import harden_process
from tests.faults.coach_at_work import Titles
from ui import demo_visit


def main(out: Path, titles: Path) -> int:
    harden_process()
    seen = Titles(QApplication(sys.argv[:1]))
    code = demo_visit.run(out, "de")
    titles.write_text(json.dumps(sorted(seen.seen)), "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
