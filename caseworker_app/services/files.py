"""Writing outside of the encrypted store, with the system's refusals in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caseworker_app import errors


def write(file: Path, content: bytes) -> None:
    """Write these bytes, as they are, where the coach wants them. DiskFull, FolderNotWritable."""
    with writing():
        file.write_bytes(content)


@contextmanager
def writing() -> Iterator[None]:
    """Turn the system's refusal to write into a sentence. Its own words name the file: they go."""
    try:
        yield
    except OSError as error:
        raise (errors.refusal(error) or errors.CaseworkerError()) from None
