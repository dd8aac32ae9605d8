"""What a large document costs, and what is left when the power goes: as a program of its own.

`python -m tests.store.large_papers memory FOLDER` takes 100 MiB in and out again and prints by how
many MiB the memory grew at most. `… until-killed FOLDER` says "piece" for every piece it took in.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from pathlib import Path
from typing import Any

from caseworker_app.domain.people import CaseFile
from caseworker_app.domain.pieces import MOST_BYTES, PIECE
from caseworker_app.services import papers, stores
from tests.builders import NOW, PASSPHRASE

MARKER = b"Zimtschnecke-7431"


def a_large_file(file: Path, size: int) -> str:
    """A file without a pattern but for a marker in each piece; gives its SHA-256."""
    source, total = random.Random(size), hashlib.sha256()
    with file.open("wb") as opened:
        for start in range(0, size, PIECE):
            content = MARKER + source.randbytes(PIECE - len(MARKER))
            opened.write(content[: size - start])
            total.update(content[: size - start])
    return total.hexdigest()


class SaidAloud(papers.TakingIn):
    """Says each piece that is safely in."""

    __slots__ = ()

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name == "done" and value:
            print("piece", flush=True)


def most_memory() -> float:
    """MiB: the most since the last time this was asked (Linux alone)."""
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    Path("/proc/self/clear_refs").write_text("5")
    return peak / 1024


def main(what: str, folder: Path) -> None:
    store = stores.unlock(folder / "store", PASSPHRASE)
    with store.reading() as reading:
        case = reading.all(CaseFile)[0].case
    file = folder / "large.bin"
    if what == "until-killed":
        papers.add_file(store, case, file, NOW, SaidAloud())
        return
    assert file.stat().st_size == MOST_BYTES
    most_memory()
    before = most_memory()
    document = papers.add_file(store, case, file, NOW)
    taking_in = most_memory() - before
    assert document is not None
    papers.save_copy(store, document, folder / "copy.bin")
    json.dump({"in": taking_in, "out": most_memory() - before}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
