"""How long it takes until one can type the passphrase, and the memory with a file open.

Both beside a bare PySide6 window: a process that shows an empty QWidget with the same Qt settings.
Whole processes in turns, from the call until the window has been painted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from caseworker_app.content.sample import sample
from caseworker_app.paths import HOME_VARIABLE
from caseworker_app.services import sample as samples
from caseworker_app.services import stores
from caseworker_app.sync.wire.passphrases import FLOOR

ROOT = Path(__file__).resolve().parent.parent
PAIRS = 21
PAIRS_OF_MEMORY = 5
PASSPHRASE = "fuenf ruhige worte am tisch"  # noqa: S105
MEMORY = Path("/proc/self/smaps_rollup")

BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, done)
        super().paintEvent(event)

def done():
    print({said}, flush=True)
    os._exit(0)

app = QApplication(sys.argv[:1])
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""

UNLOCK = """
import os, sys
from caseworker_app import cli
from PySide6.QtCore import QTimer
from ui import app

class Window(app.Program):
    def paintEvent(self, event):
        QTimer.singleShot(0, done)
        super().paintEvent(event)

def done():
    print("painted", flush=True)
    os._exit(0)

app.Program = Window
cli.main([])
"""

CASE = """
import os
from caseworker_app import paths
from caseworker_app.services import people
from ui import app, theme
from ui.background import SWEEP
from ui.page import Route
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

app.harden_process()
qt = theme.application()
window = app.Program(qt, paths.store_folder(), print)
window.show()

def until(arrived):
    while not arrived():
        qt.processEvents()

line = window.findChild(QLineEdit)
line.setText({passphrase!r})
line.returnPressed.emit()
until(lambda: hasattr(window.content, "go"))
inside = window.content
inside.go(Route("case", people.lines(inside.app.store, inside.app.now())[0].case))
until(lambda: not inside.app.background.busy())
rested = []
QTimer.singleShot(3 * SWEEP, lambda: rested.append(True))
until(lambda: rested)
assert type(inside.page).__name__ == "CasePage"
print(open({memory!r}).read(), flush=True)
os._exit(0)
"""


def run() -> list[dict[str, Any]]:
    """All figures of this file."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "settings.json").write_text('{"language": "de"}', "utf-8")
        _store(home / "store")
        rows = [_start(home)]
        if MEMORY.exists():
            rows += _memory(home)
        return rows


def _store(folder: Path) -> None:
    people = sample("de")
    profile, now = samples.profile_of(people), datetime.now(UTC)
    store, _ = stores.create(folder, profile, PASSPHRASE, now, cost=FLOOR)
    samples.fill(store, people, now)
    store.close()


def _said(home: Path, script: str) -> str:
    """What a process of its own says when it is ready. It reads and writes compiled modules."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", HOME_VARIABLE: str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    words = [sys.executable, "-c", script]
    done = subprocess.run(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _start(home: Path) -> dict[str, Any]:
    def taken(script: str) -> float:
        begun = time.perf_counter()
        said = _said(home, script)
        took = (time.perf_counter() - begun) * 1000
        if said != "painted\n":
            raise RuntimeError("the window was not painted")
        return took

    bare = BARE.format(said='"painted"')
    pairs = [(taken(UNLOCK), taken(bare)) for _ in range(PAIRS + 1)][1:]
    return _row("start to the painted unlock window (limit 1.5)", pairs, "ms")


def _memory(home: Path) -> list[dict[str, Any]]:
    """Resident, and with shared pages counted by how many processes share them."""
    case = CASE.format(passphrase=PASSPHRASE, memory=str(MEMORY))
    bare = BARE.format(said=f'open("{MEMORY}").read()')
    pairs = [(_said(home, case), _said(home, bare)) for _ in range(PAIRS_OF_MEMORY)]
    return [
        _row(
            f"memory with a case open, {kind.upper()} (limit 2)",
            [(_mebibytes(mine, kind), _mebibytes(theirs, kind)) for mine, theirs in pairs],
            "MiB",
        )
        for kind in ("Rss", "Pss")
    ]


def _mebibytes(rollup: str, kind: str) -> float:
    line = next(line for line in rollup.splitlines() if line.startswith(f"{kind}:"))
    return int(line.split()[1]) / 1024


def _row(name: str, pairs: list[tuple[float, float]], unit: str) -> dict[str, Any]:
    ours, peer = (statistics.median(values) for values in zip(*pairs, strict=True))
    return {
        "name": name,
        "ours": round(ours, 1),
        "peer": round(peer, 1),
        "peer_name": "bare PySide6 window",
        "ratio": round(ours / peer, 3),
        "unit": unit,
        "runs": len(pairs),
    }


if __name__ == "__main__":
    for figure in run():
        print(figure)
