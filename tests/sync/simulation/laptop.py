"""One laptop with the program's own store on it: it can crash, be put back, and be lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from caseworker_app.domain.people import Profile
from caseworker_app.services.exchange import revoked
from caseworker_app.store import store as store_file
from caseworker_app.store.store import DeviceRecord, Store
from caseworker_app.store.transactions import Changing
from caseworker_app.vault.keyring import Keyring
from tests.sync.simulation.chance import Chance
from tests.sync.simulation.clock import Watch
from tests.sync.simulation.network import Line, PowerCut

DATA_KEY = bytes(range(32))
"""Nobody stretches a passphrase here: the slots are tested elsewhere."""

FILES = tuple(f"{store_file.FILE}{end}" for end in ("", "-wal", "-shm"))


class Laptop:
    """A laptop and its file. `store` is None while the program is closed, and after it was lost."""

    def __init__(
        self, name: str, folder: Path, watch: Watch, line: Line, user: UUID, chance: Chance
    ) -> None:
        self.name = name
        self.folder = folder
        self.watch = watch
        self.line = line
        self.user = user
        self.chance = chance
        self.device = chance.device()
        self.copies: list[Path] = []
        self.was_put_back = False
        self._store: Store | None = None
        self._make()

    @property
    def store(self) -> Store:
        """The open store."""
        if self._store is None:
            raise AssertionError(f"{self.name} is closed")
        return self._store

    @property
    def destroyed(self) -> bool:
        """Whether the program destroyed the store, as its organisation ordered."""
        return not (self.folder / store_file.FILE).exists()

    def start(self) -> None:
        """Open the program; it first ends what a power cut interrupted."""
        if revoked.was_revoked(self.folder):
            revoked.finish(self.folder)
            return
        engine, _ = store_file.open_file(self.folder, DATA_KEY)
        self._store = Store(self.folder, engine, Keyring(self.device), self.chance.new_id)

    def stop(self) -> None:
        """Close the program, or pull the plug: what is committed is on the disk either way."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @contextmanager
    def dying_at(self, commit: int | None) -> Iterator[None]:
        """The power goes just before that commit, or not at all."""
        if commit is None:
            yield
            return
        store, left = self.store, commit

        @contextmanager
        def changing(now: datetime) -> Iterator[Changing]:
            nonlocal left
            with Store.changing(store, now) as opened:
                yield opened
                left -= 1
                if left < 0:
                    raise PowerCut

        store.changing = changing  # type: ignore[method-assign]
        try:
            yield
        finally:
            del store.changing

    def copy(self) -> None:
        """A backup of the file as it is now."""
        copy = self.folder / f"copy-{len(self.copies)}"
        self.stop()
        shutil.copyfile(self.folder / store_file.FILE, copy)
        self.copies.append(copy)
        self.start()

    def put_back(self, copy: Path) -> None:
        """Somebody puts an older copy of the file back."""
        self.stop()
        for name in FILES:
            (self.folder / name).unlink(missing_ok=True)
        shutil.copyfile(copy, self.folder / store_file.FILE)
        self.start()
        self.was_put_back = True

    def _make(self) -> None:
        self.folder.mkdir()
        public = self.device.public
        record = DeviceRecord(
            self.device.id, public.signing, public.receiving, self.device.export()
        )
        store_id = self.chance.new_id()
        store_file.create(self.folder, store_id, DATA_KEY, record)
        self.start()
        with self.store.changing(self.watch()) as changing:
            changing.put(Profile(id=store_id, case=store_id, name=self.name))
