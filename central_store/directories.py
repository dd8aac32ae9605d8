"""The directory: handing it out, and taking in a newer one that the root key has signed.

A laptop may put one back, too: after a restore from a backup the server has an older one than the
laptops. Who carries it makes no difference, for it is believed for its signature alone.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, case, delete, not_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.sync.wire.directory import (
    DeviceEntry,
    Directory,
    SignedDirectory,
    believed,
)
from caseworker_app.sync.wire.messages import Done
from caseworker_app.sync.wire.packing import pack
from central_store import aside, crossing
from central_store import tables as t
from central_store.call import Call, Raw, Refused, State, not_here
from central_store.kept_directory import latest, said
from central_store.prepared import DEVICE, HOME, ORG, USER, Prepared, given

d, k = t.device.c, t.token.c
_LISTED = bindparam("devices", type_=ARRAY(Uuid))
_ROOT = Prepared(select(t.organisation.c.root).where(t.organisation.c.org_id == ORG))
_LOCKED = Prepared(
    select(t.directory.c.version).where(t.directory.c.org_id == ORG).with_for_update()
)
_new = upsert(t.directory)
_KEEP = Prepared(
    _new.on_conflict_do_update(
        index_elements=["org_id"],
        set_={"version": _new.excluded.version, "signed": _new.excluded.signed},
        where=t.directory.c.version < _new.excluded.version,
    )
)
_ROW = (
    "org_id",
    "device_id",
    "home_org",
    "user_id",
    "signing",
    "receiving",
    "state",
    "since",
)
_entry = upsert(t.device).values(given(*_ROW))
_stays_revoked = case(
    (d.state == State.REVOKED.value, State.REVOKED.value), else_=_entry.excluded.state
)
_FOLLOW = Prepared(
    _entry.on_conflict_do_update(
        index_elements=["org_id", "device_id"],
        set_={name: _entry.excluded[name] for name in _ROW[2:-2]} | {"state": _stays_revoked},
    )
)
"""No laptop that was revoked comes back, whoever brings a directory from before it was."""
_own = (d.org_id == ORG, d.home_org == ORG)
_FORGET = Prepared(
    update(t.device)
    .where(*_own, not_(d.device_id == any_(_LISTED)), d.state == State.ACTIVE.value)
    .values(state=State.REVOKED.value)
)
_REVOKED = Prepared(select(d.device_id).where(*_own, d.state == State.REVOKED.value))
_erased = select(t.erasure.c.case_id).where(
    t.erasure.c.org_id == ORG, t.erasure.c.device_id == DEVICE
)
_mine, _theirs = t.seat.alias("mine"), t.seat.alias("theirs")
_WORK_TOGETHER = Prepared(
    select(1)
    .select_from(_mine)
    .join(_theirs, (_theirs.c.org_id == ORG) & (_theirs.c.case_id == _mine.c.case_id))
    .where(_mine.c.org_id == ORG, _mine.c.user_org == HOME, _mine.c.user_id == USER)
    .where(_theirs.c.user_org == bindparam("other", type_=Uuid))
    .where(_mine.c.gone.is_(None) | _mine.c.case_id.not_in(_erased))
    .limit(1)
)
"""Of others, those who left count, too: what they wrote stays, and whoever comes later verifies it.

Who asks may have left as well, until their laptop has erased the case: the record says who left.
"""
_SIGN_OUT = Prepared(delete(t.token).where(k.org_id == ORG, k.device_id == any_(_LISTED)))


def get(call: Call, _: object) -> SignedDirectory:
    """Hand out the directory, also to a laptop that is not in it yet."""
    signed = latest(call.db, call.org)
    if signed is None:
        raise not_here()
    return signed


def get_partner(call: Call, asked: Raw) -> SignedDirectory:
    """Hand out the directory of an organisation that is a partner both ways.

    A guest gets it, too, when somebody of that organisation is a guest in the same case.
    """
    try:
        org = UUID(hex=asked.path["org"])
    except ValueError:
        raise not_here() from None
    may = call.at_home or _are_guests_of(call, org)
    found = crossing.partner(call.db, call.org, org) if may else None
    if found is None:
        raise not_here()
    return found[0]


def _are_guests_of(call: Call, org: UUID) -> bool:
    """Whether who asks has a case from here in which somebody of this organisation is or was."""
    return org != call.caller.home and call.first(_WORK_TOGETHER, other=org) is not None


def put(call: Call, asked: SignedDirectory) -> Done:
    """Take in a directory from a laptop of this organisation."""
    if not call.at_home:
        raise not_here()
    accept(call, asked)
    return Done()


def accept(call: Call, signed: SignedDirectory) -> None:
    """Take in a newer directory; devices, guests and hand-ins follow what it says.

    Refused as "malformed" when this organisation's root key did not sign it, as "moved-on" when
    there is a newer one. The same one again changes nothing.
    """
    pinned: Any = call.first(_ROOT)
    found = believed(signed, pinned.root)
    if found is None or found.org != call.org or found.handle != call.handle:
        raise Refused("malformed")
    if not _is_next(call, signed, found):
        return
    call.run(_KEEP, org_id=call.org, version=found.version, signed=pack(signed))
    crossing.follow(call, _devices_follow(call, found))
    aside.release(call, found.released)


def _is_next(call: Call, signed: SignedDirectory, found: Directory) -> bool:
    if call.first(_LOCKED) is None:
        return True
    now = latest(call.db, call.org)
    if now == signed:
        return False
    if now is not None and found.version <= said(now).version:
        raise Refused("moved-on")
    return True


def _devices_follow(call: Call, found: Directory) -> list[UUID]:
    """Bring the rows of devices to what the directory says; the ids of those that are revoked."""
    left = {user.id for user in found.users if user.left}
    rows = [_row(call, entry, left) for entry in found.devices]
    if rows:
        _FOLLOW.each(call.db, rows)
    call.run(_FORGET, devices=[entry.id for entry in found.devices])
    revoked = [row.device_id for row in call.all(_REVOKED)]
    if revoked:
        call.run(_SIGN_OUT, devices=revoked)
    return revoked


def _row(call: Call, entry: DeviceEntry, left: set[UUID]) -> dict[str, object]:
    gone = entry.revoked or entry.user in left
    return {
        "org_id": call.org,
        "device_id": entry.id,
        "home_org": call.org,
        "user_id": entry.user,
        "signing": entry.signing,
        "receiving": entry.receiving,
        "state": (State.REVOKED if gone else State.ACTIVE).value,
        "since": call.now,
    }
