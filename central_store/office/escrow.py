"""A coach lost the laptop: case keys from the escrow key to the new laptop.

Every case key is wrapped for the organisation's escrow key too. Two people open the key file and
wrap those of one user's cases for the laptops that the signed directory gives this user; the
central store only carries wrapped keys, before and after.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire.directory import ESCROW, DeviceEntry, Directory, SignedDirectory
from caseworker_app.sync.wire.membership import SignedMembership
from caseworker_app.sync.wire.packing import Malformed
from caseworker_app.sync.wire.signing import Purpose, to_sign, verify
from central_store import tables as t
from central_store.kept_directory import latest
from central_store.office.errors import NotTaken, OfficeError
from central_store.office.keys import OfficeKeys
from central_store.office.papers import EscrowKey, EscrowKeys
from central_store.office.people import find_user
from central_store.office.place import Office


@dataclass(frozen=True, slots=True, repr=False)
class Rewrapped:
    """The keys for the new laptops.

    `unproven` are cases of which no record, signed by a laptop of the organisation, names the user;
    `unopened` those of which a key could not be opened.
    """

    paper: EscrowKeys
    laptops: tuple[DeviceEntry, ...]
    unproven: tuple[UUID, ...]
    unopened: tuple[UUID, ...]


def escrow_keys(office: Office, typed: str) -> EscrowKeys:
    """The keys of all cases that this user is in, as they are wrapped for the escrow key."""
    user = find_user(office, typed).id
    s, w = t.seat.c, t.wrap.c
    query = (
        select(w.case_id, w.epoch, w.wrapped)
        .join_from(t.wrap, t.seat, (w.org_id == s.org_id) & (w.case_id == s.case_id))
        .where(w.org_id == office.org, w.device_id == ESCROW)
        .where(s.user_org == office.org, s.user_id == user, s.gone.is_(None))
        .order_by(w.case_id, w.epoch)
    )
    r = t.record.c
    with office.work() as db:
        rows = db.execute(query).all()
        signed = latest(db, office.org)
        cases = {row.case_id for row in rows}
        of_cases = select(r.body, r.signature).where(r.org_id == office.org, r.case_id.in_(cases))
        records = db.execute(of_cases.order_by(r.case_id, r.version)).all()
    return EscrowKeys(
        office.handle,
        user,
        signed or SignedDirectory(b"", b""),
        tuple(EscrowKey(one.case_id, one.epoch, bytes(one.wrapped), ESCROW) for one in rows),
        tuple(SignedMembership(bytes(one.body), bytes(one.signature)) for one in records),
    )


def rewrap(keys: OfficeKeys, paper: EscrowKeys) -> Rewrapped:
    """The same keys, wrapped for each laptop that the signed directory gives the user.

    NotTaken when the directory is not this organisation's; OfficeError when it lists no laptop.
    """
    try:
        directory = keys.recognises(paper.directory)
    except Malformed:
        directory = None
    if directory is None:
        raise NotTaken(
            "The directory beside these keys is not signed by your organisation's root key.",
            "No key was opened.",
            "Make the file anew at the central store. If it happens again, somebody may have "
            "changed data there: do not go on.",
        )
    laptops = directory.devices_of(paper.user)
    if not laptops:
        raise OfficeError(
            "The directory lists no laptop of this user.",
            "No key was opened.",
            "Connect the new laptop, confirm it, sign and publish the directory, then come back.",
        )
    proven = _proven(directory, paper)
    done: list[EscrowKey] = []
    unopened: list[UUID] = []
    for one in paper.keys:
        if one.case not in proven:
            continue
        info = hpke.case_key_info(one.case, one.epoch)
        try:
            key = keys.from_escrow(one.wrapped, info)
        except Malformed:
            unopened.append(one.case)
            continue
        for laptop in laptops:
            wrapped = hpke.wrap(laptop.receiving, key, info)
            done.append(EscrowKey(one.case, one.epoch, wrapped, laptop.id))
    result = EscrowKeys(paper.handle, paper.user, paper.directory, tuple(done))
    unproven = dict.fromkeys(one.case for one in paper.keys if one.case not in proven)
    return Rewrapped(result, laptops, tuple(unproven), tuple(dict.fromkeys(unopened)))


def _proven(directory: Directory, paper: EscrowKeys) -> set[UUID]:
    """The cases in which a colleague named the user: the central store's word is not enough."""
    found = set()
    for signed in paper.records:
        try:
            record = signed.record
        except Malformed:
            continue
        author = directory.device(record.author)
        if author is None or record.role_of(directory.org, paper.user) is None:
            continue
        if verify(author.signing, signed.signature, to_sign(Purpose.MEMBERSHIP, signed.body)):
            found.add(record.case)
    return found


def put_keys(office: Office, paper: EscrowKeys) -> int:
    """Lay the wrapped keys down for the new laptops, which fetch them; how many.

    None of a case that was erased since.
    """
    if paper.handle != office.handle or any(key.device == ESCROW for key in paper.keys):
        raise OfficeError(
            "This file holds no keys for a laptop of this organisation.",
            "Nothing was changed.",
            "Take the file that `escrow rewrap` wrote.",
        )
    with office.work() as db:
        d, s = t.device.c, t.seat.c
        mine = (d.org_id == office.org, d.home_org == office.org, d.user_id == paper.user)
        laptops = set(db.execute(select(d.device_id).where(*mine, d.state == "active")).scalars())
        seats = (s.org_id == office.org, s.user_org == office.org, s.user_id == paper.user)
        cases = set(db.execute(select(s.case_id).where(*seats, s.gone.is_(None))).scalars())
        gone = t.erased_case.c
        cases -= set(db.execute(select(gone.case_id).where(gone.org_id == office.org)).scalars())
        rows = [
            {
                "org_id": office.org,
                "case_id": key.case,
                "epoch": key.epoch,
                "device_id": key.device,
                "wrapped": key.wrapped,
            }
            for key in paper.keys
            if key.device in laptops and key.case in cases
        ]
        if rows:
            new = upsert(t.wrap)
            keys = ["org_id", "case_id", "epoch", "device_id"]
            same = {"wrapped": new.excluded.wrapped}
            db.execute(new.on_conflict_do_update(index_elements=keys, set_=same), rows)
    return len(rows)
