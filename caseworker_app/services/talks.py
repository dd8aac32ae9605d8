"""Agreeing on a conversation, beginning it, finding it again as it was left, finishing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from caseworker_app.domain import path
from caseworker_app.domain.guide import Guide
from caseworker_app.domain.path import Place
from caseworker_app.domain.people import CaseFile, Person, Profile, Relation
from caseworker_app.domain.talk import (
    Answer,
    Conversation,
    Prompt,
    Rating,
    Statement,
    TalkStatus,
    Topic,
)
from caseworker_app.domain.talk_view import Earlier, Talk
from caseworker_app.errors import GuideInvalid, GuideMissing
from caseworker_app.services import answers as said
from caseworker_app.services import guides
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Changing, Reading


def plan_talk(store: Store, case: UUID, at: datetime, place: str, now: datetime) -> Conversation:
    """Agree when and where the next talk is. A talk that was planned before moves to this time."""
    with store.changing(now) as changing:
        planned = _planned(changing, case)
        talk = planned[0] if planned else Conversation(id=store.new_id(), case=case)
        return changing.put(replace(talk, planned_for=at, place=place))


def begin(store: Store, case: UUID, guide: Guide, now: datetime) -> UUID:
    """Begin a conversation, or go on with the one that is running. Gives its id.

    A talk that was planned for today or before becomes this one.
    """
    with store.changing(now) as changing:
        running = changing.all(Conversation, case=case, status=TalkStatus.RUNNING)
        if running:
            return running[-1].id
        today = now.astimezone().date()
        due = [
            talk
            for talk in _planned(changing, case)
            if talk.planned_for and talk.planned_for.astimezone().date() <= today
        ]
        talk = due[0] if due else Conversation(id=store.new_id(), case=case)
        _name_usual_guide(changing, case, guide)
        changing.put(
            replace(
                talk,
                status=TalkStatus.RUNNING,
                guide=guide.id,
                guide_version=guide.version,
                started=now,
            )
        )
        return talk.id


def _name_usual_guide(changing: Changing, case: UUID, guide: Guide) -> None:
    """The guide of the first conversation becomes the usual one of the file."""
    file = changing.get(CaseFile, case)
    if file is not None and not file.guide:
        changing.put(replace(file, guide=guide.id), file)


def running(store: Store, case: UUID) -> Conversation | None:
    """The conversation that was begun with this person and is not finished yet."""
    with store.reading() as reading:
        found = reading.all(Conversation, case=case, status=TalkStatus.RUNNING)
    return found[-1] if found else None


def open_talk(store: Store, conversation: UUID) -> Talk:
    """Everything of one conversation. Writes nothing. KeyError, GuideMissing."""
    with store.reading() as reading:
        talk = _conversation(reading, conversation)
        guide = guides.find_in(reading, talk.guide, talk.guide_version)
        profile = reading.get(Profile, store.id)
        return _as_it_is(
            reading,
            Talk(
                conversation=talk,
                guide=guide,
                asked=guide,
                person=reading.all(Person, case=talk.case)[0],
                coach=profile.name if profile else "",
                relations=tuple(reading.all(Relation, case=talk.case)),
                statements=(),
                answers=(),
                ratings=(),
                topics=(),
                prompts=(),
                earlier=_earlier(reading, talk),
                section="",
                question="",
            ),
            Place(*(reading.bookmark(conversation) or ("", ""))),
        )


def read_again(store: Store, talk: Talk) -> Talk:
    """What has become of a conversation that is being held, at the same place. Writes nothing.

    Its guide and the talk before cannot have changed meanwhile.
    """
    with store.reading() as reading:
        return _as_it_is(
            reading,
            replace(
                talk,
                conversation=_conversation(reading, talk.conversation.id),
                person=reading.all(Person, case=talk.case)[0],
                relations=tuple(reading.all(Relation, case=talk.case)),
            ),
            Place(talk.section, talk.question),
        )


def _conversation(reading: Reading, conversation: UUID) -> Conversation:
    talk = reading.get(Conversation, conversation)
    if talk is None:
        raise KeyError(conversation)
    return talk


def _as_it_is(reading: Reading, talk: Talk, here: Place) -> Talk:
    """The talk with all that was said and answered in it by now."""
    conversation = talk.conversation.id
    statements = tuple(reading.all(Statement, conversation=conversation))
    answers = tuple(reading.all(Answer, conversation=conversation))
    ratings = tuple(reading.all(Rating, conversation=conversation))
    asked = path.asked(talk.guide, statements, answers, ratings)
    at = path.nearest(talk.guide, asked, here)
    return replace(
        talk,
        asked=asked,
        statements=statements,
        answers=answers,
        ratings=ratings,
        topics=tuple(reading.all(Topic, conversation=conversation)),
        prompts=tuple(reading.all(Prompt, conversation=conversation)),
        section=at.section,
        question=at.question,
    )


def save_talk(store: Store, new: Conversation, seen: Conversation, now: datetime) -> Conversation:
    """Keep what was changed about the talk itself: place, language, interpreter, who was there."""
    with store.changing(now) as changing:
        return changing.put(new, seen)


def move_to(store: Store, conversation: UUID, section: str, question: str, now: datetime) -> None:
    """Remember on this laptop where the conversation stands."""
    with store.changing(now) as changing:
        changing.set_bookmark(conversation, section, question)


def finish(store: Store, talk: Conversation, now: datetime) -> Conversation:
    """The conversation is over. Words still in a composer count as said: nothing typed is lost."""
    with store.changing(now) as changing:
        said.say_drafts(changing, talk)
        return changing.put(replace(talk, status=TalkStatus.HELD, finished=now), talk)


def reopen(store: Store, talk: Conversation, now: datetime) -> Conversation:
    """Go on with a conversation that was finished too early."""
    with store.changing(now) as changing:
        return changing.put(replace(talk, status=TalkStatus.RUNNING, finished=None), talk)


def _planned(reading: Reading | Changing, case: UUID) -> list[Conversation]:
    talks = reading.all(Conversation, case=case, status=TalkStatus.PLANNED)
    return sorted(talks, key=lambda t: t.planned_for.timestamp() if t.planned_for else 0.0)


def _earlier(reading: Reading, talk: Conversation) -> Earlier | None:
    held = [
        other
        for other in reading.all(Conversation, case=talk.case, status=TalkStatus.HELD)
        if other.id != talk.id and other.started and talk.started and other.started < talk.started
    ]
    if not held:
        return None
    last = max(held, key=lambda t: t.started.timestamp() if t.started else 0.0)
    assert last.started is not None
    return Earlier(
        last.started.astimezone().date(),
        tuple(s for s in reading.all(Statement, conversation=last.id) if not s.draft),
        tuple(reading.all(Rating, conversation=last.id)),
        tuple(reading.all(Answer, conversation=last.id)),
        _guide_of(reading, last),
    )


def _guide_of(reading: Reading, talk: Conversation) -> Guide | None:
    try:
        return guides.find_in(reading, talk.guide, talk.guide_version)
    except (GuideMissing, GuideInvalid):
        return None  # what was said can be read without it
