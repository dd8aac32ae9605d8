"""Noticing, while a new person is typed, that there may already be a file of theirs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from caseworker_app.domain.lines import PersonLine
from caseworker_app.domain.names import tokens
from caseworker_app.services.find import PeopleIndex

SURE_NAME = 0.85
"""How alike the names must be; the same birth date allows for a typing mistake."""

LIKELY_NAME = 0.7
WHOLE_NAME = 2


def likely(
    index: PeopleIndex, name: str, birth_date: date | None, own: UUID | None = None
) -> PersonLine | None:
    """Somebody with this name whose birth date does not speak against it; never the case `own`."""
    words = tokens(name)
    same_day = birth_date is not None
    if not words or (len(words) < WHOLE_NAME and not same_day):
        return None
    for hit in index.find(name):
        line = hit.line
        if line.case == own or hit.found_in or len(tokens(line.name)) < len(words):
            continue
        same = same_day and line.birth_date == birth_date
        unknown = birth_date is None or line.birth_date is None
        if (same and hit.score >= LIKELY_NAME) or (unknown and hit.score >= SURE_NAME):
            return line
    return None
