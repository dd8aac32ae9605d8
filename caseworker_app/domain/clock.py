"""A hybrid logical clock: real time where clocks agree, and never backwards where they do not.

One 64-bit number: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16. It only
picks which of two unseen values is shown meanwhile; it never decides between them.
"""

from __future__ import annotations

from datetime import UTC, datetime

COUNTER_BITS = 16


def tick(last: int, now: datetime) -> int:
    """The next reading after `last` (0 for none) at the aware moment `now`."""
    wall = int(now.timestamp() * 1000) << COUNTER_BITS
    return max(wall, last + 1)


def moment(reading: int) -> datetime:
    """The time that a reading says, in UTC; the last there is for one that is beyond all time."""
    seconds = (reading >> COUNTER_BITS) / 1000
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.max.replace(tzinfo=UTC)
