"""How much one device, or one address, may ask for: buckets that fill again with time.

They are kept in the memory of this process: a restart forgives, which is no harm for limits that
guard against floods. Codes and tokens are guarded by their 128 bits and more, not by these.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many at once, and so many in an hour."""

    burst: float
    hourly: float


@dataclass(frozen=True, slots=True)
class Limits:
    """The allowances. A fresh laptop fetches 200 cases at once: a thousand requests."""

    requests: Allowance = Allowance(2_000, 36_000)  # of a device: 600 a minute
    bytes: Allowance = Allowance(512 << 20, 6 << 30)  # that a device sends: 100 MiB a minute
    strangers: Allowance = Allowance(6_000, 360_000)  # of an address, before anybody signed in
    enrolments: Allowance = Allowance(5, 5)  # that fail, of an address, for each organisation
    tags: Allowance = Allowance(60, 60)  # of a device


NO_LIMITS = Limits(*[Allowance(1e18, 1e18)] * 5)
_MOST_BUCKETS = 100_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Buckets:
    """The levels of all buckets."""

    _levels: OrderedDict[Hashable, _Bucket] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def seconds_to_wait(
        self, key: Hashable, allowance: Allowance, now: datetime, amount: float = 1
    ) -> int:
        """Take this much out of a bucket: 0 if it was there, else how long it takes to be there.

        More than the whole bucket holds may go below zero: it is paid for afterwards.
        """
        with self._lock:
            bucket = self._levels.setdefault(key, _Bucket(allowance.burst, now))
            self._levels.move_to_end(key)
            while len(self._levels) > _MOST_BUCKETS:
                self._levels.popitem(last=False)
            passed = max(0.0, (now - bucket.at).total_seconds())
            bucket.left = min(allowance.burst, bucket.left + passed * allowance.hourly / 3600)
            bucket.at = now
            needed = min(amount, allowance.burst)
            if bucket.left >= needed:
                bucket.left -= amount
                return 0
            return int((needed - bucket.left) * 3600 / allowance.hourly) + 1

    def give_back(self, key: Hashable, allowance: Allowance) -> None:
        """Put one back: what it was taken for turned out to be no harm."""
        with self._lock:
            bucket = self._levels.get(key)
            if bucket is not None:
                bucket.left = min(allowance.burst, bucket.left + 1)
