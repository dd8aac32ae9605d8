"""The papers of a case: files that come in encrypted, and copies that leave it."""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain.people import Document
from caseworker_app.services import files
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Changing

MOST_MEGABYTES = 20
UNKNOWN = "application/octet-stream"


def add_file(store: Store, case: UUID, file: Path, now: datetime) -> Document:
    """Take a file into the case, encrypted. DocumentTooLarge above 20 MB, DiskFull."""
    try:
        if file.stat().st_size > MOST_MEGABYTES * 1_000_000:
            raise errors.DocumentTooLarge(most=MOST_MEGABYTES)
        content = file.read_bytes()
    except OSError:
        raise errors.CaseworkerError from None  # the complaint names the file
    media_type, _encoding = mimetypes.guess_type(file.name)
    with store.changing(now) as changing:
        return put(changing, case, file.name, media_type or UNKNOWN, content, now)


def put(
    changing: Changing, case: UUID, name: str, media_type: str, content: bytes, now: datetime
) -> Document:
    """Keep these bytes as a document of the case, in a transaction that is open already."""
    return changing.put(
        Document(
            id=changing.place.new_id(),
            case=case,
            name=name,
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            added=now,
            blob=changing.put_blob(case, content),
        )
    )


def content(store: Store, document: Document) -> bytes:
    """The bytes of a document, exactly as they came. StoreDamaged when they are others."""
    assert document.blob is not None
    with store.reading() as reading:
        found = reading.blob(document.blob)
    if hashlib.sha256(found).hexdigest() != document.sha256:
        raise errors.StoreDamaged
    return found


def save_copy(store: Store, document: Document, target: Path) -> None:
    """Write the bytes of a document where the coach wants them; this copy is not encrypted."""
    files.write(target, content(store, document))


def rename(store: Store, document: Document, name: str, now: datetime) -> Document:
    """Give a document another name."""
    with store.changing(now) as changing:
        return changing.put(replace(document, name=name), document)
