"""The slots file on the disk: read with suspicion, replaced so that no crash can lose it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from caseworker_app.errors import SlotsDamaged, SlotsMissing, StoreTooNew, refusal
from caseworker_app.vault import SLOTS_NAME

NEW_NAME = "slots.json.new"
FORMAT = "caseworker-slots"
VERSION = 1
MOST_BYTES = 1 << 20

Document = dict[str, Any]


def damaged() -> SlotsDamaged:
    """The error for a file that is not as it was written."""
    return SlotsDamaged(name=SLOTS_NAME)


def canonical(value: Document) -> bytes:
    """The one way of writing a document as bytes that checks are made over."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def intact(document: Document) -> bool:
    """Whether the document is the one that was written.

    No secret and no seal: it only tells a damaged file from a wrong passphrase, so that nobody
    types the right one again and again.
    """
    rest = {name: value for name, value in document.items() if name != "check"}
    return document.get("check") == hashlib.sha256(canonical(rest)).hexdigest()


def to_bytes(document: Document) -> bytes:
    """The file's content: readable JSON with a fresh check."""
    rest = {name: value for name, value in document.items() if name != "check"}
    check = hashlib.sha256(canonical(rest)).hexdigest()
    return (json.dumps({**rest, "check": check}, indent=1) + "\n").encode()


def from_bytes(content: bytes) -> Document:
    """The document in a file's content. SlotsDamaged, or StoreTooNew for a later format."""
    try:
        document = json.loads(content)
        if document["format"] != FORMAT or str(UUID(document["store"])) != document["store"]:
            raise damaged()
        version, slots = document["version"], document["slots"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise damaged() from None
    if version != VERSION and intact(document):
        raise StoreTooNew
    if version != VERSION or not isinstance(slots, list):
        raise damaged()
    if not all(isinstance(slot, dict) for slot in slots):
        raise damaged()
    return dict(document)


def read(folder: Path) -> Document:
    """The slots beside the store in this folder. SlotsMissing, SlotsDamaged or StoreTooNew."""
    try:
        with (folder / SLOTS_NAME).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise SlotsMissing(name=SLOTS_NAME) from None
    except OSError:
        raise damaged() from None
    if len(content) > MOST_BYTES:
        raise damaged()
    return from_bytes(content)


def replace(folder: Path, document: Document, prove: Callable[[Document], None]) -> None:
    """Put the document in the place of the old one; a crash at any moment leaves one that opens.

    `prove` gets what was really written and raises unless it opens. Until then the old file
    stays. DiskFull or FolderNotWritable when the disk refuses.
    """
    new = folder / NEW_NAME
    try:
        new.unlink(missing_ok=True)
        try:
            _write_new(new, to_bytes(document))
            prove(from_bytes(new.read_bytes()))
            new.replace(folder / SLOTS_NAME)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
        _sync_folder(folder)
    except OSError as error:
        refused = refusal(error)
        if refused is None:
            raise
        raise refused from error


def _write_new(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the renaming last a power cut. Windows keeps folders itself and opens none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
