"""The time of a test: it stands still until somebody moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass
class Clock:
    """Says what time it is."""

    now: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **how_long: float) -> None:
        """Let time pass."""
        self.now += timedelta(**how_long)
