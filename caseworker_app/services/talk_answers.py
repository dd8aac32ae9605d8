"""Answers to a question: in words, with the name of who said them, or as a value."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from caseworker_app.domain.talk import Answer, Conversation, Statement, Voice
from caseworker_app.services import talks
from caseworker_app.store.store import Store

Said = tuple[Voice, str, str]
"""(voice, speaker, words) as they stand in the composer."""


def keep_words(
    store: Store, talk: Conversation, place: tuple[str, str], said: Said, now: datetime
) -> Statement | None:
    """The composer as it stands right now, `place` being (section, question).

    None when there are no words in it; a draft that was there before is then gone.
    """
    voice, speaker, words = said
    draft = talks.keep_draft(store, talk, place, voice, words, now)
    if draft is None or draft.speaker == speaker:
        return draft
    return talks.save_statement(store, replace(draft, speaker=speaker), draft, now)


def add_words(
    store: Store, talk: Conversation, place: tuple[str, str], said: Said, now: datetime
) -> Statement:
    """What stands in the composer is said.

    The participant's words are an answer, so a reason for having none goes.
    """
    (section, question), (voice, speaker, words) = place, said
    with store.changing(now) as changing:
        drafts = changing.all(Statement, conversation=talk.id, question=question, draft=True)
        statement = (
            drafts[-1]
            if drafts
            else Statement(id=store.new_id(), case=talk.case, conversation=talk.id, draft=True)
        )
        if voice is Voice.PARTICIPANT:
            for answer in changing.all(Answer, conversation=talk.id, question=question):
                changing.put(replace(answer, missing=None))
        return changing.put(
            replace(
                statement,
                section=section,
                question=question,
                voice=voice,
                speaker=speaker,
                words=words,
                said=now,
                draft=False,
            )
        )


def set_value(store: Store, talk: Conversation, question: str, value: str, now: datetime) -> Answer:
    """Keep the answer to a question that is not answered in words.

    A value takes away the reason for having none; an emptied one leaves the reason as it is.
    """
    with store.changing(now) as changing:
        found = changing.all(Answer, conversation=talk.id, question=question)
        answer = (
            found[-1]
            if found
            else Answer(id=store.new_id(), case=talk.case, conversation=talk.id, question=question)
        )
        missing = None if value else answer.missing
        return changing.put(replace(answer, value=value, missing=missing))
