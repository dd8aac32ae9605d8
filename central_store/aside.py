"""What devices handed in that may not write any more: kept aside until somebody takes it."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.sync.wire.directory import Released
from caseworker_app.sync.wire.membership import Membership
from central_store.call import Call


def release(call: Call, released: Iterable[Released]) -> None:
    """Take into their streams what the organisation released of revoked devices."""


def admit(call: Call, record: Membership) -> None:
    """Take into the stream what who leads the case let in of devices that left it."""
