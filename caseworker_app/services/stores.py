"""Making a store, opening it with a passphrase or the recovery key, and throwing a sample away."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from caseworker_app import errors, paths
from caseworker_app.domain.people import Profile
from caseworker_app.services import files
from caseworker_app.store import store as store_file
from caseworker_app.store.store import DeviceRecord, Store
from caseworker_app.sync.wire.passphrases import Cost
from caseworker_app.vault import SLOTS_NAME, slots
from caseworker_app.vault.device import Device
from caseworker_app.vault.keyring import Keyring
from caseworker_app.vault.recovery import RecoveryKey
from caseworker_app.vault.slots import DataKey
from caseworker_app.vault.stretching import measured_cost

SAMPLE_MARK = "sample"
"""A file of this name says that the people in this folder are fictional, if it holds MARKED."""

MARKED = "caseworker: fictional people, thrown away when the program is closed\n"
"""Nothing else of that name, from whomever it is, lets the program throw a folder away."""


def exists(folder: Path) -> bool:
    """Whether there is a store, or a part of one, in the folder."""
    return slots.exist(folder) or (folder / store_file.FILE).exists()


def create(
    folder: Path, profile: Profile, passphrase: str, now: datetime, cost: Cost | None = None
) -> tuple[Store, RecoveryKey]:
    """A new encrypted store for this coach, and the recovery key that is shown once.

    Without `cost` it is measured how much this laptop can stretch a passphrase in under a second.

    `profile.id` and `profile.case` are ignored: the profile lies in the stream of the store itself.
    FolderTaken when there is one already, FolderNotWritable, DiskFull.
    """
    if exists(folder):
        raise errors.FolderTaken
    with files.writing():
        paths.private_folder(folder)
    store_id = uuid4()
    data_key, recovery = slots.create(
        folder, store_id, passphrase, now=now, cost=cost or measured_cost()
    )
    device = Device.generate(uuid4())
    public = device.public
    record = DeviceRecord(device.id, public.signing, public.receiving, device.export())
    try:
        store_file.create(folder, store_id, data_key.raw, record)
        store = open_with(folder, data_key)
        with store.changing(now) as changing:
            changing.put(replace(profile, id=store_id, case=store_id))
    except BaseException:
        _throw_away_half_made(folder)
        raise
    return store, recovery


def _throw_away_half_made(folder: Path) -> None:
    """Slots without a store open nothing, and would forbid to make one here ever again."""
    for name in (SLOTS_NAME, *(f"{store_file.FILE}{end}" for end in ("", "-wal", "-shm"))):
        with suppress(OSError):
            (folder / name).unlink(missing_ok=True)


def unlock(folder: Path, passphrase: str) -> Store:
    """Open the store. WrongPassphrase, SlotsMissing, SlotsDamaged, NotOurStore, StoreTooNew."""
    return open_with(folder, slots.unlock(folder, passphrase))


def unlock_with_recovery(folder: Path, typed: str) -> Store:
    """Open the store with the printed recovery key. MistypedRecoveryKey, WrongRecoveryKey, ..."""
    return open_with(folder, slots.unlock_with_recovery(folder, typed))


def open_with(folder: Path, data_key: DataKey) -> Store:
    """Open the store with its unwrapped key. NotOurStore, StoreTooNew."""
    engine, record = store_file.open_file(folder, data_key.raw)
    try:
        return Store(folder, engine, Keyring(Device.load(record.private)))
    except BaseException:
        engine.dispose()
        raise


def change_passphrase(folder: Path, old: str, new: str, now: datetime) -> None:
    """Another passphrase for the same store; nothing is encrypted anew. WrongPassphrase."""
    slots.change_passphrase(folder, old, new, now=now)


def new_passphrase_after_recovery(folder: Path, typed: str, new: str, now: datetime) -> None:
    """Another passphrase for somebody who has the recovery sheet instead of the old one."""
    slots.change_passphrase(folder, slots.unlock_with_recovery(folder, typed), new, now=now)


def renew_recovery_key(folder: Path, passphrase: str, now: datetime) -> RecoveryKey:
    """A new recovery key; the old sheet opens nothing any more. WrongPassphrase."""
    return slots.renew_recovery_key(folder, slots.unlock(folder, passphrase), now=now)


def mark_as_sample(folder: Path) -> None:
    """Say for good that the people in this folder are fictional."""
    (folder / SAMPLE_MARK).write_text(MARKED, "utf-8", newline="\n")


def is_sample(folder: Path) -> bool:
    """Whether the people in this folder are fictional."""
    try:
        return (folder / SAMPLE_MARK).read_bytes() == MARKED.encode()
    except OSError:
        return False


def discard_sample(folder: Path) -> None:
    """Throw a sample store away. ValueError for a folder that is not marked as one."""
    if not is_sample(folder):
        raise ValueError("not a sample")
    shutil.rmtree(folder)


def profile(store: Store) -> Profile:
    """The coach this store belongs to."""
    with store.reading() as reading:
        return reading.get(Profile, store.id) or Profile(id=store.id, case=store.id)


def save_profile(store: Store, new: Profile, seen: Profile, now: datetime) -> Profile:
    """Keep the coach's name, organisation and how to reach them."""
    with store.changing(now) as changing:
        return changing.put(new, seen)
