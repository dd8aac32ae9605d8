"""A hybrid logical clock: real time where clocks agree, and never backwards where they do not.

One 64-bit number: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16. It only
picks which of two unseen values is shown meanwhile; it never decides between them.
"""

from __future__ import annotations

from datetime import UTC, datetime

COUNTER_BITS = 16
AHEAD = 24 * 60 * 60 * 1000
"""Milliseconds. A clock that is further ahead than a day is not followed: it is wrong, or a lie."""

LATEST = datetime(9998, 12, 31, tzinfo=UTC)
EARLIEST = datetime(2, 1, 1, tzinfo=UTC)
"""Between these a moment can be shown in every time zone."""


def tick(last: int, now: datetime) -> int:
    """The next reading after `last` (0 for none) at the aware moment `now`."""
    return max(_wall(now), last + 1)


def followed(now: datetime) -> int:
    """The first reading that is too far ahead of `now` to be followed.

    Otherwise one laptop with a wrong clock would set the clocks of all others for good, and the
    greatest reading there is would leave none that could follow it.
    """
    return _wall(now) + (AHEAD << COUNTER_BITS)


def moment(reading: int) -> datetime:
    """The time that a reading says, in UTC."""
    return at(reading >> COUNTER_BITS)


def at(milliseconds: int) -> datetime:
    """So many milliseconds since 1970, in UTC; the last there is for what is beyond all time."""
    try:
        said = datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return LATEST if milliseconds > 0 else EARLIEST
    return min(max(said, EARLIEST), LATEST)


def _wall(now: datetime) -> int:
    return int(now.timestamp() * 1000) << COUNTER_BITS
