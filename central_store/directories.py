"""The directory: handing it out, and taking in a newer one that the root key has signed.

A laptop may put one back, too: after a restore from a backup the server has an older one than the
laptops. Who carries it makes no difference, for it is believed for its signature alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select, update
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


def get(call: Call, _: object) -> SignedDirectory:
    """Hand out the directory, also to a laptop that is not in it yet."""
    signed = latest(call.db, call.org)
    if signed is None:
        raise not_here()
    return signed


def get_partner(call: Call, asked: Raw) -> SignedDirectory:
    """Hand out the directory of an organisation that is a partner both ways."""
    try:
        org = UUID(hex=asked.path["org"])
    except ValueError:
        raise not_here() from None
    found = crossing.partner(call, org) if call.at_home else None
    if found is None:
        raise not_here()
    return found[0]


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
    root = select(t.organisation.c.root).where(t.organisation.c.org_id == call.org)
    found = believed(signed, bytes(call.db.execute(root).scalar_one()))
    if found is None or found.org != call.org or found.handle != call.handle:
        raise Refused("malformed")
    if not _is_next(call, signed, found):
        return
    row = {"org_id": call.org, "version": found.version, "signed": pack(signed)}
    kept = upsert(t.directory).values(row)
    older = t.directory.c.version < found.version
    call.db.execute(kept.on_conflict_do_update(index_elements=["org_id"], set_=row, where=older))
    crossing.follow(call, _devices_follow(call, found))
    aside.release(call, found.released)


def _is_next(call: Call, signed: SignedDirectory, found: Directory) -> bool:
    query = select(t.directory.c.version).where(t.directory.c.org_id == call.org).with_for_update()
    if call.db.execute(query).scalar() is None:
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
        new = upsert(t.device)
        same = {name: new.excluded[name] for name in ("user_id", "signing", "receiving", "state")}
        same["home_org"] = new.excluded.home_org
        keys = ["org_id", "device_id"]
        call.db.execute(new.on_conflict_do_update(index_elements=keys, set_=same), rows)
    d = t.device.c
    own = (d.org_id == call.org, d.home_org == call.org)
    listed = [entry.id for entry in found.devices]
    forgotten = (d.device_id.not_in(listed), d.state == State.ACTIVE.value)
    call.db.execute(update(t.device).where(*own, *forgotten).values(state=State.REVOKED.value))
    gone = select(d.device_id).where(*own, d.state == State.REVOKED.value)
    revoked = list(call.db.execute(gone).scalars())
    _sign_out(call, revoked)
    return revoked


def _sign_out(call: Call, devices: Iterable[UUID]) -> None:
    k = t.token.c
    call.db.execute(delete(t.token).where(k.org_id == call.org, k.device_id.in_(list(devices))))


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
