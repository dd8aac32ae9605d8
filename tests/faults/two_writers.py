"""Two programs that write into one store at the same time.

As a process of its own, with FOLDER CONVERSATION NAME SAVES: writes so many statements, and prints
one line for each that was acknowledged. A fifth word, `forgetful`, plants a bug: every tenth is
acknowledged without having been written.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from caseworker_app.domain.talk import Statement
from caseworker_app.services import checking, stores, talks
from tests.builders import PASSPHRASE, a_case, a_store, a_talk, say

NAMES = ("anna", "bert")


@dataclass(slots=True)
class Outcome:
    """What came of two writers."""

    acknowledged: int = 0
    missing: list[str] = field(default_factory=list)
    not_clean: list[str] = field(default_factory=list)

    @property
    def failures(self) -> int:
        return len(self.missing) + len(self.not_clean)


def write_at_once(folder: Path, saves: int, *planted: str) -> Outcome:
    """Both write into one conversation, so into one chain of changes."""
    store = a_store(folder)
    talk = a_talk(store, a_case(store))
    store.close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.two_writers", str(folder), str(talk.id),
             name, str(saves), *planted],
            stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )
        for name in NAMES
    ]  # fmt: skip
    said = [line for writer in writers for line in writer.communicate(timeout=120)[0].splitlines()]
    outcome = Outcome(len(said))
    store = stores.unlock(folder, PASSPHRASE)
    with store.reading() as reading:
        here = {one.words for one in reading.all(Statement, conversation=talk.id)}
    outcome.missing = [words for words in said if words not in here]
    outcome.not_clean = checking.check_open(store).findings
    store.close()
    return outcome


def main(folder: Path, conversation: UUID, name: str, saves: int, *planted: str) -> None:
    store = stores.unlock(folder, PASSPHRASE)
    talk = talks.open_talk(store, conversation).conversation
    for number in range(saves):
        if not planted or number % 10:
            say(store, talk, f"{name} {number}", question=f"of-{name}")
        print(f"{name} {number}", flush=True)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3], int(sys.argv[4]), *sys.argv[5:])
