"""What is asked about the bytes of one document: begin, append, fetch a part.

As in tus, the central store says how far a document is in `Upload-Offset`; it is whole there once
that is its size, because the hash was checked with the last byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from caseworker_app.sync.link import Answer, Link
from caseworker_app.sync.refusals import Refused, Unreachable

OFFSET = "Upload-Offset"
PARTIAL = 206
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class There:
    """How much of a document the central store has."""

    offset: int
    size: int

    @property
    def whole(self) -> bool:
        """Whether it has all of it."""
        return self.offset == self.size


def begin(link: Link, case: UUID, cipher: bytes, size: int) -> There:
    """Say what will come, or hear how far it came before."""
    answer = link.raw("PUT", f"blobs/{cipher.hex()}?case={case.hex}&size={size}")
    return _there(answer, size)


def send(link: Link, case: UUID, cipher: bytes, there: There, part: bytes) -> There:
    """Append these bytes. When the central store is elsewhere by now, it says where."""
    headers = {OFFSET: str(there.offset), "Content-Type": "application/octet-stream"}
    try:
        answer = link.raw("PATCH", f"blobs/{cipher.hex()}?case={case.hex}", part, headers)
    except Refused as refused:
        if refused.error != "moved-on":
            raise
        return begin(link, case, cipher, there.size)
    return _there(answer, there.size)


def part(link: Link, case: UUID, cipher: bytes, offset: int, length: int) -> bytes | None:
    """At most so many bytes from this offset on; None when it is not there (yet)."""
    wanted = {"Range": f"bytes={offset}-{offset + length - 1}"}
    try:
        answer = link.raw("GET", f"blobs/{cipher.hex()}?case={case.hex}", headers=wanted)
    except Refused as refused:
        if refused.error != "not-here":
            raise
        return None
    if not answer.body or (offset and answer.status != PARTIAL):
        raise Unreachable
    return answer.body[:length]


def _there(answer: Answer, size: int) -> There:
    said = answer.headers.get(OFFSET.lower(), "")
    if not (said.isascii() and said.isdecimal() and len(said) <= _DIGITS and int(said) <= size):
        raise Unreachable
    return There(int(said), size)
