"""The files that the pictures show: the fullest one, a new one, and today's visit half way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from caseworker_app.content.sample import SamplePerson
from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import TalkStatus, Voice
from caseworker_app.services import answers, beginnings, cases, talks

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


def looking_back(camera: Camera) -> SamplePerson:
    """Somebody who answered the same questions a year ago, by values, too."""
    return next(one for one in camera.people.people if len(one.talks) > 1 and one.talks[0].answers)


def with_faces(camera: Camera) -> SamplePerson:
    """Somebody who rates with faces."""
    return next(one for one in camera.people.people if one.faces)


def with_something_missed(camera: Camera) -> SamplePerson:
    """Somebody with whom an agreed conversation did not take place."""
    return next(one for one in camera.people.people if one.not_held)


def last_talk(camera: Camera, person: SamplePerson) -> UUID:
    """The newest conversation that was held with somebody."""
    found = cases.view(camera.window.app.store, camera.cases[person.number]).conversations
    held = [talk for talk in found if talk.status is TalkStatus.HELD and talk.started]
    return max(held, key=lambda talk: talk.started or camera.now).id


def begun_talk(camera: Camera, person: SamplePerson) -> UUID:
    """A conversation that has just begun."""
    return beginnings.begin_talk(camera.window.app.store, camera.cases[person.number], camera.now)


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
    if shown.statements:
        return running
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
            wants_change=rated.wants_change,
            help_wanted=rated.help_wanted,
            own_share=rated.own_share,
            network_share=rated.network_share,
            professional_share=rated.professional_share,
            reason=rated.reason,
        )
    return running
