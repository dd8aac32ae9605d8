"""A colleague at another laptop, who works on the same file without a network, for the pictures."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from caseworker_app.domain.people import Profile
from caseworker_app.services import stores
from caseworker_app.store import log, members, organisations, receiving
from caseworker_app.store.organisations import Organisation
from caseworker_app.store.store import Store
from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire.changes import Batch
from caseworker_app.sync.wire.passphrases import FLOOR
from central_store.office.directory import build_directory, name_info, sign_directory
from central_store.office.keys import OfficeKeys, new_keys
from central_store.office.papers import NewDevice, NewName, Wishes

NOBODY = UUID(int=0)
HANDLE = "teilhabe-nord"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two laptops that share one file; `exchange` hands each what the other wrote."""

    mine: Store
    theirs: Store
    case: UUID

    def exchange(self, now: datetime) -> None:
        """Both have everything."""
        for giver, taker in ((self.mine, self.theirs), (self.theirs, self.mine)):
            with giver.reading() as reading:
                found = list(log.entries(reading.connection, self.case))
            for entry in found:
                signature = (entry.header.device, entry.signature)
                batch = Batch(self.case, (log.sealed_of(entry),), (signature,))
                with taker.changing(now) as changing:
                    receiving.take_in(changing, batch, lambda _header: True)


@contextmanager
def colleague(mine: Store, case: UUID, name: str, now: datetime) -> Iterator[Meeting]:
    """Somebody of the same organisation who has just been let into the file."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Profile(id=NOBODY, case=NOBODY, name=name)
        phrase = secrets.token_urlsafe(24)
        theirs, _key = stores.create(Path(folder) / "store", profile, phrase, now, cost=FLOOR)
        introduce({stores.profile(mine).name: mine, name: theirs}, now)
        let_in(mine, theirs, case, now)
        meeting = Meeting(mine, theirs, case)
        meeting.exchange(now)
        yield meeting
        theirs.close()


def introduce(people: dict[str, Store], now: datetime) -> None:
    """An organisation's office lists everybody, and their laptops believe it."""
    office = new_keys(HANDLE, "Teilhabe Nord")
    users = {name: uuid4() for name in people}
    names = tuple(NewName(user, _sealed(office, user, name)) for name, user in users.items())
    devices = tuple(_device(store, users[name]) for name, store in people.items())
    wishes = Wishes(HANDLE, names=names, devices=devices)
    signed, _office = sign_directory(office, build_directory(office, wishes, now))
    for store in people.values():
        known = Organisation(office.org, HANDLE, True, office.public_root, signed)  # noqa: FBT003
        with store.changing(now) as changing:
            organisations.keep(changing, known)


def let_in(giver: Store, taker: Store, case: UUID, now: datetime) -> None:
    """The key of a case, wrapped anew for another laptop."""
    with giver.reading() as reading:
        epoch, wrapped = reading.wrapped_key(case)
    theirs = giver.keys.wrap_for(taker.keys.public.receiving, case, epoch, wrapped)
    with taker.changing(now) as changing:
        members.keep_key(changing, case, epoch, theirs)


def _sealed(office: OfficeKeys, user: UUID, name: str) -> bytes:
    return hpke.wrap(office.public_escrow, name.encode(), name_info(office.org, user))


def _device(store: Store, user: UUID) -> NewDevice:
    public = store.keys.public
    return NewDevice(public.id, user, public.signing, public.receiving)
