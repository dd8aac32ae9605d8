"""A coach lost the laptop: case keys from the escrow key to the new laptop.

Every case key is wrapped for the organisation's escrow key too. Two people open the key file and
wrap those of one user's cases for the laptops that the signed directory gives this user; the
central store only carries wrapped keys, before and after. Which cases are the user's, signed
records say (`vouching`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert

from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire.directory import ESCROW, DeviceEntry, Directory, SignedDirectory
from caseworker_app.sync.wire.membership import SignedMembership
from caseworker_app.sync.wire.packing import Malformed
from central_store import crossing
from central_store import tables as t
from central_store.kept_directory import latest
from central_store.office import vouching
from central_store.office.devices import ACTIVE
from central_store.office.errors import NotTaken, OfficeError
from central_store.office.keys import OfficeKeys
from central_store.office.papers import EscrowKey, EscrowKeys
from central_store.office.people import find_user
from central_store.office.place import Office


@dataclass(frozen=True, slots=True, repr=False)
class Rewrapped:
    """The keys for the new laptops.

    `paper` are those of cases that a colleague, or the organisation, let the user into. `own` are
    those of cases of which only laptops of the user, or lost ones, say so: somebody who works alone
    has no others, and a user who works together with the central store could claim any case in this
    way. Who hands them over must know that. `unproven` are cases with keys that no signed record
    gives this user; `unopened` those of which a key could not be opened.
    """

    directory: Directory
    paper: EscrowKeys
    laptops: tuple[DeviceEntry, ...]
    own: tuple[EscrowKey, ...]
    unproven: tuple[UUID, ...]
    unopened: tuple[UUID, ...]

    def with_own(self) -> EscrowKeys:
        """All of them, once the two people have agreed to `own` as well."""
        return replace(self.paper, keys=(*self.paper.keys, *self.own))


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
        named = signed.directory.partners if signed else ()
        partners = [crossing.partner(db, office.org, one.org) for one in named]
    return EscrowKeys(
        office.handle,
        user,
        signed or SignedDirectory(b"", b""),
        tuple(EscrowKey(one.case_id, one.epoch, bytes(one.wrapped), ESCROW) for one in rows),
        tuple(SignedMembership(bytes(one.body), bytes(one.signature)) for one in records),
        tuple(pair[0] for pair in partners if pair),
    )


def rewrap(keys: OfficeKeys, paper: EscrowKeys) -> Rewrapped:
    """The same keys, wrapped for each laptop that the signed directory gives the user.

    NotTaken when the directory is not this organisation's; OfficeError when it lists no laptop.
    """
    directory = _directory(keys, paper)
    laptops = directory.devices_of(paper.user)
    if not laptops:
        raise OfficeError(
            "The directory lists no laptop of this user.",
            "No key was opened.",
            "Connect the new laptop, confirm it, sign and publish the directory, then come back.",
        )
    cases = vouching.shown(directory, paper.partners, paper.records, paper.user)
    by_others: list[EscrowKey] = []
    own: list[EscrowKey] = []
    unproven: dict[UUID, None] = {}
    unopened: dict[UUID, None] = {}
    for one in paper.keys:
        case = cases.get(one.case)
        if case is None or one.epoch not in case.epochs:
            unproven[one.case] = None
            continue
        try:
            done = _wrapped(keys, one, laptops)
        except Malformed:
            unopened[one.case] = None
            continue
        (by_others if case.by_others else own).extend(done)
    result = EscrowKeys(paper.handle, paper.user, paper.directory, tuple(by_others))
    return Rewrapped(directory, result, laptops, tuple(own), tuple(unproven), tuple(unopened))


def _directory(keys: OfficeKeys, paper: EscrowKeys) -> Directory:
    """The directory beside the keys, or the one signed last: an old one lists laptops long lost."""
    last = keys.recognises(keys.last) if keys.last else None
    try:
        found = keys.recognises(paper.directory)
    except Malformed:
        found = None
    if found is None:
        raise NotTaken(
            "The directory beside these keys is not signed by your organisation's root key.",
            "No key was opened.",
            "Make the file anew at the central store. If it happens again, somebody may have "
            "changed data there: do not go on.",
        )
    return last if last is not None and last.version > found.version else found


def _wrapped(
    keys: OfficeKeys, one: EscrowKey, laptops: Iterable[DeviceEntry]
) -> Iterable[EscrowKey]:
    """The key, wrapped for each of the laptops. Malformed when it cannot be opened."""
    info = hpke.case_key_info(one.case, one.epoch)
    key = keys.from_escrow(one.wrapped, info)
    return [
        EscrowKey(one.case, one.epoch, hpke.wrap(laptop.receiving, key, info), laptop.id)
        for laptop in laptops
    ]


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
        laptops = set(db.execute(select(d.device_id).where(*mine, d.state == ACTIVE)).scalars())
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
