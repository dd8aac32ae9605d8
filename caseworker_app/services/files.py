"""Handing something out of the encrypted store: a file that lies where the coach wants it."""

from __future__ import annotations

import errno
from pathlib import Path

from caseworker_app import errors


def write(file: Path, content: bytes) -> None:
    """Write these bytes, as they are. DiskFull, FolderNotWritable."""
    try:
        file.write_bytes(content)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (errors.DiskFull if full else errors.FolderNotWritable) from error
