"""Who said something, by name: the participant, the coach, somebody else, or a document."""

from __future__ import annotations

from caseworker_app.domain.talk import Statement, Voice
from caseworker_app.domain.talk_view import Talk


def speaker(talk: Talk, said: Statement) -> str:
    """The name under the words; "" where a third voice was not named."""
    names = {Voice.PARTICIPANT: talk.person.short_name, Voice.COACH: talk.coach}
    return names.get(said.voice, said.speaker)
