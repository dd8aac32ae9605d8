"""What happened, line by line, and one hash over it: the same seed must give the same hash."""

from __future__ import annotations

import hashlib


class Trace:
    """The lines of one schedule. Nothing that depends on the machine may go in."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def note(self, *words: object) -> None:
        """One more line."""
        self.lines.append(" ".join(str(word) for word in words))

    @property
    def hash(self) -> str:
        """One hash over everything that happened."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()

    def end(self, lines: int = 40) -> str:
        """The last lines, to be read by somebody."""
        return "\n".join(self.lines[-lines:])
