"""The files that the pictures show: the fullest one, a new one, and today's visit half way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from caseworker_app.content.sample import SamplePerson
from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import Voice
from caseworker_app.services import answers, beginnings, talks

if TYPE_CHECKING:
    from tools.pictures import Camera

NOBODY = UUID(int=0)
TALKED_ABOUT = ("arriving", "doing", "talents")
LONG_NAMES = {"de": ("Anna-Lena", "von der Recke-Hohenstein"), "nl": ("Abdulrahman", "Al-Khatib")}


def visitor(camera: Camera) -> str:
    """The file number of whoever is visited today."""
    return camera.people.visit.number


def fullest(camera: Camera) -> SamplePerson:
    """Whoever has most goals and talks."""
    return max(camera.people.people, key=lambda one: (len(one.goals), len(one.talks)))


def new_file(camera: Camera) -> str:
    """A new file of somebody with a long name of whom nothing else is known; its number here."""
    given, family = LONG_NAMES[camera.people.language]
    person = Person(id=NOBODY, case=NOBODY, given_name=given, family_name=family)
    camera.cases["new"] = beginnings.open_file(camera.window.app.store, person, camera.now)
    return "new"


def running_talk(camera: Camera) -> UUID:
    """The visit of today, as far as it has come."""
    store, now = camera.window.app.store, camera.now
    running = beginnings.begin_talk(store, camera.cases[visitor(camera)], now)
    shown = talks.open_talk(store, running)
    script = camera.people.visit.talk
    topics = {one.id: topic.id for topic in shown.guide.sections for one in topic.questions}
    for minute, said in enumerate(script.statements):
        place = (topics[said.question], said.question)
        if place[0] in TALKED_ABOUT:
            words = (Voice(said.voice), said.speaker, said.words)
            at = now + timedelta(minutes=minute)
            answers.add_words(store, shown.conversation, place, words, at)
    for rated in script.ratings[:4]:
        answers.rate(
            store,
            shown.conversation,
            rated.domain,
            now,
            satisfaction=rated.satisfaction,
            importance=rated.importance,
        )
    return running
