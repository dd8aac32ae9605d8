"""Time that stands still until somebody moves it, and laptops whose clocks are wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

SKEWS = (
    timedelta(0),
    timedelta(0),
    timedelta(seconds=40),
    timedelta(hours=-2),
    timedelta(days=1),
    timedelta(days=3653),
    timedelta(hours=-1),  # somebody forgot the end of summer time
)
"""What clocks of laptops are off by."""


class Time:
    """The true time, which only the central store has."""

    def __init__(self) -> None:
        self.moment = START

    def pass_by(self, seconds: float) -> None:
        """It goes on."""
        self.moment += timedelta(seconds=seconds)

    def __call__(self) -> datetime:
        """What time it is."""
        return self.moment


class Watch:
    """The clock of one laptop: the true time and how far it is off."""

    def __init__(self, time: Time, skew: timedelta) -> None:
        self._time = time
        self.skew = skew

    def __call__(self) -> datetime:
        """What time this laptop believes it is."""
        return self._time.moment + self.skew
