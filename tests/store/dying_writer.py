"""Changes the passphrase and dies just before the N-th thing asked of the disk, N = 1, 2, 3, ...

Run as a program of its own: `python -m tests.store.dying_writer FOLDER safe|in-place`. The folder
holds a slots file that opens with OLD. Prints what was left after each death, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from caseworker_app.errors import CaseworkerError
from caseworker_app.sync.wire.passphrases import FLOOR
from caseworker_app.vault import SLOTS_NAME, slot_file, slots

OLD = "zebra tulp fiets winter kaas"
NEW = "anker brood wolke sonne tisch"
LATER = datetime(2027, 1, 5, tzinfo=UTC)
COMPLETED, DIED = 0, 7
ASKED_OF_THE_DISK = {
    *("open", "write", "flush", "fsync", "read", "close", "replace", "unlink", "__exit__"),
}


def replace_in_place(folder: Path, document: dict, prove: Callable[[dict], None]) -> None:
    """What a careless program does: the planted bug that the trial must notice."""
    with (folder / SLOTS_NAME).open("wb") as file:
        file.write(slot_file.to_bytes(document))
    prove(slot_file.read(folder))


def die_at(step: int) -> None:
    """End this process, as a power cut would, before its `step`-th request."""
    left = step

    def count(_frame: object, event: str, called: object) -> None:
        nonlocal left
        if event == "c_call" and called.__name__ in ASKED_OF_THE_DISK:
            left -= 1
            if left == 0:
                os._exit(DIED)

    sys.setprofile(count)


def changed_until(step: int, folder: Path) -> int:
    """Change the passphrase in a child process that dies at this step; its exit code."""
    child = os.fork()
    if child == 0:
        die_at(step)
        slots.change_passphrase(folder, OLD, NEW, now=LATER, cost=FLOOR)
        os._exit(COMPLETED)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def opens_with(folder: Path) -> str:
    """Which passphrase opens what is left: "old", "new" or "none"."""
    try:
        new = LATER.isoformat().encode() in (folder / SLOTS_NAME).read_bytes()
        slots.unlock(folder, NEW if new else OLD)
    except CaseworkerError:
        return "none"
    return "new" if new else "old"


def main(folder: Path, way: str) -> None:
    if way == "in-place":
        slot_file.replace = replace_in_place
    before = (folder / SLOTS_NAME).read_bytes()
    left, code, step = [], DIED, 0
    while code == DIED:
        step += 1
        (folder / SLOTS_NAME).write_bytes(before)
        code = changed_until(step, folder)
        left.append(opens_with(folder))
    json.dump({"code": code, "left": left}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
