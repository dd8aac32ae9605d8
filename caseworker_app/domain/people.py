"""The coach, the case file, the person it belongs to, and the people around that person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from caseworker_app.domain.entity import Entity, link, text
from caseworker_app.domain.pieces import CIPHER_BYTES, MOST_BYTES, SEAL_BYTES


class CaseStatus(StrEnum):
    """Whether the coach still works with the person."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Profile(Entity):
    """The coach who works with this store. Kept in the stream that has the store's own id.

    `pin` is a hash of the short number that leads back from the participant's side of the screen.
    """

    kind: ClassVar[str] = "profile"
    name: str = text()
    organisation: str = text()
    phone: str = text()
    email: str = text()
    pin: str = text()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaseFile(Entity):
    """One person's file. Its id is the id of the case. There is no BSN and no tax id, anywhere."""

    kind: ClassVar[str] = "case_file"
    number: str = text()
    opened: date | None = None
    guide: str = text()
    status: CaseStatus = CaseStatus.OPEN


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Person(Entity):
    """The participant. `good_to_know` holds one short fact a line ("Hears less on the left").

    `avoid` says what is better left alone, one thing a line. `informal`, `plain` and `faces` are
    how somebody likes to be spoken to: by "du" or "je", in plain language, with faces to rate.
    """

    kind: ClassVar[str] = "person"
    given_name: str = text()
    family_name: str = text()
    called: str = text()
    pronoun: str = text()
    birth_date: date | None = None
    phone: str = text()
    email: str = text()
    street: str = text()
    postcode: str = text()
    place: str = text()
    language: str = text()
    interpreter: str = text()
    good_to_know: str = text(searched=True)
    avoid: str = text(searched=True)
    informal: bool = False
    plain: bool = False
    faces: bool = False

    @property
    def name(self) -> str:
        """The whole name, as it stands on the plan."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)

    @property
    def short_name(self) -> str:
        """What the person is called in a sentence."""
        return self.called or self.given_name or self.family_name

    @property
    def initials(self) -> str:
        """One or two letters for the round picture."""
        words = [w for w in (self.given_name, self.family_name) if w]
        return "".join(w[0] for w in words).upper()[:2]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Relation(Entity):
    """Somebody in the household or the network: who it is to the participant, how to reach them."""

    kind: ClassVar[str] = "relation"
    name: str = text()
    role: str = text()
    lives_here: bool = False
    trusted: bool = False
    phone: str = text()
    note: str = text(searched=True)


class ContactWay(StrEnum):
    """How the coach was in touch."""

    CALL = "call"
    VISIT = "visit"
    MESSAGE = "message"
    LETTER = "letter"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ContactNote(Entity):
    """A short note between conversations: a call, a letter, something heard."""

    kind: ClassVar[str] = "contact_note"
    at: datetime | None = None
    way: ContactWay = ContactWay.CALL
    words: str = text(searched=True)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Document(Entity):
    """A file in the case; its real name stands only here.

    `seal` is what its bytes are found by and opened with: the SHA-256 of the ciphertext, then the
    key. It is one field, so that no two halves that do not belong together can ever meet. A paper
    from before there was an exchange has `blob` instead, until it is first to be handed over.
    """

    kind: ClassVar[str] = "document"
    name: str = text(searched=True)
    media_type: str = text()
    size: int = 0
    sha256: str = text()
    added: datetime | None = None
    blob: UUID | None = link()
    seal: bytes = b""

    @property
    def cipher(self) -> bytes:
        """The SHA-256 of its ciphertext, by which it is known everywhere; empty without one."""
        return self.seal[:CIPHER_BYTES]

    @property
    def key(self) -> bytes:
        """What opens it: for whoever seals and opens, and nobody else."""
        return self.seal[CIPHER_BYTES:]

    @property
    def is_whole(self) -> bool:
        """Whether its seal and size can be true; a paper of others may claim anything."""
        return len(self.seal) == SEAL_BYTES and 0 <= self.size <= MOST_BYTES


def age(birth_date: date | None, today: date) -> int | None:
    """Whole years since birth; None when the birth date is not known."""
    if birth_date is None:
        return None
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had_birthday)


def things(lines: str) -> tuple[str, ...]:
    """What was noted one thing a line."""
    return tuple(line.strip() for line in lines.splitlines() if line.strip())
