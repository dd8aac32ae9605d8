"""A person with two conversations about the whole life in a real store: rated now and last time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from caseworker_app.domain.guide import Guide, Section
from caseworker_app.domain.talk import Conversation, Voice
from caseworker_app.services import answers, guides, talks
from caseworker_app.services.answers import Rated
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case

GUIDE = "ganzes-leben"
LAST_TIME = {"L01": 5, "L04": 4, "L06": 6}
TODAY: dict[str, Rated] = {
    "L01": {"satisfaction": 6, "importance": 5},
    "L04": {"satisfaction": 7, "importance": 7},
    "L06": {"satisfaction": 3, "importance": 9},
    "L11": {"satisfaction": 5},
}


def the_guide(store: Store) -> Guide:
    return next(guide for guide in guides.offered(store) if guide.id == GUIDE)


def topic_of(store: Store, domain: str) -> Section:
    return next(one for one in the_guide(store).sections if domain in one.domains)


def tell(
    store: Store,
    talk: Conversation,
    domain: str,
    words: str,
    voice: Voice = Voice.PARTICIPANT,
    *,
    strength: bool = False,
    speaker: str = "",
    **marks: bool,
) -> None:
    """Something was said to the topic of a life domain, and marked."""
    topic = topic_of(store, domain)
    fitting = [one for one in topic.questions if one.strength is strength]
    place = (topic.id, fitting[0].id)
    statement = answers.add_words(store, talk, place, (voice, speaker, words), NOW)
    if marks:
        answers.save_statement(store, replace(statement, **marks), statement, NOW)


def begin(store: Store, case: UUID, at: datetime = NOW) -> Conversation:
    """A conversation that has just begun."""
    return talks.open_talk(store, talks.begin(store, case, the_guide(store), at)).conversation


def finish(store: Store, talk: Conversation) -> Conversation:
    assert talk.started is not None
    return talks.finish(store, talk, talk.started + timedelta(minutes=65))


def a_life(store: Store, *, first: bool = False, **person: object) -> tuple[UUID, Conversation]:
    """(case, the conversation of today), which is finished."""
    case = a_case(store, place="Lindental", **person)
    if not first:
        before = begin(store, case, NOW - timedelta(days=256))
        for domain, number in LAST_TIME.items():
            answers.rate(store, before, domain, NOW, satisfaction=number)
        finish(store, before)
    talk = begin(store, case)
    for domain, rated in TODAY.items():
        answers.rate(store, talk, domain, NOW, **rated)
    tell(store, talk, "L01", "Ich stehe allein auf.", strength=True)
    tell(store, talk, "L06", "Der Bus um halb sieben fährt nicht mehr.", for_goals=True)
    tell(store, talk, "L06", "Er hat die Strecke dreimal geübt.", Voice.COACH)
    tell(store, talk, "L11", "Ich nehme Tabletten.")
    return case, finish(store, talk)
