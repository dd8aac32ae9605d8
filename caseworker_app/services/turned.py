"""What the participant does on their side of the screen that the coach's side does otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.talk import Answer, Conversation, Statement, Voice
from caseworker_app.domain.turned import Side, side
from caseworker_app.services import talks
from caseworker_app.store.store import Store


def open_side(store: Store, conversation: UUID) -> Side:
    """The participant's side of a conversation. KeyError, GuideMissing, GuideInvalid."""
    return side(talks.open_talk(store, conversation))


def write(
    store: Store,
    talk: Conversation,
    place: tuple[str, str],
    statement: UUID,
    words: str,
    now: datetime,
) -> None:
    """The participant's own words as they stand right now, `place` being (section, question).

    They are said as soon as they are written, so they never meet what the coach has in the
    composer. Emptied, they are taken back; written again, they are there again. Words are an
    answer, so a reason for having none goes.
    """
    section, question = place
    with store.changing(now) as changing:
        kept = changing.get(Statement, statement)
        if not words.strip():
            if kept is not None:
                changing.put(replace(kept, removed=True))
            return
        said = kept or Statement(
            id=statement,
            case=talk.case,
            conversation=talk.id,
            section=section,
            question=question,
            voice=Voice.PARTICIPANT,
            said=now,
            alone=talk.alone,
        )
        changing.put(replace(said, words=words, removed=False))
        for answer in changing.all(Answer, conversation=talk.id, question=said.question):
            changing.put(replace(answer, missing=None))
