"""What the trials of the slots file share: names, dates, words and ways to spoil a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from caseworker_app.vault import SLOTS_NAME, slot_file

STORE = UUID("00000000-0000-4000-8000-000000000001")
NOW = datetime(2026, 11, 23, 10, 21, tzinfo=UTC)
LATER = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
WORDS = "zebra tulp fiets winter kaas"
OTHER_WORDS = "anker brood wolke sonne tisch"
SAME_STORE = b'"store": "00000000-0000-4000-8000-000000000001"'


def changed(folder: Path, change: Callable[[dict], object]) -> None:
    """Change the parsed file and give it a fresh check, as somebody who knows the format would."""
    document = json.loads((folder / SLOTS_NAME).read_bytes())
    change(document)
    (folder / SLOTS_NAME).write_bytes(slot_file.to_bytes(document))


def headed(rest: bytes) -> bytes:
    return b'{"format": "caseworker-slots", "version": 1, "fingerprint": "", ' + rest + b"}"


def slot_of(document: dict, kind: str) -> dict:
    return next(slot for slot in document["slots"] if slot["kind"] == kind)
