"""What begins in the usual way: a file a conversation with the guide of the file."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseworker_app.content import guides
from caseworker_app.domain.people import Person
from caseworker_app.services import people, talks
from caseworker_app.store.store import Store


def open_file(store: Store, person: Person, now: datetime) -> UUID:
    """A new file with the first guide on this laptop. Gives the id of the case."""
    return people.open_file(store, person, guides.all_guides()[0].id, now)


def begin_talk(store: Store, case: UUID, now: datetime) -> UUID:
    """Begin a conversation, or go on with the running one, with the guide that the file names."""
    usual = people.file(store, case).guide
    found = guides.all_guides()
    guide = next((guide for guide in found if guide.id == usual), found[0])
    return talks.begin(store, case, guide, now)


def as_name(typed: str) -> str:
    """What was looked for, as a name: capital letters where none were typed; "" for a number."""
    if not any(letter.isalpha() for letter in typed):
        return ""
    if typed.islower():
        return " ".join(word[:1].upper() + word[1:] for word in typed.split())
    return " ".join(typed.split())
