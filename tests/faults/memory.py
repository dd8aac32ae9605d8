"""Reads the memory of another process, as a thief of a running laptop would (Linux alone)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from caseworker_app.domain.people import Person, Profile
from caseworker_app.services import stores
from caseworker_app.store import log
from caseworker_app.vault import slots

LARGEST = 1 << 30
EMPTY_PAGE = bytes(4096)
IN_PYTHON_AND_QT = ("utf-8", "latin-1", "utf-16-le", "utf-32-le")


def can_read(pid: int) -> bool:
    """Whether this system lets us look into that process at all."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.open(f"/proc/{pid}/mem", os.O_RDONLY))
    except OSError:
        return False
    return True


def copies(pid: int, secrets: Mapping[str, set[bytes]]) -> dict[str, int]:
    """How often each of these secrets stands in the writable memory of a process."""
    counted = dict.fromkeys(secrets, 0)
    for region in _regions(pid):
        content = region.replace(EMPTY_PAGE, b"")  # most of it; the rest is looked through often
        for name, forms in secrets.items():
            counted[name] += sum(content.count(form) for form in forms)
    return counted


def secrets_of(folder: Path, passphrase: str, said: str) -> dict[str, set[bytes]]:
    """Every secret that an open store has in memory, in all forms in which it may lie there."""
    data_key = slots.unlock(folder, passphrase)
    store = stores.open_with(folder, data_key)
    with store.reading() as reading:
        names = {one.family_name for one in reading.all(Person)[:3]}
        coach = {one.name for one in reading.all(Profile)}
        keys = {
            store.keys._case_key(case, epoch, wrapped)
            for (case, epoch), wrapped in log.wrapped_keys(reading.connection).items()
        }
    device = store.keys._device
    store.close()
    return {
        "data key": {
            data_key.raw,
            data_key.raw.hex().encode(),
            data_key.raw.hex().upper().encode(),
        },
        "case keys": keys,
        "device keys": {
            device.signing.private_bytes_raw(),
            device.receiving.private_bytes_raw(),
        },
        "passphrase": _texts({passphrase}),
        "said": _texts({said}),
        "names": _texts(names),
        "coach": _texts(coach),
    }


def _texts(texts: set[str]) -> set[bytes]:
    found = set()
    for text in texts:
        for encoding in IN_PYTHON_AND_QT:
            found.add(text.encode(encoding, "ignore"))
    return found


def _regions(pid: int) -> Iterator[bytes]:
    """The writable parts of the memory, one after the other."""
    descriptor = os.open(f"/proc/{pid}/mem", os.O_RDONLY)
    try:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            place, rights, *_rest = line.split()
            start, end = (int(part, 16) for part in place.split("-"))
            if "w" in rights and end - start < LARGEST:
                yield _read(descriptor, start, end - start)
    finally:
        os.close(descriptor)


def _read(descriptor: int, start: int, size: int) -> bytes:
    try:
        return os.pread(descriptor, size, start)
    except OSError:
        return b""
