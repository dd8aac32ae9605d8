"""Spellings under which the same person may stand in two files."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.names import tokens

WHOLE_NAME = 2


def spellings(name: str, birth_date: date | None) -> tuple[str, ...]:
    """Words that two files of the same person share, in a fixed order; none without a birth date.

    The whole name in any order of its parts, and first and last part alone: a second given name is
    often left out. The birth date belongs to each, so that a common name alone tells nothing.
    """
    words = tokens(name)
    if birth_date is None or len(words) < WHOLE_NAME:
        return ()
    born = birth_date.isoformat()
    whole = " ".join(sorted(words))
    ends = " ".join(sorted((words[0], words[-1])))
    return tuple(sorted({f"{whole} {born}", f"{ends} {born}"}))
