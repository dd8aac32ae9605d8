"""What is said and answered in a conversation, kept at once: words, values, ratings, topics.

A place is (section, question). A quick note, which belongs to no question yet, has `NOWHERE`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, TypeVar, Unpack

from caseworker_app.domain.talk import (
    Answer,
    Conversation,
    HelpWanted,
    Missing,
    Prompt,
    Rating,
    Statement,
    Topic,
    TopicState,
    Voice,
    WantsChange,
)
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Changing

Said = tuple[Voice, str, str]
"""(voice, speaker, words) as they stand in the composer.

`speaker` names a third party ("Petra Müller, sister") or a document ("Letter of 3 March"); it is
empty for the other two voices.
"""

NOWHERE = ("", "")


class Rated(TypedDict, total=False):
    """What may be changed about a rating. The numbers are points of `scale`."""

    scale: str
    satisfaction: int | None
    importance: int | None
    wants_change: WantsChange | None
    help_wanted: HelpWanted | None
    own_share: int | None
    network_share: int | None
    professional_share: int | None
    reason: str
    missing: Missing | None


V = TypeVar("V", Statement, Answer, Rating, Topic, Prompt)


def keep_words(
    store: Store, talk: Conversation, place: tuple[str, str], said: Said, now: datetime
) -> Statement | None:
    """The composer as it stands right now.

    Called whenever typing pauses. The name of a speaker stays while words are still to come; a
    composer emptied of both takes its draft away and gives None.
    """
    voice, speaker, words = said
    with store.changing(now) as changing:
        draft = _draft(changing, talk, place)
        if words.strip() or speaker.strip():
            return changing.put(replace(draft, voice=voice, speaker=speaker, words=words, said=now))
        if draft.words or draft.speaker:
            changing.put(replace(draft, removed=True, words="", speaker=""))
        return None


def add_words(
    store: Store, talk: Conversation, place: tuple[str, str], said: Said, now: datetime
) -> Statement:
    """What stands in the composer is said: it stands among the statements from now on."""
    voice, speaker, words = said
    with store.changing(now) as changing:
        draft = replace(
            _draft(changing, talk, place), voice=voice, speaker=speaker, words=words, said=now
        )
        return _say(changing, draft)


def sort_note(store: Store, note: Statement, place: tuple[str, str], now: datetime) -> Statement:
    """Put a quick note to the question where it belongs."""
    section, question = place
    with store.changing(now) as changing:
        return _say(changing, replace(note, section=section, question=question), seen=note)


def say_drafts(changing: Changing, talk: Conversation) -> None:
    """What still stands in the composers of a conversation is said, so that nothing is lost."""
    for draft in changing.all(Statement, conversation=talk.id, draft=True):
        if draft.words.strip():
            _say(changing, draft)


def save_statement(store: Store, new: Statement, seen: Statement, now: datetime) -> Statement:
    """Correct a statement, or mark it: remembered for the goals, said alone, not for print."""
    with store.changing(now) as changing:
        return changing.put(new, seen)


def set_value(store: Store, talk: Conversation, question: str, value: str, now: datetime) -> Answer:
    """Keep the answer to a question that is not answered in words.

    A value takes away the reason for having none; an emptied one leaves the reason as it is.
    """
    with store.changing(now) as changing:
        answer = _answer(changing, talk, question)
        missing = None if value else answer.missing
        return changing.put(replace(answer, value=value, missing=missing))


def set_missing(
    store: Store, talk: Conversation, question: str, missing: Missing | None, now: datetime
) -> Answer:
    """Why there is no answer to a question; None when there is one after all.

    A reason takes away a value: there is one or the other. Words are never touched.
    """
    with store.changing(now) as changing:
        answer = _answer(changing, talk, question)
        value = "" if missing else answer.value
        return changing.put(replace(answer, value=value, missing=missing))


def rate(
    store: Store, talk: Conversation, domain: str, now: datetime, **rated: Unpack[Rated]
) -> Rating:
    """How the participant sees a life domain.

    A reason for having no rating clears the numbers, a number clears the reason. On another scale
    the rating starts anew, for nothing is converted. Words and shares are never touched.
    """
    if rated.get("missing") is not None:
        rated |= {"satisfaction": None, "importance": None}
    elif rated.get("satisfaction") is not None or rated.get("importance") is not None:
        rated |= {"missing": None}
    with store.changing(now) as changing:
        new = Rating(id=store.new_id(), case=talk.case, conversation=talk.id, domain=domain)
        kept = _kept(changing, new, domain=domain)
        if rated.get("scale", kept.scale) != kept.scale:
            kept = replace(kept, satisfaction=None, importance=None)
        return changing.put(replace(kept, **rated))


def set_hidden(
    store: Store, talk: Conversation, questions: Iterable[str], now: datetime, *, hidden: bool
) -> None:
    """Put prompts out of sight for this conversation, or bring them back."""
    with store.changing(now) as changing:
        for question in questions:
            new = Prompt(id=store.new_id(), case=talk.case, conversation=talk.id, question=question)
            changing.put(replace(_kept(changing, new, question=question), hidden=hidden))


def set_topic(
    store: Store, talk: Conversation, section: str, state: TopicState, now: datetime
) -> Topic:
    """Park a topic, note that asking is allowed or not wished, or open it again."""
    with store.changing(now) as changing:
        new = Topic(id=store.new_id(), case=talk.case, conversation=talk.id, section=section)
        return changing.put(replace(_kept(changing, new, section=section), state=state))


def _say(changing: Changing, draft: Statement, seen: Statement | None = None) -> Statement:
    """The participant's words are an answer, so a reason for having none goes."""
    if draft.voice is Voice.PARTICIPANT:
        talk, question = draft.conversation, draft.question
        for answer in changing.all(Answer, conversation=talk, question=question):
            changing.put(replace(answer, missing=None))
    return changing.put(replace(draft, draft=False), seen)


def _draft(changing: Changing, talk: Conversation, place: tuple[str, str]) -> Statement:
    """What stands in the composer there. What was typed while the two were alone stays marked."""
    section, question = place
    new = Statement(
        id=changing.place.new_id(),
        case=talk.case,
        conversation=talk.id,
        section=section,
        question=question,
        draft=True,
    )
    kept = _kept(changing, new, question=question, draft=True)
    return replace(kept, alone=kept.alone or talk.alone)


def _answer(changing: Changing, talk: Conversation, question: str) -> Answer:
    new = Answer(
        id=changing.place.new_id(), case=talk.case, conversation=talk.id, question=question
    )
    return _kept(changing, new, question=question)


def _kept(changing: Changing, new: V, **where: object) -> V:
    """What this conversation has already where `new` would stand; else `new` itself."""
    found = changing.all(type(new), removed=False, conversation=new.conversation, **where)
    return found[-1] if found else new
