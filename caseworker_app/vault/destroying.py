"""Making a store unreadable for good: the slots first, because without them nothing opens."""

from __future__ import annotations

import os
from pathlib import Path

from caseworker_app.vault import SLOTS_NAME


def destroy_slots(folder: Path) -> None:
    """Overwrite and remove the file that holds the wrapped data key. Safe to call again.

    On a flash disk the old bytes may survive where no program reaches; what they hold is wrapped by
    the passphrase and, on such a disk, by the disk's own encryption.
    """
    for file in sorted(folder.glob(f"{SLOTS_NAME}*")):
        size = file.stat().st_size
        with file.open("r+b") as opened:
            opened.write(os.urandom(size))
            opened.flush()
            os.fsync(opened.fileno())
        file.unlink()
