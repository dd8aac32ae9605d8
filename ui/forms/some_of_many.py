"""A part of a list that may be thousands long: the page of it in which the current one stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """The places from `first` up to, but without, `end` of a list of `total`."""

    first: int
    end: int
    total: int

    @property
    def before(self) -> int:
        """How many stand before this part."""
        return self.first

    @property
    def after(self) -> int:
        """How many stand after this part."""
        return self.total - self.end


def part_of(total: int, current: int, most: int) -> Part:
    """The part of at most `most` that holds the current place.

    Cut at fixed places, so that a list does not slide away under the hand at every step.
    """
    first = current // most * most
    return Part(first, min(total, first + most), total)
