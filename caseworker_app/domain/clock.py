"""A hybrid logical clock: real time where clocks agree, and never backwards where they do not.

One 64-bit number: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16. It only
picks which of two unseen values is shown meanwhile; it never decides between them.
"""

from __future__ import annotations

from datetime import datetime

COUNTER_BITS = 16


def tick(last: int, now: datetime) -> int:
    """The next reading after `last` (0 for none) at the aware moment `now`."""
    wall = int(now.timestamp() * 1000) << COUNTER_BITS
    return max(wall, last + 1)


def moment(reading: int) -> float:
    """Seconds since 1970 in a reading, as the clock of its device said."""
    return (reading >> COUNTER_BITS) / 1000
