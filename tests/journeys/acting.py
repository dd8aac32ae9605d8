"""Does what was made up: to values, which the rules alone look at, and in a real store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from uuid import UUID, uuid4

from caseworker_app.content.guide_write import write
from caseworker_app.domain import path
from caseworker_app.domain.guide import Guide
from caseworker_app.domain.path import Place
from caseworker_app.domain.talk import Answer, Rating, Statement, Topic, Voice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.services import answers, guides, removing, talks
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case
from tests.journeys.asked_guides import Act, Agrees, Gives, Hides, Lacks, Rates, Says, TakesBack

CASE = uuid4()
numbers = count(1)


@dataclass
class Heard:
    """What was done in one conversation, as values, the older ones first."""

    statements: list[Statement] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def hear(self, act: Act) -> None:  # noqa: C901 - one case for each thing that can be done
        match act:
            case Says(place, voice, words):
                more = {"section": place.section, "question": place.question, "words": words}
                self.statements.append(_new(Statement, voice=voice, **more))
            case TakesBack(place):
                said = [one for one in self.statements if one.question == place.question]
                for one in said[-1:]:
                    self.statements.remove(one)
            case Gives(place, value):
                self.answers.append(_new(Answer, question=place.question, value=value))
            case Lacks(place, missing):
                self.answers.append(_new(Answer, question=place.question, missing=missing))
            case Rates(domain, noted):
                self.ratings.append(_new(Rating, domain=domain, **dict(noted)))
            case Agrees(section, state):
                self.topics.append(_new(Topic, section=section, state=state))
            case Hides(question, hidden):
                (self.hidden.add if hidden else self.hidden.discard)(question)

    def asked(self, guide: Guide) -> Guide:
        return path.asked(guide, self.statements, self.answers, self.ratings)


def _new(kind: type, **more: object):
    return kind(id=uuid4(), case=CASE, **more)


def heard(done: Sequence[Act]) -> Heard:
    made = Heard()
    for act in done:
        made.hear(act)
    return made


class Table:
    """A store, and one conversation with a guide that was made up."""

    def __init__(self, store: Store, made: Guide) -> None:
        self.store = store
        guide = guides.keep(store, write(replace(made, id=f"made-{next(numbers)}")), NOW)
        self.id: UUID = talks.begin(store, a_case(store), guide, NOW)

    @property
    def talk(self) -> Talk:
        return talks.open_talk(self.store, self.id)

    def do(self, act: Act) -> None:  # noqa: C901 - one case for each thing that can be done
        store, talk = self.store, self.talk
        about = talk.conversation
        match act:
            case Says(place, voice, words):
                named = "Bo" if voice in (Voice.THIRD, Voice.DOCUMENT) else ""
                answers.add_words(store, about, _pair(place), (voice, named, words), NOW)
            case TakesBack(place):
                for one in talk.said(place.question)[-1:]:
                    removing.remove(store, one, NOW)
            case Gives(place, value):
                answers.set_value(store, about, place.question, value, NOW)
            case Lacks(place, missing):
                answers.set_missing(store, about, place.question, missing, NOW)
            case Rates(domain, noted):
                answers.rate(store, about, domain, NOW, **dict(noted))
            case Agrees(section, state):
                answers.set_topic(store, about, section, state, NOW)
            case Hides(question, hidden):
                answers.set_hidden(store, about, [question], NOW, hidden=hidden)


def _pair(place: Place) -> tuple[str, str]:
    return place.section, place.question
