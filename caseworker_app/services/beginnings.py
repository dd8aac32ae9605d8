"""What begins in the usual way: a file, and a conversation with the guide that the file names."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseworker_app.content import guides
from caseworker_app.domain.guide import Guide
from caseworker_app.domain.people import Person
from caseworker_app.errors import GuideMissing
from caseworker_app.services import people, talks
from caseworker_app.store.store import Store


def open_file(store: Store, person: Person, now: datetime) -> UUID:
    """A new file with the first guide on this laptop. Gives the id of the case."""
    usual = next((guide.id for guide in guides.all_guides()), "")
    return people.open_file(store, person, usual, now)


def begin_talk(store: Store, case: UUID, now: datetime) -> UUID:
    """Begin a conversation with the guide that the file names, or go on with the running one.

    GuideInvalid when that guide has a mistake: another one is never taken in silence.
    """
    running = talks.running(store, case)
    if running is not None:
        return running.id
    return talks.begin(store, case, _usual(people.file(store, case).guide), now)


def _usual(name: str) -> Guide:
    """The guide of this name; where none of this name lies on this laptop, the first there is."""
    found = guides.all_guides()
    broken = guides.broken_guides()
    for guide in found:
        if guide.id == name:
            return guide
    for mistake in broken:
        if str(mistake.details["name"]).startswith(f"{name}/"):
            raise mistake
    if found:
        return found[0]
    raise broken[0] if broken else GuideMissing(name=name, version=1)
