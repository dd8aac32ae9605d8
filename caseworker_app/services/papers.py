"""The papers of a case: files that come in encrypted, and copies that leave it.

Bytes come and go piece by piece: of a large file no more than that is ever in memory, and none of
it lies anywhere unencrypted.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from caseworker_app import errors
from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import MOST_BYTES, PIECE, Lying, Whereabouts, pieces
from caseworker_app.services import files
from caseworker_app.store import blob_moves, blobs, organisations
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Changing

MOST_MEGABYTES = MOST_BYTES >> 20
UNKNOWN = "application/octet-stream"


@dataclass(slots=True, eq=False)
class TakingIn:
    """How far a file has come in. Whoever looks at it from another thread may also stop it.

    `closing` says whether the program is about to be locked: nobody waits for a film then.
    """

    done: int = 0
    of: int = 0
    stopped: bool = False
    closing: Callable[[], bool] = lambda: False

    def is_over(self) -> bool:
        """Whether nothing more of it shall be taken in."""
        return self.stopped or self.closing()


def add_file(
    store: Store, case: UUID, file: Path, now: datetime, taking: TakingIn | None = None
) -> Document | None:
    """Take a file into the case, encrypted; None when it was stopped.

    DocumentTooLarge above 100 MB, DocumentChanging, DiskFull.
    """
    taking = taking or TakingIn()
    media_type, _encoding = mimetypes.guess_type(file.name)
    try:
        with file.open("rb") as opened:
            taking.of = file.stat().st_size
            if taking.of > MOST_BYTES:
                raise errors.DocumentTooLarge(most=MOST_MEGABYTES)
            paper = _paper(store.new_id(), case, file.name, media_type or UNKNOWN, taking.of, now)
            return _take_in(store, paper, opened, taking, now)
    except OSError:
        raise errors.CaseworkerError from None  # the complaint names the file


def _take_in(
    store: Store, paper: Document, opened: BinaryIO, taking: TakingIn, now: datetime
) -> Document | None:
    """Each piece is a transaction of its own, so that nobody who types has to wait for long."""
    with store.changing(now) as changing:
        intake = blobs.begin(changing, paper.case, paper.size, now)
    try:
        total = hashlib.sha256()
        for number in range(pieces(paper.size)):
            content = _next_piece(opened, paper, number)
            if taking.is_over():
                _give_up(store, intake, now)
                return None
            total.update(content)
            with store.changing(now) as changing:
                blobs.add(changing, intake, content)
            taking.done += len(content)
        with store.changing(now) as changing:
            seal = blobs.finish(changing, intake)
            return changing.put(replace(paper, sha256=total.hexdigest(), seal=seal))
    except BaseException:
        _give_up(store, intake, now)
        raise


def _next_piece(opened: BinaryIO, paper: Document, number: int) -> bytes:
    """DocumentChanging when the file is shorter or longer than it was said to be."""
    content = opened.read(PIECE)
    is_last = number == pieces(paper.size) - 1
    expected = max(0, min(PIECE, paper.size - number * PIECE))
    if len(content) != expected or (is_last and opened.read(1)):
        raise errors.DocumentChanging
    return content


def _give_up(store: Store, intake: blobs.Intake, now: datetime) -> None:
    with suppress(errors.CaseworkerError), store.changing(now) as changing:
        blobs.give_up(changing, intake)


def put(
    changing: Changing, case: UUID, name: str, media_type: str, content: bytes, now: datetime
) -> Document:
    """Keep these few bytes as a document of the case, in a transaction that is open already."""
    paper = _paper(changing.place.new_id(), case, name, media_type, len(content), now)
    seal = blobs.keep(changing, case, content, now)
    return changing.put(replace(paper, sha256=hashlib.sha256(content).hexdigest(), seal=seal))


def _paper(
    new_id: UUID, case: UUID, name: str, media_type: str, size: int, now: datetime
) -> Document:
    return Document(id=new_id, case=case, name=name, media_type=media_type, size=size, added=now)


def content(store: Store, document: Document) -> bytes:
    """The bytes of a small document, exactly as they came. Errors as for `content_pieces`."""
    return b"".join(content_pieces(store, document))


def content_pieces(store: Store, document: Document) -> Iterator[bytes]:
    """The bytes of a document, piece by piece; at the end it is sure that they are the ones.

    DocumentAway when they are not on this laptop, StoreDamaged when they are others.
    """
    total = hashlib.sha256()
    for piece in _pieces(store, document):
        total.update(piece)
        yield piece
    if total.hexdigest() != document.sha256:
        raise errors.StoreDamaged


def _pieces(store: Store, document: Document) -> Iterator[bytes]:
    if not document.seal and document.blob:
        try:
            with store.reading() as reading:
                found = reading.blob(document.blob)
        except KeyError:
            raise errors.DocumentAway from None
        yield found
        return
    with store.reading() as reading:
        known = blobs.state(reading, document.cipher)
    if not document.is_whole or known is None or not known.complete:
        raise errors.DocumentAway
    for number in range(pieces(document.size)):
        try:
            with store.reading() as reading:
                found = blobs.piece(reading, document, number)
        except KeyError:
            raise errors.StoreDamaged from None
        yield found


def save_copy(store: Store, document: Document, target: Path) -> None:
    """Write the bytes of a document where the coach wants them; this copy is not encrypted.

    Errors as for `content_pieces`, FolderNotWritable, DiskFull; then no half copy is left.
    """
    found = content_pieces(store, document)
    first = next(
        found
    )  # before there is a file: an old one is not lost to a paper that is not here
    with files.writing(), target.open("wb") as opened:
        try:
            opened.write(first)
            opened.writelines(found)
        except BaseException:
            opened.close()
            target.unlink()
            raise


_FORBIDDEN = '<>:"/\\|?*'
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 120


def file_name(name: str) -> str:
    """What a copy may be called: a name from somebody else leads to no other folder.

    Nothing that hides the true ending stays either: no signs that turn the direction of writing.
    """
    kept = "".join(" " if one in _FORBIDDEN or not one.isprintable() else one for one in name)
    stem, dot, ending = " ".join(kept.split()).strip(". ").rpartition(".")
    short = f"{stem[: _LONGEST - len(ending)]}{dot}{ending}" if stem else ending
    short = short[-_LONGEST:].strip(". ")
    return f"_{short}" if not short or _RESERVED.fullmatch(short) else short


def rename(store: Store, document: Document, name: str, now: datetime) -> Document:
    """Give a document another name."""
    with store.changing(now) as changing:
        return changing.put(replace(document, name=name), document)


# --- where they are -----------------------------------------------------------------------------


def is_connected(store: Store) -> bool:
    """Whether there is a central store to hand papers over to."""
    with store.reading() as reading:
        return organisations.own(reading) is not None


def lying(store: Store, case: UUID) -> dict[UUID, Lying]:
    """Where the bytes of each document of the case are."""
    with store.reading() as reading:
        known = blobs.of_case(reading, case)
        return {
            one.id: _lying(one, known.get(one.cipher)) for one in reading.all(Document, case=case)
        }


def _lying(document: Document, known: blobs.State | None) -> Lying:
    if known is None:
        old = not document.seal
        return Lying(Whereabouts.ONLY_HERE if old else Whereabouts.AWAY)
    if known.complete:
        where = Whereabouts.HANDED_OVER if known.handed_over else Whereabouts.ONLY_HERE
        return Lying(where, known.sent, known.size)
    where = Whereabouts.COMING if known.wanted else Whereabouts.AWAY
    return Lying(where, known.arrived, known.size)


def fetch(store: Store, document: Document, now: datetime) -> None:
    """Ask for a document that is not here; it comes with the next exchange."""
    with store.changing(now) as changing:
        blob_moves.want(changing, document, now)


def stop_fetching(store: Store, document: Document, now: datetime) -> None:
    """Do not ask for it any more; what has come already is kept for another time."""
    with store.changing(now) as changing:
        blob_moves.leave(changing, document.cipher)
