"""Files that come into a case and copies that leave it, with the system's refusals in sentences."""

from __future__ import annotations

import errno
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain.people import Document
from caseworker_app.services import cases
from caseworker_app.store.store import Store

UNKNOWN = "application/octet-stream"


def add_file(store: Store, case: UUID, file: Path, now: datetime) -> Document:
    """Take a file into the case, encrypted. DocumentTooLarge, DiskFull."""
    media_type, _encoding = mimetypes.guess_type(file.name)
    with _told_calmly():
        return cases.add_document(store, case, file, media_type or UNKNOWN, now)


def save_copy(store: Store, document: Document, target: Path) -> None:
    """Write the bytes of a document where the coach wants them; this copy is not encrypted."""
    content = cases.document_bytes(store, document)
    with _told_calmly():
        target.write_bytes(content)


@contextmanager
def _told_calmly() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise errors.DiskFull from problem
        if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise errors.FolderNotWritable from problem
        raise errors.CaseworkerError from problem
