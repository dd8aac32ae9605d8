"""How somebody sees their life: the picture of a conversation, and what is said while looking."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.case_view import GoalCard
from caseworker_app.domain.look_back import LookBack, question_id, topic_of
from caseworker_app.domain.picture import Picture, picture
from caseworker_app.domain.talk import Conversation, Rating, Statement, Voice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.services import talks
from caseworker_app.services.goals import read_cards
from caseworker_app.store.store import Store


@dataclass(frozen=True, slots=True, repr=False)
class Summary:
    """One conversation to look at together: its picture, its words, and the goals there are."""

    talk: Talk
    picture: Picture
    goals: tuple[GoalCard, ...]


def summary(store: Store, conversation: UUID) -> Summary:
    """Everything the summary shows. Writes nothing. KeyError, GuideMissing, GuideInvalid."""
    talk = talks.open_talk(store, conversation)
    with store.reading() as reading:
        drawn = picture(
            talk,
            reading.all(Conversation, case=talk.case),
            reading.all(Rating, case=talk.case),
        )
        return Summary(talk, drawn, read_cards(reading, talk.case))


def keep_words(
    store: Store,
    talk: Talk,
    place: tuple[str, LookBack],
    words: str,
    seen: Statement | None,
    now: datetime,
) -> Statement | None:
    """Keep what the person said while looking; `place` is the life domain and what was asked.

    `seen` is the answer as it was kept before. An answer that was emptied is taken away: None.
    """
    domain, asked = place
    said = words.strip()
    kept = seen or Statement(
        id=store.new_id(),
        case=talk.case,
        conversation=talk.conversation.id,
        section=topic_of(domain, talk.asked),
        question=question_id(domain, asked),
        voice=Voice.PARTICIPANT,
        said=now,
        alone=talk.conversation.alone,
    )
    with store.changing(now) as changing:
        if said:
            return changing.put(replace(kept, words=said), seen)
        if seen:
            changing.put(replace(seen, removed=True), seen)
    return None
