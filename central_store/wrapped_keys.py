"""The keys of cases as they lie here: each wrapped for one device, and none of them readable."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, update
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.sync.wire.directory import ESCROW
from caseworker_app.sync.wire.membership import FIRST, Membership
from caseworker_app.sync.wire.messages import WrappedKey
from central_store import tables as t
from central_store.call import Call, State
from central_store.prepared import CASE, DEVICE, ORG, Prepared
from central_store.stream_rows import authors, epochs_of

WRAPPED_BYTES = 80
_key = upsert(t.wrap)
_KEY_OF = ["org_id", "case_id", "epoch", "device_id"]
_NEW_KEY = Prepared(_key.on_conflict_do_nothing(index_elements=_KEY_OF))
_ANOTHER_KEY = Prepared(
    _key.on_conflict_do_update(index_elements=_KEY_OF, set_={"wrapped": _key.excluded.wrapped})
)

_w = t.wrap.c
_FALSE_KEY = Prepared(
    update(t.wrap)
    .where(_w.org_id == ORG, _w.case_id == CASE, _w.device_id == DEVICE)
    .where(_w.epoch == bindparam("epoch"))
    .values(wrapped=b"")
)


def keep(call: Call, latest: Membership, keys: Iterable[WrappedKey]) -> None:
    """Keep keys for devices of members and for the escrow key; others are let fall.

    So are keys that no record speaks of: numbers are far apart, and whoever is in a case could
    fill it with invented ones until nobody can read the answer any more.

    Only who leads puts one in the place of another: nobody else takes a key away from somebody.
    An empty one that a device puts for itself says that what lies there is false: it stays empty
    until somebody who leads gives the right one, so that nobody can give a false one again.
    """
    for false in keys:
        if false.device == call.caller.id and not false.wrapped:
            call.run(_FALSE_KEY, case=latest.case, epoch=false.epoch)
    wanted = {key.device: key for key in keys}
    known = authors(call, latest.case, set(wanted) - {ESCROW})
    may_have = {
        id_
        for id_, author in known.items()
        if author.device.state is State.ACTIVE and latest.role_of(*author.device.who)
    }
    epochs = _epochs(call, latest, keys)
    rows = [
        {
            "org_id": call.org,
            "case_id": latest.case,
            "epoch": key.epoch,
            "device_id": key.device,
            "wrapped": key.wrapped,
        }
        for key in keys
        if (key.device == ESCROW or key.device in may_have)
        and len(key.wrapped) == WRAPPED_BYTES
        and key.epoch in epochs
    ]
    if rows:
        keep = _ANOTHER_KEY if latest.leads(*call.caller.who) else _NEW_KEY
        keep.each(call.db, rows)


def _epochs(call: Call, latest: Membership, keys: Iterable[WrappedKey]) -> set[int]:
    """The epochs that the records of a case speak of, as far as these keys need them."""
    usual = {FIRST, latest.epoch}
    return usual if {key.epoch for key in keys} <= usual else usual | epochs_of(call, latest.case)
