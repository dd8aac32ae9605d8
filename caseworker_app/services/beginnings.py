"""What begins in the usual way: a file, and a conversation with the guide that the file names."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from caseworker_app.domain.guide import Guide
from caseworker_app.domain.people import CaseFile, Person
from caseworker_app.errors import GuideMissing
from caseworker_app.services import guides, people, talks
from caseworker_app.store.store import Store

WHOLE_LIFE = "ganzes-leben"
"""The guide that fits everybody."""


def open_file(store: Store, person: Person, now: datetime) -> UUID:
    """A new file with the guide of the coach's newest one; the first file has none yet."""
    with store.reading() as reading:
        files = reading.all(CaseFile, removed=False)
    newest = max(files, key=lambda file: file.opened or date.min, default=None)
    return people.open_file(store, person, newest.guide if newest else "", now)


def begin_talk(store: Store, case: UUID, now: datetime) -> UUID:
    """Begin a conversation with the guide that the file names, or go on with the running one.

    GuideInvalid when that guide has a mistake: another one is never taken in silence.
    """
    running = talks.running(store, case)
    if running is not None:
        return running.id
    return talks.begin(store, case, _usual(store, people.file(store, case).guide), now)


def _usual(store: Store, name: str) -> Guide:
    """The guide of this name; without one, that of the whole life; where it is not here, the first.

    GuideInvalid when this one has a mistake, GuideMissing where there is none at all.
    """
    found = guides.offered(store)
    broken = guides.broken(store)
    for guide in found:
        if guide.id == (name or WHOLE_LIFE):
            return guide
    for mistake in broken:
        if str(mistake.details["name"]).startswith(f"{name}/"):
            raise mistake
    if found:
        return found[0]
    raise broken[0] if broken else GuideMissing(name=name, version=1)
