"""Makes valid things in one line, so that a test says only what it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from caseworker_app.content import guides
from caseworker_app.domain.people import Person, Profile
from caseworker_app.domain.talk import Conversation, Voice
from caseworker_app.errors import GuideMissing
from caseworker_app.services import answers, people, stores, talks
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.passphrases import FLOOR

PASSPHRASE = "ruhig blau sieben lampe tisch"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOBODY = UUID(int=0)


def a_profile(name: str = "Miriam Falk", organisation: str = "Teilhabe Lindental") -> Profile:
    return Profile(
        id=NOBODY,
        case=NOBODY,
        name=name,
        organisation=organisation,
        phone="030 23125 014",
        email="falk@example.org",
    )


def a_store(folder: Path, profile: Profile | None = None, now: datetime = NOW) -> Store:
    """A real encrypted store; its passphrase is `PASSPHRASE`, cheap to stretch."""
    return stores.create(folder, profile or a_profile(), PASSPHRASE, now, cost=FLOOR)[0]


def a_person(name: str = "Tobias Brandt", **more: object) -> Person:
    given, _, family = name.partition(" ")
    values: dict[str, object] = {"birth_date": date(2001, 5, 4), **more}
    return Person(id=NOBODY, case=NOBODY, given_name=given, family_name=family, **values)


def a_case(store: Store, name: str = "Tobias Brandt", now: datetime = NOW, **more: object) -> UUID:
    """A person with a file in the store; gives the id of the case."""
    return people.open_file(store, a_person(name, **more), "meedoen", now)


def a_talk(store: Store, case: UUID, now: datetime = NOW) -> Conversation:
    """A running conversation with the first Meedoen; without it, with the first guide there is."""
    try:
        guide = guides.guide("meedoen", 1)
    except GuideMissing:
        guide = guides.all_guides()[0]
    return talks.open_talk(store, talks.begin(store, case, guide, now)).conversation


def say(
    store: Store,
    talk: Conversation,
    words: str,
    question: str = "last-year",
    voice: Voice = Voice.PARTICIPANT,
    now: datetime = NOW,
) -> None:
    """Something was said to a question and left the composer."""
    answers.add_words(store, talk, ("how-are-you", question), (voice, "", words), now)
