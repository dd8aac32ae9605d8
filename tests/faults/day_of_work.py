"""A whole day of a coach in a process of its own, with everything it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import UUID

from caseworker_app import paths
from tests.faults import memory

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


@dataclass(slots=True)
class Laptop:
    """The folders of one laptop, and what the program wrote to its terminal."""

    folder: Path

    def __post_init__(self) -> None:
        for place in (self.home, self.scratch):
            place.mkdir(mode=0o700)

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def home(self) -> Path:
        """Everything a program may write to outside the store: settings, caches, recent files."""
        return self.folder / "home"

    @property
    def scratch(self) -> Path:
        return self.folder / "scratch"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def environment(self) -> dict[str, str]:
        """No screen, and nowhere to write but here."""
        without = {name: value for name, value in os.environ.items() if "XDG" not in name}
        return {
            **without,
            paths.HOME_VARIABLE: str(self.home / "caseworker"),
            "HOME": str(self.home),
            "TMPDIR": str(self.scratch),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
        }


class CoachAtWork:
    """`coach_at_work` in its own process: typing, then locked, then ended."""

    def __init__(self, laptop: Laptop, conversation: UUID, passphrase: str, words: str) -> None:
        self._output = laptop.output
        self._log: IO[bytes] = self._output.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.coach_at_work", str(laptop.store),
             str(conversation)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
            cwd=ROOT, env=laptop.environment(),
        )  # fmt: skip
        self._tell(f"{passphrase}\n{words}\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._process.kill()
        self._process.communicate()
        self._log.close()

    @property
    def pid(self) -> int:
        """The number of the process: the same before and after locking."""
        return self._process.pid

    def window_titles(self) -> list[str]:
        """What the windows were called, once the words are kept."""
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said, self._output.read_text("utf-8", "replace")
        titles: list[str] = json.loads(said)["titles"]
        return titles

    def lock(self) -> None:
        """Press Ctrl+L, and wait until the new program has read all it needs to open again."""
        self._tell("\n")
        self._wait(lambda: "coach_at_work" not in self._proc("cmdline"))
        self._wait(lambda: "sqlcipher3" in self._proc("maps"))

    def open_files(self) -> list[str]:
        """What the process has open."""
        held = Path(f"/proc/{self.pid}/fd").iterdir()
        return [str(one.readlink()) for one in held]

    def copies(self, secrets: dict[str, set[bytes]]) -> dict[str, int]:
        """How often each secret stands in its memory."""
        return memory.copies(self.pid, secrets)

    def _proc(self, name: str) -> str:
        return Path(f"/proc/{self.pid}/{name}").read_text("utf-8", "replace")

    def _tell(self, words: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(words.encode())
        self._process.stdin.flush()

    def _wait(self, until: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not until():
            assert self._process.poll() is None, "the program ended"
            assert time.monotonic() < deadline, "the program does not lock"
            time.sleep(0.02)
