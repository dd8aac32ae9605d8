"""After a whole demo visit: everything it left on the disk, searched for everything it was told."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from caseworker_app import paths
from tests.faults.day_of_work import ROOT, Laptop
from tests.faults.secrets_in_files import Found, Search, files_in, long_words, personal_words

ASKED_FOR = {".pdf", ".png"}
"""Plans and pictures of the screen: the demo is there to leave them, and nothing else."""

CENTRAL = "central-"
"""The folder of the central store begins so. It is another machine, and its processes are not
watched: only what the laptops write is."""

_WRITTEN = re.compile(r'(?:openat|creat)\((?:AT_FDCWD, )?"([^"]+)", [^)]*O_(?:WRONLY|RDWR|TMPFILE)')
_NAMED = re.compile(r'(?:rename|mkdir|link|symlink)\w*\(.*?"([^"]+)".*= 0$')
_TRIED = re.compile(r"[a-z0-9_]{8}")
_NOWHERE = ("/dev/null", "/dev/tty", "/proc/")
QUIET = "This plugin does not"
LONGEST = 1800


@dataclass(slots=True)
class Outcome:
    """What was looked for and what was found."""

    words: int = 0
    files: int = 0
    found: list[Found] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    planted: int = 0
    planted_found: int = 0

    @property
    def failures(self) -> int:
        return len(self.found) + len(self.told) + len(self.titles) + len(self.outside)


def after_the_demo(scratch: Path) -> Outcome:
    """Make the demo visit on a laptop of its own, and search all that is left of it."""
    laptop, out = Laptop(scratch), scratch / "demo"
    trace, titles = scratch / "trace", scratch / "titles.json"
    command = [sys.executable, "-m", "tests.faults.demo_watched", str(out), str(titles)]
    if shutil.which("strace"):
        calls = "openat,creat,rename,renameat,renameat2,mkdir,link,linkat,symlink"
        command = ["strace", "-f", "-b", "execve", "-s", "4096", "-e", f"trace={calls}",
                   "-o", str(trace), *command]  # fmt: skip
    with laptop.output.open("wb") as told:
        subprocess.run(
            command, check=True, cwd=ROOT, env=laptop.environment(), stdout=told, stderr=told,
            timeout=LONGEST,
        )  # fmt: skip
    phrases = personal_words()
    search = Search(phrases | long_words(phrases))
    left = [
        file
        for file in files_in(out, laptop.home, laptop.scratch)
        if file.suffix not in ASKED_FOR or not file.is_relative_to(out)
    ]
    close = Search(phrases, fewest_bytes=4)
    told_words = close.in_bytes(laptop.output.read_bytes())
    outcome = Outcome(
        words=len(phrases | long_words(phrases)),
        files=len(left),
        found=search.in_files(left),
        told=sorted(told_words | _lines(laptop.output)),
        titles=sorted(close.in_bytes(titles.read_bytes().replace(paths.APP_NAME.encode(), b""))),
        outside=_written_outside(trace, laptop, (out, titles)) if trace.exists() else [],
    )
    _plant(outcome, search, left, scratch / "planted")
    return outcome


def _plant(outcome: Outcome, search: Search, left: list[Path], place: Path) -> None:
    """The same search must find a word that is put into each of the files."""
    place.mkdir()
    for number, file in enumerate(left):
        copy = place / f"{number}-{file.name}"
        content = file.read_bytes()
        middle = len(content) // 2
        copy.write_bytes(content[:middle] + "Gerberstraße 12, 2. Stock".encode() + content[middle:])
        (place / f"{number}-{file.name}-index").write_bytes(content + b"\0hutmacherin\0")
    copies = files_in(place)
    outcome.planted = len(copies)
    outcome.planted_found = len({one.file for one in search.in_files(copies)})


def _lines(output: Path) -> set[str]:
    """Lines on the terminal that are not the platform's own."""
    lines = output.read_text("utf-8", "replace").splitlines()
    return {line for line in lines if line and QUIET not in line}


def _written_outside(trace: Path, laptop: Laptop, inside: tuple[Path, ...]) -> list[str]:
    """Files that were opened for writing, made or renamed anywhere else."""
    found = set()
    for line in trace.read_text("utf-8", "replace").splitlines():
        for name in (*_WRITTEN.findall(line), *_NAMED.findall(line)):
            path = (ROOT / name).resolve() if not name.startswith("/") else Path(name)
            is_ours = any(path == one or path.is_relative_to(one) for one in inside)
            is_ours = is_ours or _is_of_central(path, laptop.scratch)
            if not is_ours and not name.startswith(_NOWHERE) and "__pycache__" not in name:
                found.add(name)
    return sorted(found)


def _is_of_central(path: Path, scratch: Path) -> bool:
    """Whether it is the folder of the central store, or Python's trial whether one can be made."""
    if not path.is_relative_to(scratch) or path == scratch:
        return False
    first = path.relative_to(scratch).parts[0]
    return first.startswith(CENTRAL) or bool(_TRIED.fullmatch(first))
